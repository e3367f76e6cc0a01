import json
import os
import pathlib
import re
import subprocess
import sys
import tempfile

import numpy as np
import pytest
from PIL import Image

from keras_pix2pixhd.cli import main
from keras_pix2pixhd.data import write_toy_cars
from tests.carvana_folders import LAYOUTS, write_carvana
from tests.data.label_folders import TABLE, write_pair


@pytest.fixture(autouse=True)
def elsewhere(tmp_path, monkeypatch):
    folder = tmp_path / "elsewhere"
    folder.mkdir()
    monkeypatch.chdir(folder)
    return folder


@pytest.fixture
def data(tmp_path):
    folder = tmp_path / "data"
    for name in "ab":
        write_pair(folder, name, [[1, 2], [7, 9]])
    TABLE.save(folder / "classes.json")
    return folder


def report_of(folder):
    path = folder / "data_check" / "data" / "report.json"
    return json.loads(path.read_text())


def test_clean_data(data, elsewhere, capsys):
    assert main(["check-data", str(data)]) == 0
    out, err = capsys.readouterr()
    assert err == ""
    assert out.startswith("layout          own\npairs           2\n")
    assert "problems: none\n" in out
    assert "\nreport: data_check/data/report.json\n" in out
    assert out.endswith("\nsheet: data_check/data/sheet.png\n")
    assert report_of(elsewhere)["clean"] is True


def test_bad_data_exit_with_1(data, elsewhere, capsys):
    Image.fromarray(np.full((2, 2), 99, "uint8")).save(data / "labels/a.png")
    (data / "images" / "b.png").write_text("no image")
    assert main(["check-data", str(data)]) == 1
    out = capsys.readouterr().out
    assert "PROBLEMS: training would fail" in out
    assert "99: 4 pixels in 1 file" in out and "b.png" in out
    assert out.endswith("report: data_check/data/report.json\n")
    assert report_of(elsewhere)["clean"] is False


def test_a_file_without_partner_exits_with_1(data):
    (data / "labels" / "a.png").unlink()
    assert main(["check-data", str(data)]) == 1


def test_a_pair_of_unequal_size_exits_with_1(data):
    write_pair(data, "a", [[1, 2]], photo=np.zeros((2, 2, 3)))
    assert main(["check-data", str(data)]) == 1


def test_labels_without_a_class_exit_with_1(data, elsewhere, capsys):
    for name in "ab":
        write_pair(data, name, [[9, 9], [9, 9]])
    assert main(["check-data", str(data)]) == 1
    out = capsys.readouterr().out
    assert "PROBLEMS: training would fail\nno pixel of any class: " in out
    assert "% of all pixels are void" not in out
    found = report_of(elsewhere)
    assert found["clean"] is False and found["void"]["everywhere"] is True


@pytest.mark.skipif(sys.platform != "linux", reason="not all are allowed there")
def test_names_that_are_no_unicode(tmp_path, elsewhere):
    folder = tmp_path / "da\udcffta"
    for name in ("a\udcff", "b"):
        write_pair(folder, name, [[1, 2], [7, 9]])
    write_pair(folder, "\udcfe", [[1, 3], [7, 9]])
    (folder / "images" / "b.png").write_text("no image")
    (folder / "images" / "\udcfd.png").write_text("without a partner")
    TABLE.save(folder / "classes.json")
    code = "import sys; from keras_pix2pixhd.cli import main; sys.exit(main())"
    done = subprocess.run(
        [sys.executable, "-c", code, "check-data", folder],
        capture_output=True,
        cwd=elsewhere,
        env=os.environ | {"PYTHONUTF8": "1"},
    )
    assert done.returncode == 1, done.stderr
    out = done.stdout.decode("utf-8")
    assert "labels/\\udcfe.png: 3 (1)" in out
    assert "photographs:" in out and "images/\\udcfd.png" in out
    assert "report: data_check/da\\udcffta/report.json" in out
    path = elsewhere / "data_check" / folder.name / "report.json"
    found = json.loads(path.read_bytes().decode("ascii"))
    assert found["pairs_without_problem"] == 1
    assert found["unpaired"]["image"][0].endswith("\udcfd.png")


