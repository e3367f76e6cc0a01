import keras
import numpy as np
import pytest
from keras import ops

from keras_pix2pixhd.models.blocks import UPSAMPLINGS, Blocks, check_at_least

FLOAT32 = keras.dtype_policies.get("float32")
SQUARE = np.array([[1, 2], [3, 4]], "float32")


def blocks(**arguments):
    return Blocks("none", FLOAT32, **arguments)


def result(wire, kernel, x=SQUARE):
    """What one channel becomes behind a convolution with this kernel."""
    inputs = keras.Input((None, None, 1))
    network = keras.Model(inputs, wire(inputs))
    weights = network.get_layer("x_conv").kernel
    weights.assign(np.reshape(kernel, weights.shape))
    return ops.convert_to_numpy(network(x[None, ..., None]))[0, :, :, 0]


def upsampled(upsampling, kernel, padding="reflect", x=SQUARE):
    wiring = blocks(upsampling=upsampling, padding=padding)
    return result(lambda x: wiring.upsample(x, 1, "x"), kernel, x)


def single(row, column):
    """A 3x3 kernel that reads one neighbour; (1, 1) is the pixel itself."""
    kernel = np.zeros((3, 3), "float32")
    kernel[row, column] = 1
    return kernel


def test_names():
    assert UPSAMPLINGS == ("transposed", "bilinear", "nearest", "pixel_shuffle")


def test_transposed_sets_pixels_apart():
    # torch: pixel i goes to 2i - 1 + k, so the middle of the kernel to 2i
    assert upsampled("transposed", single(1, 1)).tolist() == [
        [1, 0, 2, 0],
        [0, 0, 0, 0],
        [3, 0, 4, 0],
        [0, 0, 0, 0],
    ]


def test_transposed_kernel_reaches_back_and_forth():
    # the first row goes to 2i - 1, the last column to 2i + 1
    assert upsampled("transposed", single(0, 2)).tolist() == [
        [0, 0, 0, 0],
        [0, 3, 0, 4],
        [0, 0, 0, 0],
        [0, 0, 0, 0],
    ]


def test_nearest_repeats_pixels():
    assert upsampled("nearest", single(1, 1)).tolist() == [
        [1, 1, 2, 2],
        [1, 1, 2, 2],
        [3, 3, 4, 4],
        [3, 3, 4, 4],
    ]


def test_bilinear_mixes_pixels():
    # centres lie a quarter of a pixel off: 1, 3/4 + 2/4, 1/4 + 6/4, 2
    assert upsampled("bilinear", single(1, 1)).tolist() == [
        [1, 1.25, 1.75, 2],
        [1.5, 1.75, 2.25, 2.5],
        [2.5, 2.75, 3.25, 3.5],
        [3, 3.25, 3.75, 4],
    ]


@pytest.mark.parametrize(
    "padding, first",
    # the row above the first row [1, 1, 2, 2] of the enlarged square
    [("reflect", [1, 1, 2, 2]), ("replicate", [1, 1, 2, 2]), ("zero", [0] * 4)],
)
def test_nearest_pads_what_is_enlarged(padding, first):
    assert upsampled("nearest", single(0, 1), padding).tolist() == [
        first,
        [1, 1, 2, 2],
        [1, 1, 2, 2],
        [3, 3, 4, 4],
    ]


def test_pixel_shuffle_has_a_kernel_for_each_of_four_pixels():
    # upper left: the pixel; upper right: twice; lower left: its right
    # neighbour; lower right: the one below. Beyond the border is zero.
    four = [single(1, 1), 2 * single(1, 1), single(1, 2), single(2, 1)]
    kernel = np.stack(four, axis=-1)
    found = upsampled("pixel_shuffle", kernel, "zero")
    assert found.tolist() == [
        [1, 2, 2, 4],
        [2, 3, 0, 4],
        [3, 6, 4, 8],
        [4, 0, 0, 0],
    ]


@pytest.mark.parametrize("upsampling", UPSAMPLINGS)
def test_negative_numbers_are_cut_behind_the_enlargement(upsampling):
    shape = (3, 3, 4) if upsampling == "pixel_shuffle" else (3, 3)
    found = upsampled(upsampling, np.full(shape, -1.0), "replicate")
    assert not found.any()


def test_bias_is_left_out_where_an_instance_norm_takes_it_off():
    def names(upsampling):
        wiring = Blocks("instance", FLOAT32, upsampling=upsampling)
        inputs = keras.Input((None, None, 1))
        network = keras.Model(inputs, wiring.upsample(inputs, 1, "x"))
        return [weight.name for weight in network.weights]

    assert [names(kind) for kind in UPSAMPLINGS[:3]] == [["kernel"]] * 3
    # before the shuffle each of the four pixels has its own
    assert names("pixel_shuffle") == ["kernel", "bias"]


def test_halving_reads_every_second_pixel():
    x = np.arange(1.0, 17.0, dtype="float32").reshape(4, 4)
    found = result(lambda x: blocks().downsample(x, 1, "x"), single(1, 1), x)
    assert found.tolist() == [[1, 3], [9, 11]]


def test_halving_sees_zeros_under_every_padding():
    x = np.arange(1.0, 17.0, dtype="float32").reshape(4, 4)
    for padding in ("reflect", "replicate", "zero"):
        wiring = blocks(padding=padding)
        found = result(
            lambda x, w=wiring: w.downsample(x, 1, "x"), single(0, 0), x
        )
        assert found.tolist() == [[0, 0], [0, 6]]


def test_unknown_upsampling_is_refused():
    message = (
        "upsampling must be one of transposed, bilinear, nearest, "
        "pixel_shuffle. Received: upsampling='bicubic'"
    )
    with pytest.raises(ValueError, match=message):
        blocks(upsampling="bicubic")


def test_number_below_its_minimum_is_refused():
    check_at_least(a=(1, 1), b=(5, 2))
    with pytest.raises(ValueError, match="b must be at least 2. Received: b=1"):
        check_at_least(a=(1, 1), b=(1, 2))
