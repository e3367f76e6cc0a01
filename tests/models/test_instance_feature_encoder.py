import keras
import numpy as np
import pytest
from keras import ops

from keras_pix2pixhd.layers import NORMALIZATIONS, PADDINGS
from keras_pix2pixhd.models.blocks import UPSAMPLINGS
from keras_pix2pixhd.models.instance_feature_encoder import (
    InstanceFeatureEncoder,
)
from tests.layer_checks import check_layer, dtype_of
from tests.weight_gradients import idle_weights

SMALL = {
    "input_channels": 3,
    "feature_channels": 2,
    "filters": 3,
    "num_downsamplings": 1,
}
OPTIONS = [
    *({"normalization": kind} for kind in NORMALIZATIONS),
    *({"padding": kind} for kind in PADDINGS[1:]),
    *({"upsampling": kind} for kind in UPSAMPLINGS[1:]),
]


def small(**changes):
    return InstanceFeatureEncoder(**{**SMALL, **changes})


def pair(rng, batch, height, width):
    """Images and ids of them; not every instance is in every image."""
    image = rng.random((batch, height, width, 3), "float32")
    ids = rng.choice([-9, 7, 26001], (batch, height, width)).astype("int32")
    return [image, ids]


def encoded(network, inputs):
    return ops.convert_to_numpy(network(inputs))


@pytest.mark.parametrize("options", OPTIONS, ids=str)
def test_basics(tmp_path, rng, options):
    check_layer(
        InstanceFeatureEncoder,
        {**SMALL, **options, "name": "encoder"},
        pair(rng, 2, 7, 10),
        (2, 7, 10, 2),
        tmp_path,
        dtypes=lambda dtype: "float32",
    )


@pytest.mark.parametrize("options", OPTIONS, ids=str)
def test_every_weight_gets_a_gradient(options, rng):
    assert idle_weights(small(**options), pair(rng, 1, 8, 6)) == []


def test_compiled_training_moves_every_weight(rng):
    network = small()
    before = [ops.convert_to_numpy(v) for v in network.trainable_variables]
    network.compile("sgd", "mse")
    network.fit(
        pair(rng, 2, 8, 6), np.ones((2, 8, 6, 2)), batch_size=2, verbose=0
    )
    for old, new in zip(before, network.trainable_variables, strict=True):
        assert np.abs(ops.convert_to_numpy(new) - old).max() > 0


def test_defaults_are_the_references():
    config = InstanceFeatureEncoder().get_config()
    expected = {
        "input_channels": 3,
        "feature_channels": 3,
        "filters": 16,
        "num_downsamplings": 4,
        "normalization": "instance",
        "padding": "reflect",
        "upsampling": "transposed",
    }
    assert expected.items() <= config.items()
    assert "dropout" not in config


def test_number_of_parameters_is_the_references_less_idle_biases():
    # 788,803 in the reference. Every convolution but the last is in front of
    # an instance normalization: the first, four down, four up.
    idle = 16 + (32 + 64 + 128 + 256) + (128 + 64 + 32 + 16)
    assert idle == 736
    expected = 788_803 - idle
    assert expected == 788_067
    assert InstanceFeatureEncoder().count_params() == expected


def test_number_of_parameters_of_a_small_network():
    # 7x7x3x3, down 3x3x3x6, up 3x3x6x3, 7x7x3x2 + 2
    assert small().count_params() == 441 + 162 + 162 + 296


@pytest.mark.parametrize("size", [(1, 1), (1, 9), (3, 5), (17, 33)])
def test_any_size_is_kept(size, rng):
    features = encoded(small(num_downsamplings=2), pair(rng, 1, *size))
    assert features.shape == (1, *size, 2)
    assert np.isfinite(features).all()


def test_compiled_function_takes_one_size_after_another(rng):
    network = small()
    for size in ((8, 8), (5, 9), (3, 2)):
        inputs = pair(rng, 1, *size)
        found = network.predict(inputs, verbose=0)
        assert found == pytest.approx(encoded(network, inputs), abs=1e-5)


def test_features_are_constant_on_each_instance(rng):
    image, ids = pair(rng, 2, 9, 11)
    features = encoded(small(), [image, ids])
    seen = set()
    for sample in range(2):
        for instance in np.unique(ids[sample]):
            values = features[sample][ids[sample] == instance]
            assert np.ptp(values, axis=0).max() == 0
            seen.add(tuple(values[0]))
    assert len(seen) == 6  # three in each image, all different


def test_features_are_the_mean_of_what_is_below_the_pooling(rng):
    network = small()
    image, ids = pair(rng, 1, 6, 8)
    below = keras.Model(network.input, network.get_layer("tanh").output)
    pixels = encoded(below, [image, ids])[0]
    features = encoded(network, [image, ids])[0]
    for instance in np.unique(ids):
        found = features[ids[0] == instance]
        expected = np.broadcast_to(
            pixels[ids[0] == instance].mean(axis=0), found.shape
        )
        assert found == pytest.approx(expected, abs=1e-6)


def test_what_is_padded_is_in_no_instance(rng):
    # 5x7 becomes 6x8 inside; the mean is over the 35 pixels
    network = small()
    image, _ = pair(rng, 1, 5, 7)
    ids = np.zeros((1, 5, 7), "int32")
    below = keras.Model(network.input, network.get_layer("tanh").output)
    pixels = encoded(below, [image, ids])
    assert pixels.shape == (1, 5, 7, 2)
    expected = pixels.mean(axis=(0, 1, 2))
    assert encoded(network, [image, ids])[0, 2, 3] == pytest.approx(
        expected, abs=1e-6
    )


def test_names_of_instances_do_not_matter(rng):
    network = small()
    image, ids = pair(rng, 1, 6, 8)
    other = np.select([ids == -9, ids == 7], [2**31 - 1, 0], -(2**31))
    found = encoded(network, [image, other.astype("int32")])
    expected = encoded(network, [image, ids])
    assert found == pytest.approx(expected, abs=1e-6)


def test_features_are_within_minus_one_and_one(rng):
    network = small()
    network.get_layer("output_conv").bias.assign([100.0, -100.0])
    features = encoded(network, pair(rng, 1, 8, 8))
    assert features[..., 0] == pytest.approx(np.ones((1, 8, 8)))
    assert features[..., 1] == pytest.approx(-np.ones((1, 8, 8)))


def test_pooling_is_float32_under_every_policy():
    network = small(dtype="mixed_float16")
    assert dtype_of(network.get_layer("input_relu").output) == "float16"
    assert dtype_of(network.get_layer("tanh").output) == "float32"
    assert network.get_layer("pool").compute_dtype == "float32"


def test_map_of_another_size_is_refused(rng):
    image, _ = pair(rng, 1, 6, 8)
    with pytest.raises(ValueError, match="instance map must be .* the image"):
        small()([image, np.zeros((1, 6, 7), "int32")])


@pytest.mark.parametrize(
    "name, minimum",
    [
        ("input_channels", 1),
        ("feature_channels", 1),
        ("filters", 1),
        ("num_downsamplings", 0),
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
