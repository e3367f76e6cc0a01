import pytest

from keras_pix2pixhd.data import (
    prepare_records,
    read_pairs,
    read_records,
    write_toy_cars,
)
from keras_pix2pixhd.segmentation.image_size import default_size, stored_size


def test_the_stored_size_of_files_and_of_records(tmp_path):
    folder = write_toy_cars(tmp_path / "toys", 5, (16, 24))
    assert tuple(stored_size(read_pairs(folder))) == (16, 24)
    pytest.importorskip("tensorflow")
    prepare_records(folder, tmp_path / "records")
    records = read_records(tmp_path / "records").held_out
    assert tuple(stored_size(records)) == (16, 24)


def test_the_default_size_is_in_proportion_and_at_most_448_long():
    # 299 = 1280 * 448 / 1918, rounded
    assert default_size(1280, 1918) == (299, 448)
    assert default_size(1918, 1280) == (448, 299)
    assert default_size(320, 448) == (320, 448)
    assert default_size(1, 2000) == (1, 448)
