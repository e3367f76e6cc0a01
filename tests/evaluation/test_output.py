"""The folder of an evaluation."""

import csv
import io
import json
import shutil

import numpy as np
import pytest

from keras_pix2pixhd import evaluate
from keras_pix2pixhd.data import read_image
from keras_pix2pixhd.evaluation import Evaluation, RunEvaluation
from keras_pix2pixhd.evaluation.results.write_files import rows_text
from tests.carvana_folders import SIZE
from tests.evaluation.conftest import HELD_OUT
from tests.evaluation.small_run import tiny_gan

FILES = {"metrics.json", "images.csv", "report.html"}


@pytest.fixture
def write(painted, cars, tmp_path):
    """Evaluates images of another program into `out`."""
    settings = {"data": cars, "image_size": SIZE}

    def evaluate_them(levels=3, output=tmp_path / "out", log=str, **others):
        names = f"theirs{levels}"
        theirs = tmp_path / names
        if not theirs.exists():
            painted(names, lambda image, place: image + levels)
        others |= settings
        return evaluate(theirs, output=output, log=log, **others)

    return evaluate_them


def entries(folder):
    return {path.name for path in folder.iterdir()}


def test_what_is_written(write, tmp_path):
    found = write(metrics=["l1", "psnr"])
    folder = tmp_path / "out"
    assert found.folder == folder and entries(folder) == FILES
    content = json.loads((folder / "metrics.json").read_text())
    assert content["protocol"] == found.protocol
    assert content["runs"][0]["metrics"] == found.runs[0].metrics
    assert set(content["runs"][0]) == {
        "name",
        "model",
        "metrics",
        "diversity",
        "memorisation",
        "warnings",
    }
    with open(folder / "images.csv", newline="") as file:
        rows = list(csv.DictReader(file))
    assert list(rows[0]) == ["run", "name", "l1", "psnr"]
    assert [row["name"] for row in rows] == HELD_OUT
    for row, expected in zip(rows, found.runs[0].rows, strict=True):
        assert float(row["l1"]) == expected["l1"]
    assert "theirs3" in (folder / "report.html").read_text(encoding="utf-8")


def test_generated_images_are_kept_on_request(write, tmp_path):
    write(save_images=True)
    kept = tmp_path / "out" / "generated" / "theirs3"
    assert entries(kept) == {f"{name}.png" for name in HELD_OUT}
    for name in HELD_OUT:
        np.testing.assert_array_equal(
            read_image(kept / f"{name}.png"),
            read_image(tmp_path / "theirs3" / f"{name}.png"),
        )


def test_the_second_replaces_the_first_as_a_whole(write, tmp_path):
    write(save_images=True)
    found = write(levels=20)
    assert entries(tmp_path / "out") == FILES
    content = json.loads((tmp_path / "out" / "metrics.json").read_text())
    assert content["runs"][0]["metrics"] == found.runs[0].metrics


def test_which_one_was_replaced_is_said(write):
    lines = []
    first = write(log=lines.append)
    assert not any("replaced" in line for line in lines)
    write(levels=20, log=lines.append)
    created = first.protocol["created"]
    assert lines[-1] == f"replaced: the evaluation of {created}"


def test_one_that_is_interrupted_leaves_the_first_as_it_was(write, tmp_path):
    write()
    before = (tmp_path / "out" / "metrics.json").read_bytes()

    def progress(what):
        def interrupt(done, total, name):
            raise KeyboardInterrupt

        return interrupt

    with pytest.raises(KeyboardInterrupt):
        write(levels=20, save_images=True, progress=progress)
    assert (tmp_path / "out" / "metrics.json").read_bytes() == before
    assert entries(tmp_path) == {"out", "theirs3", "theirs20"}


def test_the_same_where_the_report_fails(write, tmp_path, monkeypatch):
    write()
    before = (tmp_path / "out" / "metrics.json").read_bytes()

    def fails(evaluation, path):
        raise OSError(28, "No space left on device")

    home = "keras_pix2pixhd.evaluation.results.write_files.write_report"
    monkeypatch.setattr(home, fails)
    with pytest.raises(OSError, match="No space left"):
        write(levels=20)
    assert (tmp_path / "out" / "metrics.json").read_bytes() == before
    assert not any(path.name.startswith(".") for path in tmp_path.iterdir())


