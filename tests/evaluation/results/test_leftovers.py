"""What a killed evaluation left is removed, what another writes is not."""

import os
import signal

import pytest

from keras_pix2pixhd.evaluation.results.leftovers import (
    in_use,
    remove_leftovers,
)
from keras_pix2pixhd.evaluation.results.output_folder import opened_output

MARK = "0123456789abcdef" * 2

pytestmark = pytest.mark.skipif(not hasattr(os, "fork"), reason="no fork here")


def hidden(output, kind, mark=MARK):
    """A hidden folder beside the output, with one file."""
    folder = output.with_name(f".{output.name}.{mark}.{kind}")
    folder.mkdir()
    (folder / "metrics.json").write_text(kind)
    return folder


def names(folder):
    return sorted(path.name for path in folder.iterdir())


@pytest.fixture
def output(tmp_path):
    return tmp_path / "out"


def test_what_was_left_is_removed(output):
    output.mkdir()
    hidden(output, "part")
    hidden(output, "old", "f" * 32)
    remove_leftovers(output)
    assert names(output.parent) == ["out"] and names(output) == []


def test_an_evaluation_that_was_moved_aside_is_put_back(output):
    hidden(output, "part")
    hidden(output, "old")
    remove_leftovers(output)
    assert names(output.parent) == ["out"]
    assert (output / "metrics.json").read_text() == "old"


def test_what_another_writes_is_left_alone(output):
    with in_use(hidden(output, "part")):
        hidden(output, "old")
        remove_leftovers(output)
        assert len(names(output.parent)) == 2
    remove_leftovers(output)
    assert names(output.parent) == ["out"]


def test_folders_of_other_names_are_left_alone(output):
    for name in (f".outer.{MARK}.part", f".out.{MARK}.parts", ".out.1.part"):
        output.with_name(name).mkdir()
    remove_leftovers(output)
    assert len(names(output.parent)) == 3


def test_no_parent_is_nothing_to_remove(output):
    remove_leftovers(output / "below")
    assert not output.exists()


def test_the_next_evaluation_removes_what_a_killed_one_left(output, tmp_path):
    data = tmp_path / "data"
    data.mkdir()
    child = os.fork()
    if not child:
        try:
            with opened_output(output, [], data, str) as (_, part):
                (part / "half").write_text("")
                os.kill(os.getpid(), signal.SIGKILL)
        finally:
            os._exit(1)
    _, status = os.waitpid(child, 0)
    assert os.WTERMSIG(status) == signal.SIGKILL
    assert len(names(tmp_path)) == 2 and not output.exists()
    with opened_output(output, [], data, str) as (_, part):
        assert names(tmp_path) == sorted([part.name, "data"])
        (part / "whole").write_text("")
    assert names(tmp_path) == ["data", "out"] and names(output) == ["whole"]
