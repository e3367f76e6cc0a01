import numpy as np
import pytest

from keras_pix2pixhd.data.resizing import checked_size, resize


def test_labels_take_the_nearest_value():
    labels = np.array([[3, 200]], "uint8")
    assert (
        resize(labels, (2, 4), blend=False).tolist() == [[3, 3, 200, 200]] * 2
    )


def test_photographs_are_averaged_when_they_shrink():
    columns = np.tile(np.array([[[0] * 3, [200] * 3]], "uint8"), (8, 4, 1))
    small = resize(columns, (4, 4), blend=True)
    assert small.shape == (4, 4, 3)
    assert abs(small[:, 1:3].astype(int) - 100).max() <= 10


def test_what_has_the_size_is_not_copied():
    labels = np.zeros((2, 3), "int32")
    assert resize(labels, (2, 3), blend=False) is labels


@pytest.mark.parametrize("size", [(0, 3), (3,), "ab", (1.5, 2), 7])
def test_other_sizes_are_refused(size):
    with pytest.raises(ValueError, match="`image_size` must be None or"):
        checked_size(size)
    assert checked_size([4, 5]) == (4, 5)
