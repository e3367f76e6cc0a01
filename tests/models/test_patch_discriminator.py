import keras
import numpy as np
import pytest
from keras import ops

from keras_pix2pixhd.layers import SpectralConv2D
from keras_pix2pixhd.models.patch_discriminator import PatchDiscriminator
from tests.layer_checks import check_layer


def sizes(height, width, **arguments):
    """Height, width and channels of every output."""
    network = PatchDiscriminator(2, **arguments)
    spec = network.compute_output_spec(keras.KerasTensor((1, height, width, 2)))
    return [x.shape[1:] for x in spec]


def test_basics(tmp_path, rng):
    arguments = {
        "input_channels": 3,
        "filters": 4,
        "num_layers": 2,
        "normalization": "batch",
        "spectral_normalization": True,
        "output_activation": "sigmoid",
        "name": "patches",
    }
    shapes = [(2, 5, 6, 4), (2, 3, 4, 8), (2, 4, 5, 16), (2, 5, 6, 1)]
    check_layer(
        PatchDiscriminator,
        arguments,
        rng.random((2, 8, 10, 3), "float32"),
        shapes,
        tmp_path,
        dtypes=lambda dtype: [dtype] * 3 + ["float32"],
    )


def test_padding_of_two_gives_the_sizes_of_the_reference():
    assert sizes(512, 512, filters=4) == [
        (257, 257, 4),
        (129, 129, 8),
        (65, 65, 16),
        (66, 66, 32),
        (67, 67, 1),
    ]


def test_filters_double_up_to_512():
    found = [s[-1] for s in sizes(8, 8, filters=128, num_layers=4)]
    assert found == [128, 256, 512, 512, 512, 1]


def test_one_pixel_is_enough():
    # 1 -> (1 + 4 - 4) // 2 + 1 = 1, twice more; stride 1 adds one
    assert [s[:2] for s in sizes(1, 1, filters=4)] == [
        (1, 1),
        (1, 1),
        (1, 1),
        (2, 2),
        (3, 3),
    ]
    scores = PatchDiscriminator(2, filters=4)(np.zeros((1, 1, 1, 2)))[-1]
    assert scores.shape == (1, 3, 3, 1)


def test_bias_is_left_out_before_instance_normalization_only():
    def with_bias(normalization):
        network = PatchDiscriminator(2, 4, 2, normalization)
        return [x.use_bias for x in network.layers if hasattr(x, "use_bias")]

    assert with_bias("instance") == [True, False, False, True]
    assert with_bias("batch") == [True] * 4
    assert with_bias("none") == [True] * 4


def test_slope_of_the_leaky_relu_is_a_fifth():
    network = PatchDiscriminator(1, filters=1)
    layer = network.get_layer("layer0_conv")
    layer.kernel.assign(np.ones((4, 4, 1, 1)))
    # the one window sees the one pixel and zeros
    x = np.array([5, -5], "float32").reshape(2, 1, 1, 1)
    found = ops.convert_to_numpy(network(x)[0])
    assert found.ravel() == pytest.approx([5, -1])


def test_sigmoid_is_applied_to_the_scores_only(rng):
    x = rng.random((1, 6, 6, 2), "float32")
    plain = PatchDiscriminator(2, 4)
    squashed = PatchDiscriminator(2, 4, output_activation="sigmoid")
    squashed.set_weights(plain.get_weights())
    plain, squashed = plain(x), squashed(x)
    expected = ops.convert_to_numpy(ops.sigmoid(plain[-1]))
    found = ops.convert_to_numpy(squashed[-1])
    assert found == pytest.approx(expected, abs=1e-6)
    for a, b in zip(plain[:-1], squashed[:-1], strict=True):
        assert (ops.convert_to_numpy(a) == ops.convert_to_numpy(b)).all()


@pytest.mark.parametrize("name", ["input_channels", "filters", "num_layers"])
def test_numbers_below_one_are_refused(name):
    message = f"{name} must be at least 1. Received: {name}=0"
    with pytest.raises(ValueError, match=message):
        PatchDiscriminator(**{"input_channels": 2, name: 0})


def test_unknown_activation_is_refused():
    message = (
        "output_activation must be None or 'sigmoid'. Received: "
        "output_activation='tanh'"
    )
    with pytest.raises(ValueError, match=message):
        PatchDiscriminator(2, output_activation="tanh")


def test_unknown_normalization_is_refused():
    with pytest.raises(ValueError, match="normalization='layer'"):
        PatchDiscriminator(2, normalization="layer")


@pytest.mark.parametrize("normalization", ["instance_affine", "group"])
def test_normalizations_of_matlab_and_of_later_work(normalization):
    network = PatchDiscriminator(2, 4, 2, normalization)
    # a scale and an offset for 8 and for 16 channels
    norms = [x for x in network.layers if x.name.endswith("_norm")]
    assert [x.count_params() for x in norms] == [16, 32]


def test_every_convolution_is_spectral_or_none():
    def kinds(spectral):
        network = PatchDiscriminator(2, 4, 2, spectral_normalization=spectral)
        return [
            isinstance(layer, SpectralConv2D)
            for layer in network.layers
            if hasattr(layer, "kernel")
        ]

    assert kinds(True) == [True] * 4
    assert kinds(False) == [False] * 4


def test_spectral_scores_do_not_depend_on_the_size_of_kernels(rng):
    network = PatchDiscriminator(
        2, 4, 2, normalization="none", spectral_normalization=True
    )
    x = rng.random((1, 6, 6, 2), "float32")
    before = ops.convert_to_numpy(network(x)[-1])
    for layer in network.layers:
        if hasattr(layer, "kernel"):
            layer.kernel.assign(3 * layer.kernel)
    found = ops.convert_to_numpy(network(x)[-1])
    assert found == pytest.approx(before, abs=1e-5)


def test_spectral_norms_are_updated_together():
    network = PatchDiscriminator(2, 4, 2, spectral_normalization=True)
    weights = [v.numpy() for v in network.trainable_variables]
    layers = [x for x in network.layers if isinstance(x, SpectralConv2D)]
    for layer in layers:
        layer.left.assign(np.eye(1, layer.filters)[0])
    network.update_spectral_norms()
    for layer in layers[:-1]:  # the scores' vector has one number: 1
        assert layer.left.numpy()[0] != 1
    after = [v.numpy() for v in network.trainable_variables]
    assert all((a == b).all() for a, b in zip(weights, after, strict=True))


def test_without_spectral_norms_there_is_nothing_to_update():
    network = PatchDiscriminator(2, 4, 2)
    before = network.get_weights()
    network.update_spectral_norms()
    after = network.get_weights()
    assert all((a == b).all() for a, b in zip(before, after, strict=True))
