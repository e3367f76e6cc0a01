"""Checkpoints that are not what they were, and disks without room."""

import shutil
import sys

import numpy as np
import pytest

from keras_pix2pixhd.checkpoints import (
    list_checkpoints,
    restore_checkpoint,
    save_checkpoint,
)
from tests.small_gan import compiled_gan, values


@pytest.fixture(scope="module")
def gan():
    return compiled_gan()


@pytest.fixture
def folder(gan, tmp_path):
    """Three checkpoints; a weight tells them apart."""
    for step in (1, 2, 3):
        kernel = gan.generator.weights[0]
        kernel.assign(np.full(kernel.shape, step, "float32"))
        save_checkpoint(gan, tmp_path, (0, step, step))
    kernel.assign(np.zeros(kernel.shape, "float32"))
    return tmp_path


def restored(gan):
    return float(values(gan.generator.weights)[0].max())


def flip(path):
    content = bytearray(path.read_bytes())
    content[len(content) // 2] ^= 1
    path.write_bytes(content)


def cut(path):
    path.write_bytes(path.read_bytes()[:-9000])


def test_the_one_before_a_damaged_one_is_used(gan, folder):
    _, second, third = list_checkpoints(folder)
    flip(third)
    words = r"step-00000003\.npz: .*before is used: step-00000002\.npz"
    with pytest.warns(UserWarning, match=words):
        assert restore_checkpoint(gan, folder).position.step == 2
    assert restored(gan) == 2
    cut(second)
    with pytest.warns(
        UserWarning, match=r"3\.npz.*2\.npz.*used: step-0*1\.npz"
    ):
        assert restore_checkpoint(gan, folder).position.step == 1
    assert restored(gan) == 1


def test_a_damaged_one_is_said_to_who_asks(gan, folder):
    *_, third = list_checkpoints(folder)
    flip(third)
    lines = []
    restore_checkpoint(gan, folder, lines.append)
    (line,) = lines
    assert line.startswith("Damaged, and left out: step-00000003.npz: ")
    assert line.endswith("checkpoint before is used: step-00000002.npz")


def test_where_all_are_damaged_nothing_is_restored(gan, folder):
    for path in list_checkpoints(folder):
        path.write_text("something else")
    with pytest.raises(ValueError, match="one checkpoint must be whole. Rec"):
        restore_checkpoint(gan, folder)
    assert restored(gan) == 0


def test_a_damaged_file_that_was_named_is_refused(gan, folder):
    *_, third = list_checkpoints(folder)
    flip(third)
    with pytest.raises(ValueError, match=r"whole. Received: step-00000003\.n"):
        restore_checkpoint(gan, third)
    assert restored(gan) == 0


def test_a_full_disk_leaves_the_checkpoints_of_before(gan, folder):
    resource = pytest.importorskip("resource")
    before = {path: path.read_bytes() for path in folder.iterdir()}
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (100_000, hard))
    try:
        words = (
            r'"\S*step-00000004\.npz" must be written. Received: .*File too '
            "large.*Those before are whole: free some space, and resume"
        )
        with pytest.raises(ValueError, match=words):
            save_checkpoint(gan, folder, (0, 4, 4))
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
    assert {path: path.read_bytes() for path in folder.iterdir()} == before
    assert restore_checkpoint(gan, folder).position.step == 3


def test_a_file_of_another_format_is_refused(gan, folder, monkeypatch):
    module = sys.modules["keras_pix2pixhd.checkpoints.save_checkpoint"]
    monkeypatch.setattr(module, "FORMAT", 99)
    path = save_checkpoint(gan, folder, (0, 5, 5))
    words = r"of format 1. Received: \S*5\.npz of format 99, written by keras"
    with pytest.raises(ValueError, match=words):
        restore_checkpoint(gan, path)


def test_one_that_cannot_be_opened_is_not_passed_over(gan, folder):
    *_, third = list_checkpoints(folder)
    third.unlink()
    third.mkdir()
    with pytest.raises(ValueError, match="a file that can be read. Received"):
        restore_checkpoint(gan, folder)
    shutil.rmtree(third)
    assert restore_checkpoint(gan, folder).position.step == 2
