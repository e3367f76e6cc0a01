import pytest

from keras_pix2pixhd.evaluation import Evaluation
from keras_pix2pixhd.evaluation.report import write_report
from tests.evaluation.report.evaluations import evaluation


def test_a_page_is_written_and_nothing_else(tmp_path):
    path = tmp_path / "made" / "report.html"
    write_report(evaluation(), path)
    text = path.read_text(encoding="utf-8")
    assert text.startswith("<!DOCTYPE html>\n<html")
    assert text.endswith("</html>\n")
    assert [*path.parent.iterdir()] == [path]


def test_a_page_may_be_a_str_and_replaces_what_was_there(tmp_path):
    path = tmp_path / "report.html"
    path.write_text("old")
    write_report(evaluation(), str(path))
    assert "old" not in path.read_text(encoding="utf-8")[:3]


def test_a_page_that_cannot_be_written_says_so(tmp_path):
    with pytest.raises(ValueError, match="must be a file that can be writ"):
        write_report(evaluation(), tmp_path)
    assert [*tmp_path.iterdir()] == []
    (tmp_path / "file").touch()
    with pytest.raises(ValueError, match='file/report.html" must be a file'):
        write_report(evaluation(), tmp_path / "file" / "report.html")


def test_there_must_be_a_run(tmp_path):
    with pytest.raises(ValueError, match=r"at least one run. Received: runs="):
        write_report(Evaluation({}, []), tmp_path / "report.html")
    assert [*tmp_path.iterdir()] == []