def test_options(data, tmp_path, capsys):
    options = ["--layout", "own", "--instances", "components"]
    options += ["--output", str(tmp_path / "out"), "--samples", "0"]
    options += ["--workers", "2"]
    assert main(["check-data", str(data), *options]) == 0
    assert (tmp_path / "out" / "report.json").is_file()
    assert "instances" in capsys.readouterr().out


def test_classes_from_a_file(data, tmp_path):
    (data / "classes.json").rename(tmp_path / "classes.json")
    options = ["--classes", str(tmp_path / "classes.json")]
    assert main(["check-data", str(data), *options]) == 0


@pytest.mark.parametrize("layout", LAYOUTS)
def test_carvana(tmp_path, capsys, layout):
    write_carvana(tmp_path / "cars", layout)
    assert main(["check-data", str(tmp_path / "cars")]) == 0
    out = capsys.readouterr().out
    assert "pairs           8\n" in out
    # half of the rows and half of the columns
    assert re.search(r"\ncar +3,072    25.0 % +8\n", out)


def test_toy_cars(tmp_path, capsys):
    write_toy_cars(tmp_path / "toy", 2)
    assert main(["check-data", str(tmp_path / "toy")]) == 0
    assert "\ninstances " in capsys.readouterr().out


@pytest.mark.parametrize(
    "change, words",
    [
        (["nope"], "`folder` must be an existing folder"),
        (["."], "The data folder must have a layout that is known"),
        (["DATA", "--layout", "carvan"], "Did you mean 'carvana'?"),
        (["DATA", "--classes", "c.csv"], "c.csv"),
        (["DATA", "--output", "DATA"], "must not go into the data folder"),
        (["DATA", "--workers", "0"], "`workers` must be an int >= 1"),
    ],
)
def test_mistakes_are_one_line(data, capsys, change, words):
    arguments = [str(data) if word == "DATA" else word for word in change]
    assert main(["check-data", *arguments]) == 2
    out, err = capsys.readouterr()
    assert out == "" and err.count("\n") == 1
    assert err.startswith("pix2pixhd: error: ") and words in err


def test_the_help_tells_the_exit_codes(capsys):
    with pytest.raises(SystemExit):
        main(["check-data", "--help"])
    assert "1 training would fail" in capsys.readouterr().out


@pytest.fixture
def others_data():
    """A data folder of root's, beside a folder that all may write to."""
    if os.geteuid():
        pytest.skip("needs root, to become someone else")
    with tempfile.TemporaryDirectory() as folder:
        data = pathlib.Path(folder) / "data"
        for name in "ab":
            write_pair(data, name, [[1, 2]])
        TABLE.save(data / "classes.json")
        (data.parent / "output").mkdir()
        for path in (data.parent, data.parent / "output"):
            path.chmod(0o777)
        yield data


def as_someone_else(*arguments):
    main(["check-data", *arguments])  # imports what only root may read
    os.seteuid(65534)
    try:
        return main(["check-data", *arguments])
    finally:
        os.seteuid(0)


@pytest.mark.parametrize("closed", [".", "images"])
def test_a_folder_that_may_not_be_read(others_data, elsewhere, capsys, closed):
    (others_data / closed).chmod(0o700)
    assert as_someone_else(str(others_data)) == 2
    err = capsys.readouterr().err
    assert err.count("\n") == 1 and "Permission denied" in err


def test_a_file_that_may_not_be_read(others_data, elsewhere, capsys):
    (others_data / "images" / "a.png").chmod(0o600)
    output = others_data.parent / "output"
    assert as_someone_else(str(others_data), "--output", str(output)) == 1
    assert "Permission denied" in capsys.readouterr().out


def test_a_folder_that_may_not_be_written(others_data, tmp_path, capsys):
    output = ["--output", str(tmp_path / "out")]
    assert as_someone_else(str(others_data), *output) == 2
    err = capsys.readouterr().err
    assert err.count("\n") == 1 and "a file that can be written" in err
