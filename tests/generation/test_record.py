import json
import os
import time

import pytest

from keras_pix2pixhd.generation import record
from keras_pix2pixhd.generation.record import begin_record, painted_since

SETTINGS = {"model": "a" * 64, "seed": 3, "image_size": [4, 6]}


def test_there_is_none_before_the_first(tmp_path):
    assert painted_since(tmp_path, SETTINGS) is None
    assert painted_since(tmp_path / "no folder yet", SETTINGS) is None


def test_it_says_when_and_with_what(tmp_path):
    before = time.time_ns() - 10**9
    begin_record(tmp_path / "new", SETTINGS)
    assert before < painted_since(tmp_path / "new", SETTINGS) < time.time_ns()
    assert os.listdir(tmp_path / "new") == ["generate.json"]
    text = (tmp_path / "new" / "generate.json").read_text()
    assert json.loads(text)["settings"] == SETTINGS


def test_the_first_of_several_stays(tmp_path):
    begin_record(tmp_path, SETTINGS)
    first = (tmp_path / "generate.json").read_bytes()
    begin_record(tmp_path, SETTINGS)
    assert (tmp_path / "generate.json").read_bytes() == first
    with pytest.raises(ValueError, match="seed: 3 in generate.json, 4 now"):
        begin_record(tmp_path, SETTINGS | {"seed": 4})
    assert (tmp_path / "generate.json").read_bytes() == first
    assert os.listdir(tmp_path) == ["generate.json"]


@pytest.mark.parametrize("links", [True, False])
def test_one_that_began_in_between_stays(tmp_path, monkeypatch, links):
    """The other shard begins while this one writes."""

    def link(part, path):
        monkeypatch.undo()
        begin_record(tmp_path, SETTINGS | {"seed": 4})
        if not links:
            raise PermissionError("no links here")
        os.link(part, path)

    monkeypatch.setattr(record.os, "link", link)
    with pytest.raises(ValueError, match="seed: 4 in generate.json, 3 now"):
        begin_record(tmp_path, SETTINGS)
    assert os.listdir(tmp_path) == ["generate.json"]


def test_a_file_system_without_links(tmp_path, monkeypatch):
    def link(part, path):
        raise PermissionError("no links here")

    monkeypatch.setattr(record.os, "link", link)
    begin_record(tmp_path, SETTINGS)
    assert painted_since(tmp_path, SETTINGS) is not None


def test_other_settings_are_refused_unless_overwritten(tmp_path):
    begin_record(tmp_path, SETTINGS)
    other = SETTINGS | {"model": "b" * 64}
    words = r"of one model.*\(model: a{12}... in gen.*Choose.*--overwrite"
    with pytest.raises(ValueError, match=words):
        painted_since(tmp_path, other)
    begin_record(tmp_path, other, overwrite=True)
    assert painted_since(tmp_path, other) is not None


@pytest.mark.parametrize("text", ["", "[]", '{"format": "x"}', "{}", "\xff"])
def test_a_file_that_is_no_record(tmp_path, text):
    (tmp_path / "generate.json").write_text(text, encoding="latin-1")
    with pytest.raises(ValueError, match="must be the record.*--overwrite"):
        painted_since(tmp_path, SETTINGS)
    begin_record(tmp_path, SETTINGS, overwrite=True)
    assert painted_since(tmp_path, SETTINGS) is not None


def test_files_of_processes_killed_long_ago_are_removed(tmp_path):
    old, new = (tmp_path / f".{digit * 32}.part" for digit in "ab")
    hidden = tmp_path / ".mine.part"
    for path in (old, new, hidden):
        path.write_text("half")
    for path in (old, hidden):
        os.utime(path, (0, time.time() - 2 * 3600))
    begin_record(tmp_path, SETTINGS)
    assert not old.exists() and new.exists() and hidden.exists()
