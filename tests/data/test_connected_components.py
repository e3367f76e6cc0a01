import numpy as np
import pytest
from PIL import Image

from keras_pix2pixhd.data import connected_components


def numbers(rows):
    return connected_components(np.array(rows)).tolist()


@pytest.mark.parametrize(
    "label, expected",
    [
        ([[5]], [[0]]),
        ([[3, 3, 3]], [[0, 0, 0]]),
        ([[3, 4, 3]], [[0, 1, 2]]),
        ([[3], [4], [4]], [[0], [1], [1]]),
        # corners do not touch
        ([[1, 0], [0, 1]], [[0, 1], [2, 3]]),
        # a U: two arms, joined in the last row
        ([[1, 0, 1], [1, 0, 1], [1, 1, 1]], [[0, 1, 0], [0, 1, 0], [0, 0, 0]]),
        # the end of a row does not touch the start of the next
        ([[0, 1], [1, 1], [1, 0]], [[0, 1], [1, 1], [1, 2]]),
        # void is a value like any other, and so is a negative one
        ([[255, 255, -2]], [[0, 0, 1]]),
    ],
)
def test_by_hand(label, expected):
    assert numbers(label) == expected


def test_dtype():
    for dtype in ("uint8", "uint16", "int64", "uint64", "bool"):
        regions = connected_components(np.array([[0, 1, 0]], dtype))
        assert regions.dtype == "int32"
        assert regions.tolist() == [[0, 1, 2]]


def test_the_maps_of_a_batch_are_apart():
    label = np.zeros((3, 2, 2), "uint8")
    label[1] = [[0, 1], [0, 1]]
    expected = [[[0, 0]] * 2, [[0, 1]] * 2, [[0, 0]] * 2]
    assert numbers(label) == expected


def test_checkerboard_has_a_region_for_each_pixel():
    label = np.indices((13, 8)).sum(axis=0) % 2
    assert numbers(label) == np.arange(13 * 8).reshape(13, 8).tolist()


def spiral(size):
    """A wall of ones and a corridor of zeros, each one pixel wide."""
    label = np.zeros((size, size), int)
    for ring in range(0, (size + 1) // 2, 2):
        inner = slice(ring, size - ring)
        label[ring, inner] = label[size - 1 - ring, inner] = 1
        label[inner, ring] = label[inner, size - 1 - ring] = 1
        label[ring + 1, ring] = 0  # opens the ring
        label[ring + 2, ring + 1] = 1  # joins it to the next
    return label


def test_spiral_is_one_wall_and_one_corridor():
    label = spiral(7)
    assert label.tolist() == [
        [1, 1, 1, 1, 1, 1, 1],
        [0, 0, 0, 0, 0, 0, 1],
        [1, 1, 1, 1, 1, 0, 1],
        [1, 0, 0, 0, 1, 0, 1],
        [1, 0, 1, 1, 1, 0, 1],
        [1, 0, 0, 0, 0, 0, 1],
        [1, 1, 1, 1, 1, 1, 1],
    ]
    large = spiral(803)
    np.testing.assert_array_equal(connected_components(large), 1 - large)


def test_snake():
    # one line that fills the map to and fro, and the gaps between its rows
    label = np.zeros((400, 50), int)
    label[::2] = 1
    label[1::4, -1] = label[3::4, 0] = 1
    regions = connected_components(label)
    assert (regions[label == 1] == 0).all()
    assert regions.max() == 200
    np.testing.assert_array_equal(regions[1::2, 1], np.arange(1, 201))


def scipy_components(label):
    """Another implementation: one value after the other."""
    ndimage = pytest.importorskip("scipy.ndimage")
    regions, count = np.full(label.shape, -1), 0
    for value in np.unique(label):
        found, more = ndimage.label(label == value)
        regions[found > 0] = found[found > 0] + count
        count += more
    _, first, which = np.unique(regions, return_index=True, return_inverse=True)
    return first.argsort().argsort()[which].reshape(label.shape)


@pytest.mark.parametrize("values", [1, 2, 3, 5])
def test_equals_scipy(rng, values):
    for height, width in rng.integers(1, 24, (40, 2)):
        label = rng.integers(0, values, (height, width))
        np.testing.assert_array_equal(
            connected_components(label), scipy_components(label)
        )


def test_equals_scipy_on_a_street_scene(shared):
    folder = shared / "data" / "cityscapes_sample" / "train_label"
    path = sorted(folder.glob("*.png"))[0]
    label = np.asarray(Image.open(path))
    np.testing.assert_array_equal(
        connected_components(label), scipy_components(label)
    )


@pytest.mark.parametrize(
    "label, words",
    [
        (np.zeros((2, 2)), r"shape=\(2, 2\), dtype=float64"),
        (np.zeros(4, int), r"\(H, W\) or \(B, H, W\).*shape=\(4,\)"),
        (np.zeros((0, 4), int), r"at least one.*shape=\(0, 4\)"),
    ],
)
def test_errors(label, words):
    with pytest.raises(ValueError, match=words):
        connected_components(label)
