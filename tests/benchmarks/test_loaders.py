import sys

import keras
import pytest

from benchmarks.harness.our_loader import SETTINGS, our_epochs
from benchmarks.harness.reference_loader import (
    check_size,
    check_torchvision,
    reference_epochs,
)
from keras_pix2pixhd import read_pairs, write_toy_cars

OURS = SETTINGS[keras.backend.backend()]


@pytest.mark.parametrize("way", OURS)
def test_every_way_of_ours_reads_epochs_whole(way, tmp_path):
    pairs = read_pairs(write_toy_cars(tmp_path / "toys", 3))
    cache = str(tmp_path / "cache")
    epochs = our_epochs(pairs, (32, 48), 2, OURS[way], cache)
    # an epoch that is not whole is an error
    assert [next(epochs) > 0 for _ in range(3)] == [True] * 3
    epochs.close()
    cached = "cache" in OURS[way] and OURS[way]["cache"] == "folder"
    assert (tmp_path / "cache").exists() == cached


def test_the_reference_makes_one_height_of_a_width():
    check_size((320, 448), (68, 96))  # 96 * 320 / 448 is 68.57
    words = r"\(320, 448\): it scales to a width. Received: .*\(69, 96\)"
    with pytest.raises(ValueError, match=words + ".*Give --image-size 68 96"):
        check_size((320, 448), (69, 96))


def test_the_reference_is_not_measured_with_a_stand_in(monkeypatch):
    monkeypatch.setitem(sys.modules, "torchvision", None)
    words = "must have torchvision here.*Received: .*pip install torchvision"
    with pytest.raises(ValueError, match=words):
        check_torchvision()


def test_its_loader_wants_a_clone_first(tmp_path):
    epochs = reference_epochs(tmp_path, None, (68, 96), 1, tmp_path)
    with pytest.raises(ValueError, match="your own clone of NVIDIA/pix2pixHD"):
        next(epochs)
