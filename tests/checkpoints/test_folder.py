import pytest

from keras_pix2pixhd.checkpoints import list_checkpoints, prune_checkpoints


def files(folder, *steps):
    for step in steps:
        (folder / f"step-{step:08d}.npz").write_bytes(b"")


def steps(folder):
    return [int(path.stem[5:]) for path in list_checkpoints(folder)]


def test_checkpoints_are_listed_the_oldest_first(tmp_path):
    files(tmp_path, 300, 20, 123456789, 99999999)
    for name in ("step-7.npz", "step-00000008.keras", "x-step-00000009.npz"):
        (tmp_path / name).write_bytes(b"")
    assert steps(tmp_path) == [20, 300, 99999999, 123456789]
    assert list_checkpoints(tmp_path / "none") == []


def test_the_newest_are_kept_and_those_that_are_named(tmp_path):
    files(tmp_path, 1, 2, 3, 4, 5)
    (tmp_path / ".0123.part").write_bytes(b"half")
    (tmp_path / "notes.txt").write_bytes(b"mine")
    prune_checkpoints(tmp_path, 2, also=[2, 17])
    assert steps(tmp_path) == [2, 4, 5]
    assert (tmp_path / "notes.txt").exists()
    assert not (tmp_path / ".0123.part").exists()


def test_those_after_the_step_of_now_do_not_count(tmp_path):
    files(tmp_path, 1, 2, 3, 4, 5)
    prune_checkpoints(tmp_path, 1, also=[5], newest=3)
    assert steps(tmp_path) == [3]


@pytest.mark.parametrize("keep", [0, 1.0, True, None])
def test_at_least_one_is_kept(tmp_path, keep):
    with pytest.raises(ValueError, match=f"at least 1. Received: keep={keep}"):
        prune_checkpoints(tmp_path, keep)


@pytest.mark.parametrize("function", [list_checkpoints, prune_checkpoints])
def test_what_is_no_folder_is_refused(function):
    more = () if function is list_checkpoints else (2,)
    with pytest.raises(ValueError, match="folder must be a path: text.*=None"):
        function(None, *more)
