import keras
import numpy as np
import pytest
from keras import ops

from keras_pix2pixhd.layers import NORMALIZATIONS, PADDINGS
from keras_pix2pixhd.models.blocks import UPSAMPLINGS
from keras_pix2pixhd.models.global_generator import GlobalGenerator
from keras_pix2pixhd.models.local_enhancer import LocalEnhancer
from tests.layer_checks import check_layer, dtype_of
from tests.weight_gradients import idle_weights

SMALL = {
    "input_channels": 3,
    "output_channels": 2,
    "filters": 3,
    "num_enhancers": 1,
    "num_local_residual_blocks": 1,
    "num_global_downsamplings": 1,
    "num_global_residual_blocks": 1,
}
OPTIONS = [
    *({"normalization": kind} for kind in NORMALIZATIONS),
    *({"padding": kind} for kind in PADDINGS[1:]),
    *({"upsampling": kind} for kind in UPSAMPLINGS[1:]),
    {"num_enhancers": 2, "dropout": 0.5},
]


def small(**changes):
    return LocalEnhancer(**{**SMALL, **changes})


def part(network, *tensors):
    """A model of what lies inside the network."""
    return keras.Model(network.input, list(tensors))


def numpy_of(tensors):
    return [ops.convert_to_numpy(x) for x in tensors]


@pytest.mark.parametrize("options", OPTIONS, ids=str)
def test_basics(tmp_path, rng, options):
    check_layer(
        LocalEnhancer,
        {**SMALL, **options, "name": "painter"},
        rng.random((2, 7, 10, 3), "float32"),
        (2, 7, 10, 2),
        tmp_path,
        dtypes=lambda dtype: "float32",
    )


@pytest.mark.parametrize("options", OPTIONS, ids=str)
def test_every_weight_gets_a_gradient(options, rng):
    assert (
        idle_weights(small(**options), rng.random((1, 16, 8, 3), "float32"))
        == []
    )


@pytest.mark.parametrize("size", [(1, 1), (1, 9), (3, 5), (17, 33)])
@pytest.mark.parametrize("enhancers", [1, 2, 3])
def test_any_size_is_kept(size, enhancers):
    network = small(num_enhancers=enhancers)
    image = ops.convert_to_numpy(network(np.ones((1, *size, 3), "float32")))
    assert image.shape == (1, *size, 2)
    assert np.isfinite(image).all()


@pytest.mark.parametrize("downsamplings", [0, 2])
@pytest.mark.parametrize("blocks", [0, 1])
def test_any_depth_takes_one_pixel(downsamplings, blocks):
    network = small(
        num_global_downsamplings=downsamplings,
        num_global_residual_blocks=blocks,
        num_local_residual_blocks=blocks,
    )
    assert network(np.ones((1, 1, 1, 3), "float32")).shape == (1, 1, 1, 2)


def compiled_differs_by(network, x):
    found, expected = network.predict(x, verbose=0), network(x)
    return np.abs(found - ops.convert_to_numpy(expected)).max()


def test_compiled_function_takes_one_size_after_another(rng):
    network = small()
    for size in ((8, 8), (5, 9), (3, 2)):
        x = rng.random((1, *size, 3), "float32")
        assert compiled_differs_by(network, x) <= 1e-5


def test_compiled_function_takes_one_pixel(rng):
    # without a norm: all padded pixels are equal, and instance norms would
    # enlarge their rounding 300 times each
    network = small(normalization="none")
    assert (
        compiled_differs_by(network, rng.random((1, 1, 1, 3), "float32"))
        <= 1e-5
    )


def test_odd_sizes_are_padded_by_the_border_and_cropped(rng):
    network = small()  # halves twice
    x = rng.random((1, 9, 14, 3), "float32")
    padded = np.pad(x, ((0, 0), (0, 3), (0, 2), (0, 0)), mode="edge")
    found, expected = numpy_of([network(x), network(padded)])
    assert found == pytest.approx(expected[:, :9, :14], abs=1e-5)


def test_each_level_sees_the_mean_of_the_one_above():
    # rows 0 to 15: windows of three from -1, what lies outside not counted:
    # (0 + 1) / 2, (1 + 2 + 3) / 3, ...; then (0.5 + 2) / 2, (2 + 4 + 6) / 3
    rows = np.arange(16, dtype="float32")
    half = [0.5, 2, 4, 6, 8, 10, 12, 14]
    quarter = [1.25, 4, 8, 12]
    x = np.tile(rows.reshape(1, 16, 1, 1), (1, 1, 16, 3))
    network = small(num_enhancers=2)
    names = ("enhancer2_input_pad", "enhancer1_input_pad", "input_pad")
    seen = part(network, *(network.get_layer(name).input for name in names))
    for found, expected in zip(
        numpy_of(seen(x)), (rows, half, quarter), strict=True
    ):
        assert found.shape == (1, len(expected), len(expected), 3)
        for column in found[0].transpose(1, 2, 0).reshape(-1, len(expected)):
            assert column == pytest.approx(np.array(expected), abs=1e-5)


def test_enhancer_adds_what_comes_from_below(rng):
    network = small()
    add = network.get_layer("enhancer1_add")
    down, below = add.input
    inside = part(network, down, below, add.output)
    down, below, total = numpy_of(inside(rng.random((1, 8, 12, 3), "float32")))
    # 3 filters at full size, 6 at half
    assert down.shape == below.shape == (1, 4, 6, 6)
    assert down.any() and below.any()
    assert total == pytest.approx(down + below, abs=1e-6)


