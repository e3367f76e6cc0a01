import keras
import numpy as np
import pytest
from keras import ops

from keras_pix2pixhd.models.global_generator import GlobalGenerator
from tests.layer_checks import check_layer, dtype_of

SMALL = {
    "input_channels": 3,
    "output_channels": 2,
    "filters": 2,
    "num_downsamplings": 1,
    "num_residual_blocks": 1,
}


def small(**changes):
    return GlobalGenerator(**{**SMALL, **changes})


@pytest.mark.parametrize("normalization", ["instance", "batch", "none"])
def test_basics(tmp_path, rng, normalization):
    check_layer(
        GlobalGenerator,
        {**SMALL, "normalization": normalization, "name": "painter"},
        rng.random((2, 7, 10, 3), "float32"),
        (2, 7, 10, 2),
        tmp_path,
        dtypes=lambda dtype: "float32",
    )


@pytest.mark.parametrize(
    "size", [(1, 1), (1, 9), (2, 2), (3, 5), (8, 1), (17, 33)]
)
def test_any_size_is_kept(size):
    network = small(num_downsamplings=2)
    image = network(np.ones((1, *size, 3), "float32"))
    assert image.shape == (1, *size, 2)
    assert np.isfinite(ops.convert_to_numpy(image)).all()


@pytest.mark.parametrize("downsamplings", [0, 1, 3])
@pytest.mark.parametrize("blocks", [0, 1])
def test_any_depth_takes_one_pixel(downsamplings, blocks):
    network = small(num_downsamplings=downsamplings, num_residual_blocks=blocks)
    assert network(np.ones((1, 1, 1, 3), "float32")).shape == (1, 1, 1, 2)


def test_compiled_function_takes_one_size_after_another(rng):
    network = small(num_downsamplings=2)
    for size in ((8, 8), (5, 9), (1, 1), (16, 3)):
        x = rng.random((1, *size, 3), "float32")
        found = network.predict(x, verbose=0)
        expected = ops.convert_to_numpy(network(x))
        assert found == pytest.approx(expected, abs=1e-5)


def test_odd_sizes_are_padded_by_the_border_and_cropped(rng):
    network = small(num_downsamplings=2)
    x = rng.random((1, 9, 14, 3), "float32")
    padded = np.pad(x, ((0, 0), (0, 3), (0, 2), (0, 0)), mode="edge")
    found = ops.convert_to_numpy(network(x))
    expected = ops.convert_to_numpy(network(padded))[:, :9, :14]
    assert found == pytest.approx(expected, abs=1e-5)


def test_image_is_within_minus_one_and_one(rng):
    network = small()
    network.get_layer("output_conv").bias.assign([100.0, -100.0])
    image = ops.convert_to_numpy(network(rng.random((1, 8, 8, 3), "float32")))
    assert (image[..., 0] == 1).all()
    assert (image[..., 1] == -1).all()


def test_number_of_parameters_is_the_references_less_idle_biases():
    # 182,546,755 in the reference for 36 channels. Every convolution but
    # the last is in front of an instance normalization: the first (64), four
    # down, two in each of nine blocks, four up.
    idle = 64 + (128 + 256 + 512 + 1024) + 9 * 2 * 1024 + (512 + 256 + 128 + 64)
    assert idle == 21_376
    expected = 182_546_755 - idle
    assert expected == 182_525_379
    assert GlobalGenerator(36).count_params() == expected


def test_number_of_parameters_of_a_small_network():
    # 7x7x3x2, down 3x3x2x4, block 2 of 3x3x4x4, up 3x3x4x2, 7x7x2x2 + 2
    expected = 294 + 72 + 2 * 144 + 72 + 198
    assert small().count_params() == expected


def test_global_dtype_policy_is_followed():
    before = keras.config.dtype_policy()
    keras.config.set_dtype_policy("mixed_bfloat16")
    try:
        network = small()
    finally:
        keras.config.set_dtype_policy(before)
    x = np.ones((1, 4, 4, 3), "float32")
    assert dtype_of(network.get_layer("input_relu").output) == "bfloat16"
    assert dtype_of(network(x)) == "float32"
    assert network.get_config()["dtype"]["config"]["name"] == "mixed_bfloat16"


@pytest.mark.parametrize(
    "name, minimum",
    [
        ("input_channels", 1),
        ("output_channels", 1),
        ("filters", 1),
        ("num_downsamplings", 0),
        ("num_residual_blocks", 0),
    ],
)
def test_numbers_below_their_minimum_are_refused(name, minimum):
    message = (
        f"{name} must be at least {minimum}. Received: {name}={minimum - 1}"
    )
    with pytest.raises(ValueError, match=message):
        small(**{name: minimum - 1})


def test_unknown_normalization_is_refused():
    with pytest.raises(ValueError, match="normalization='layer'"):
        small(normalization="layer")
