import numpy as np
import pytest

from keras_pix2pixhd.callbacks import sample_grid
from keras_pix2pixhd.data import ClassTable

TABLE = ClassTable(["a", "b"], [0, 1], [(1, 2, 3), (200, 100, 50)], [9])


def samples(height, width, count=2):
    labels = np.arange(count * height * width) % 2
    labels = labels.reshape(count, height, width).astype("uint8")
    labels[0, 0, 0] = 255
    generated = np.full((count, height, width, 3), 111, "uint8")
    real = np.full((count, height, width, 3), 222, "uint8")
    return labels, generated, real


def test_large_images_are_pasted_as_they_are():
    labels, generated, real = samples(160, 200)
    grid = sample_grid(labels, generated, real, TABLE)
    # a header of 24, gaps of 6
    assert grid.shape == (24 + 2 * 166, 6 + 3 * 206, 3)
    first = grid[24:184]
    np.testing.assert_array_equal(first[:, 6:206], TABLE.to_colors(labels[0]))
    assert (first[0, 6] == 0).all()  # void is black
    assert (first[:, 212:412] == 111).all()
    assert (first[:, 418:618] == 222).all()
    assert (grid[190:350, 212:412] == 111).all()


def test_small_images_are_enlarged_without_blending():
    labels, generated, real = samples(64, 96, count=1)
    grid = sample_grid(labels, generated, real, TABLE)
    cell = grid[24 : 24 + 192, 6 : 6 + 288]
    enlarged = np.kron(TABLE.to_colors(labels[0]), np.ones((3, 3, 1), "uint8"))
    np.testing.assert_array_equal(cell, enlarged)


def test_titles_have_room_over_narrow_images():
    grid = sample_grid(*samples(400, 3, count=1), TABLE)
    header = grid[:24]
    dark = np.flatnonzero((header < 150).any((0, 2)))
    gaps = np.flatnonzero(np.diff(dark) > 6)
    assert len(gaps) == 2  # three words, apart
    assert dark[0] >= 5 and dark[-1] < grid.shape[1] - 5


def test_a_number_of_classes_gets_a_colour_each():
    labels = np.array([[[0, 1, 2, 255]]], "uint8")
    images = np.zeros((1, 1, 4, 3), "uint8")
    grid = sample_grid(labels, images, images, class_table=3)
    row = grid[24 + 30, 6 : 6 + 4 * 75 : 75]
    assert len({tuple(color) for color in row.tolist()}) == 4
    assert row[3].tolist() == [0, 0, 0]


def test_bad_shapes_are_refused():
    labels, generated, real = samples(4, 6)
    with pytest.raises(ValueError, match=r"real.shape=\(1, 4, 6, 3\)"):
        sample_grid(labels, generated, real[:1], TABLE)
    with pytest.raises(ValueError, match="at least one sample"):
        sample_grid(labels[:0], generated[:0], real[:0], TABLE)
    with pytest.raises(ValueError, match="dtype=float64.*to_uint8"):
        sample_grid(labels, generated / 2, real, TABLE)


def test_without_classes_the_condition_is_shown():
    _, generated, real = samples(160, 200, count=1)
    condition = np.arange(160 * 200 * 3).reshape(1, 160, 200, 3) % 256
    condition = condition.astype("uint8")
    grid = sample_grid(condition, generated, real, None)
    np.testing.assert_array_equal(grid[24:184, 6:206], condition[0])
    floats = condition.astype("float32") / 127.5 - 1
    same = sample_grid(floats, generated, real, None)
    np.testing.assert_array_equal(grid, same)


def test_a_condition_of_one_channel_is_shown_grey():
    _, generated, real = samples(160, 200, count=1)
    condition = np.full((1, 160, 200, 1), 77, "uint8")
    grid = sample_grid(condition, generated, real, None)
    assert (grid[24:184, 6:206] == 77).all()


def test_label_maps_are_no_conditions():
    words = r"labels must be \(count, height, width, channels\), generated"
    with pytest.raises(ValueError, match=words):
        sample_grid(*samples(4, 6), None)
