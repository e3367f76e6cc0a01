import errno

import pytest

from keras_pix2pixhd.whole_file import whole_file


def test_the_file_is_there_at_the_end_only(tmp_path):
    path = tmp_path / "new" / "x.txt"
    with whole_file(path) as part:
        part.write_text("whole")
        assert part.parent == path.parent and not path.exists()
    assert path.read_text() == "whole"
    assert list(path.parent.iterdir()) == [path]


def test_after_an_error_the_file_is_as_it_was(tmp_path):
    path = tmp_path / "x.txt"
    path.write_text("before")
    with pytest.raises(KeyError), whole_file(path) as part:
        part.write_text("half")
        raise KeyError
    assert path.read_text() == "before"
    assert list(tmp_path.iterdir()) == [path]


def test_what_cannot_be_written_is_named(tmp_path):
    (tmp_path / "file").write_text("")
    with pytest.raises(ValueError, match=r'x.txt" must be a file that can be'):
        with whole_file(tmp_path / "file" / "x.txt"):
            pass


def test_a_full_disk_is_called_one(tmp_path):
    words = "No space left on device. Free some space, or choose another fol"
    with pytest.raises(ValueError, match=words), whole_file(tmp_path / "x"):
        raise OSError(errno.ENOSPC, "No space left on device")


def test_the_name_to_write_to_ends_as_it_must(tmp_path):
    with whole_file(tmp_path / "x.keras", ".keras") as part:
        assert part.name.startswith(".") and part.suffix == ".keras"
        part.write_text("whole")
    assert [path.name for path in tmp_path.iterdir()] == ["x.keras"]
