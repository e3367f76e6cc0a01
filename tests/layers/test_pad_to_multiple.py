import numpy as np
import pytest
from keras import ops

from keras_pix2pixhd.layers import PadToMultiple2D
from tests.layer_checks import check_layer


def padded(x, **arguments):
    x = np.array(x, "float32")[None, ..., None]
    y = PadToMultiple2D(**arguments)(x)
    return ops.convert_to_numpy(y)[0, :, :, 0].tolist()


def test_basics(tmp_path, rng):
    x = rng.random((2, 5, 9, 3), "float32")
    arguments = {"multiple": 4, "minimum": 1}
    check_layer(PadToMultiple2D, arguments, x, (2, 8, 12, 3), tmp_path)


def test_last_row_and_column_are_repeated():
    assert padded([[1, 2, 3], [4, 5, 6]], multiple=4) == [
        [1, 2, 3, 3],
        [4, 5, 6, 6],
        [4, 5, 6, 6],
        [4, 5, 6, 6],
    ]


def test_what_fits_is_unchanged():
    x = [[1.0, 2.0, 3.0, 4.0], [5.0, 6.0, 7.0, 8.0]]
    assert padded(x, multiple=2) == x


def test_one_pixel_fills_the_image():
    assert padded([[7]], multiple=2) == [[7, 7], [7, 7]]


@pytest.mark.parametrize(
    "multiple, minimum, size, expected",
    [
        (1, 1, 5, 5),
        (4, 1, 3, 4),
        (4, 1, 4, 4),
        (4, 1, 5, 8),
        (4, 8, 4, 8),
        (4, 6, 1, 8),  # the smallest multiple of 4 that is at least 6
        (1, 4, 2, 4),
        (3, 4, 7, 9),
        (16, 32, 33, 48),
    ],
)
def test_padded_size(multiple, minimum, size, expected):
    layer = PadToMultiple2D(multiple, minimum)
    x = np.zeros((1, size, 1, 1), "float32")
    assert layer(x).shape[1] == expected
    assert layer.compute_output_shape((1, size, None, 1))[1] == expected


def test_unknown_sizes_stay_unknown():
    shape = PadToMultiple2D(4).compute_output_shape((None, None, 5, 2))
    assert shape == (None, None, 8, 2)


@pytest.mark.parametrize("multiple, minimum", [(0, 1), (4, 0)])
def test_numbers_below_one_are_refused(multiple, minimum):
    message = (
        "multiple and minimum must be at least 1. Received: "
        f"multiple={multiple}, minimum={minimum}"
    )
    with pytest.raises(ValueError, match=message):
        PadToMultiple2D(multiple, minimum)
