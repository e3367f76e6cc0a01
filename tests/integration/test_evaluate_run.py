"""From training to the report, by the commands that are printed."""

import csv
import json
import shlex

import pytest

from keras_pix2pixhd.cli import main
from tests.integration.test_train import AS_OPTIONS


@pytest.mark.slow
def test_the_command_that_a_run_prints_evaluates_it(
    tmp_path, capsys, monkeypatch
):
    monkeypatch.chdir(tmp_path)
    options = [*AS_OPTIONS, "--set", "evaluation_images=4"]
    assert main(["train", "--smoke", *options]) == 0
    lines = capsys.readouterr().out.splitlines()
    command = next(line for line in lines if "pix2pixhd evaluate" in line)
    arguments = shlex.split(command)[1:]
    assert arguments == ["evaluate", "runs/0001-toy"]
    assert main(arguments) == 0
    assert "report:  runs/0001-toy/evaluation/" in capsys.readouterr().out
    folder = tmp_path / "runs" / "0001-toy"
    trained = json.loads((folder / "metrics.json").read_text())["trained"]
    content = json.loads((folder / "evaluation" / "metrics.json").read_text())
    found = content["runs"][0]["metrics"]
    # read by Pillow here, by TensorFlow there; at the size that is stored
    assert found["images"] == trained["images"]
    for name in ("l1", "psnr", "ssim", "class_color_error"):
        assert found[name] == pytest.approx(trained[name], rel=1e-6), name
    with open(folder / "evaluation" / "images.csv", newline="") as file:
        rows = list(csv.DictReader(file))
    mean = sum(float(row["l1"]) for row in rows) / len(rows)
    assert mean == pytest.approx(found["l1"])
    page = (folder / "evaluation" / "report.html").read_text(encoding="utf-8")
    assert all(row["name"] in page for row in rows[:1])