def test_several_and_images_of_others_get_a_number(
    write, tmp_path, monkeypatch
):
    monkeypatch.chdir(tmp_path)
    first, second = write(output=None), write(output=None)
    assert str(first.folder) == "evaluations/0001"
    assert str(second.folder) == "evaluations/0002"
    assert entries(second.folder) == FILES


def test_a_number_that_was_not_used_is_free_again(write, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    with pytest.raises(ValueError, match="There is no metric"):
        write(output=None, metrics=["fid"])
    assert entries(tmp_path / "evaluations") == set()


def test_models_in_memory_leave_nothing(tmp_path, cars, monkeypatch):
    monkeypatch.chdir(tmp_path)
    settings = {"data": cars, "image_size": SIZE, "log": str}
    found = evaluate(tiny_gan(), metrics=["l1"], **settings)
    assert found.folder is None and entries(tmp_path) == set()


def test_files_of_others_are_not_replaced(write, tmp_path):
    folder = tmp_path / "mine"
    folder.mkdir()
    (folder / "thesis.txt").write_text("years")
    with pytest.raises(ValueError, match="which holds thesis.txt. Say anot"):
        write(output=folder)
    (folder / "thesis.txt").rename(folder / "report.html")
    with pytest.raises(ValueError, match="report.html, but no metrics.json"):
        write(output=folder)
    (folder / "metrics.json").write_text('{"untrained": {}}')
    with pytest.raises(ValueError, match="but no metrics.json of an evalu"):
        write(output=folder)
    assert (folder / "report.html").read_text() == "years"


def test_an_output_that_cannot_be(write, tmp_path, cars):
    (tmp_path / "file").write_text("")
    with pytest.raises(ValueError, match="which is a file"):
        write(output=tmp_path / "file")
    with pytest.raises(ValueError, match="must be writable.*Not a directory"):
        write(output=tmp_path / "file" / "out")
    with pytest.raises(ValueError, match="not be written to where images"):
        write(output=cars / "evaluation")
    with pytest.raises(ValueError, match="not be written to where images"):
        write(output=tmp_path / "theirs3" / "evaluation")
    assert not (cars / "evaluation").exists()


def test_an_output_of_no_path(write):
    with pytest.raises(ValueError, match="None or False. Received: output=Tr"):
        write(output=True)


def test_the_folder_that_one_is_in_is_not_replaced(
    write, tmp_path, monkeypatch
):
    (tmp_path / "here" / "below").mkdir(parents=True)
    monkeypatch.chdir(tmp_path / "here" / "below")
    for output in (".", tmp_path / "here"):
        with pytest.raises(ValueError, match="that this was called in"):
            write(output=output)


def test_what_came_into_the_output_meanwhile_stays(write, tmp_path):
    write()

    def progress(what):
        (tmp_path / "out" / "thesis.txt").write_text("years")
        return lambda done, total, name: None

    with pytest.raises(ValueError, match="which holds thesis.txt"):
        write(levels=20, progress=progress)
    assert (tmp_path / "out" / "thesis.txt").read_text() == "years"


def test_names_of_any_characters_are_in_the_table():
    names = ["a\rb", "c,d", "e\nf", "g\udcff"]
    rows = [{"name": name, "l1": 1.5} for name in names]
    evaluation = Evaluation({}, [RunEvaluation("r", {}, {}, rows=rows)])
    text = rows_text(evaluation)
    found = list(csv.DictReader(io.StringIO(text, newline="")))
    assert [row["name"] for row in found] == [*names[:3], "g\\udcff"]
    assert {row["l1"] for row in found} == {"1.5"}


def test_a_second_run_that_is_damaged_is_found_before_painting(
    tmp_path, cars, cars_run
):
    other = shutil.copytree(cars_run, tmp_path / "other")
    (other / "model.keras").write_bytes(b"PK")
    told = []
    with pytest.raises(ValueError, match="must be a .keras file"):
        evaluate([cars_run, other], output=False, log=str, progress=told.append)
    assert told == []


def test_an_empty_folder_is_used(write, tmp_path):
    (tmp_path / "empty").mkdir()
    write(output=tmp_path / "empty")
    assert entries(tmp_path / "empty") == FILES
