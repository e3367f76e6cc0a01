import numpy as np
from keras import ops

from keras_pix2pixhd.layers import CropToMatch2D
from tests.layer_checks import check_layer


def test_basics(tmp_path, rng):
    x = rng.random((2, 8, 9, 3), "float32")
    reference = rng.random((2, 5, 7, 1), "float32")
    check_layer(CropToMatch2D, {}, [x, reference], (2, 5, 7, 3), tmp_path)


def test_top_left_part_is_kept():
    x = np.arange(9, dtype="float32").reshape(1, 3, 3, 1)
    y = CropToMatch2D()([x, np.zeros((1, 2, 1, 5), "float32")])
    assert ops.convert_to_numpy(y)[0, :, :, 0].tolist() == [[0], [3]]


def test_equal_size_changes_nothing(rng):
    x = rng.random((1, 4, 3, 2), "float32")
    y = CropToMatch2D()([x, np.zeros((1, 4, 3, 1), "float32")])
    assert (ops.convert_to_numpy(y) == x).all()


def test_unknown_sizes_stay_unknown():
    shape = CropToMatch2D().compute_output_shape(
        [(None, 8, 8, 3), (None, None, 7, 5)]
    )
    assert shape == (None, None, 7, 3)