@pytest.mark.parametrize("enhancers", [1, 2])
def test_global_part_is_a_global_generator_without_its_last_layer(enhancers):
    network = small(num_enhancers=enhancers)
    generator = GlobalGenerator(
        3,
        filters=3 * 2**enhancers,
        num_downsamplings=1,
        num_residual_blocks=1,
    )

    def shapes(model):
        return {
            layer.name: [tuple(weight.shape) for weight in layer.weights]
            for layer in model.layers
            if layer.weights
            and not layer.name.startswith(("enhancer", "output_"))
        }

    assert shapes(network) == shapes(generator)
    assert sorted(shapes(network)) == [
        "block1",
        "down1_conv",
        "input_conv",
        "up1_conv",
    ]


def test_filters_double_from_one_enhancer_to_the_next_coarser():
    network = small(num_enhancers=2)

    def kernel(name):
        return tuple(network.get_layer(name).kernel.shape)

    assert kernel("enhancer2_input_conv") == (7, 7, 3, 3)
    assert kernel("enhancer2_down_conv") == (3, 3, 3, 6)
    assert kernel("enhancer1_input_conv") == (7, 7, 3, 6)
    assert kernel("enhancer1_down_conv") == (3, 3, 6, 12)
    assert kernel("input_conv") == (7, 7, 3, 12)
    # a transposed kernel has its outputs first
    assert kernel("enhancer1_up_conv") == (3, 3, 6, 12)
    assert kernel("enhancer2_up_conv") == (3, 3, 3, 6)
    assert kernel("output_conv") == (7, 7, 3, 2)


@pytest.mark.parametrize("enhancers", [1, 2])
def test_outermost_variables(enhancers):
    network = small(num_enhancers=enhancers, normalization="instance_affine")
    names = [
        *("input_conv", "input_norm", "down_conv", "down_norm", "block1"),
        *("up_conv", "up_norm"),
    ]
    layers = [f"enhancer{enhancers}_{name}" for name in names] + ["output_conv"]
    expected = {
        id(variable)
        for name in layers
        for variable in network.get_layer(name).trainable_variables
    }
    found = network.outermost_variables
    assert {id(variable) for variable in found} == expected
    # conv kernels 3, the norms' scales and offsets 3 * 2, a block of two
    # kernels and two norms 6, the last kernel and bias 2
    assert len(found) == len(expected) == 3 + 6 + 6 + 2


def test_outermost_variables_and_the_rest_make_up_the_network():
    network = small()
    outermost = {id(variable) for variable in network.outermost_variables}
    rest = [v for v in network.trainable_variables if id(v) not in outermost]
    # the global part's kernels: stem, down, two in the block, up
    assert len(rest) == 5


@pytest.mark.slow
def test_number_of_parameters_is_the_references_less_idle_biases():
    # 182,857,059 in the reference for 36 channels. Every convolution but the
    # last is in front of an instance normalization. The global part, whose
    # first has 64 filters: 64, four down, two in each of nine blocks, four up.
    below = (
        64 + (128 + 256 + 512 + 1024) + 9 * 2 * 1024 + (512 + 256 + 128 + 64)
    )
    assert below == 21_376
    # the enhancer: 32, down 64, two in each of three blocks, up 32
    idle = below + 32 + 64 + 3 * 2 * 64 + 32
    assert idle == 21_888
    expected = 182_857_059 - idle
    assert expected == 182_835_171
    assert LocalEnhancer(36).count_params() == expected


def test_number_of_parameters_of_a_small_network():
    # global part, 6 filters: 7x7x3x6, down 3x3x6x12, block 2 of 3x3x12x12,
    # up 3x3x12x6; enhancer: 7x7x3x3, 3x3x3x6, block 2 of 3x3x6x6, 3x3x6x3;
    # output 7x7x3x2 + 2
    below = 882 + 648 + 2 * 1296 + 648
    enhancer = 441 + 162 + 2 * 324 + 162
    assert small().count_params() == below + enhancer + 296


def test_image_is_within_minus_one_and_one(rng):
    network = small()
    network.get_layer("output_conv").bias.assign([100.0, -100.0])
    (image,) = numpy_of([network(rng.random((1, 8, 8, 3), "float32"))])
    assert (image[..., 0] == 1).all()
    assert (image[..., 1] == -1).all()


def test_layers_follow_the_dtype_policy():
    network = small(dtype="mixed_bfloat16")
    assert dtype_of(network.get_layer("enhancer1_add").output) == "bfloat16"
    assert dtype_of(network.get_layer("half1").output) == "bfloat16"


def test_dropout_works_in_training_only(rng):
    network = small(dropout=0.5)
    x = rng.random((1, 8, 8, 3), "float32")
    once, again = numpy_of([network(x, training=False) for _ in range(2)])
    assert np.array_equal(once, again)
    once, again = numpy_of([network(x, training=True) for _ in range(2)])
    assert not np.array_equal(once, again)


@pytest.mark.parametrize(
    "name, minimum",
    [
        ("input_channels", 1),
        ("output_channels", 1),
        ("filters", 1),
        ("num_enhancers", 1),
        ("num_local_residual_blocks", 0),
        ("num_global_downsamplings", 0),
        ("num_global_residual_blocks", 0),
    ],
)
def test_numbers_below_their_minimum_are_refused(name, minimum):
    message = (
        f"{name} must be at least {minimum}. Received: {name}={minimum - 1}"
    )
    with pytest.raises(ValueError, match=message):
        small(**{name: minimum - 1})


@pytest.mark.parametrize(
    "options", [{"upsampling": "x"}, {"padding": "x"}, {"normalization": "x"}]
)
def test_unknown_options_are_refused(options):
    (name,) = options
    with pytest.raises(ValueError, match=f"Received: {name}='x'"):
        small(**options)
