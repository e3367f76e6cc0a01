import keras
import numpy as np
import pytest
from keras import ops

from keras_pix2pixhd.layers import (
    NORMALIZATIONS,
    InstanceNormalization,
    needs_bias,
    normalization_layer,
)


def test_names():
    assert NORMALIZATIONS == (
        "instance",
        "instance_affine",
        "batch",
        "group",
        "none",
    )


def test_instance():
    layer = normalization_layer("instance", 4, "x")
    assert isinstance(layer, InstanceNormalization)
    assert (layer.name, layer.epsilon, layer.affine) == ("x", 1e-5, False)


def test_affine_instance_learns_a_scale_and_an_offset_per_channel():
    layer = normalization_layer("instance_affine", 4, "x")
    assert isinstance(layer, InstanceNormalization)
    assert (layer.name, layer.epsilon, layer.affine) == ("x", 1e-5, True)
    layer.build((None, None, None, 4))
    assert [tuple(w.shape) for w in layer.weights] == [(4,), (4,)]


@pytest.mark.parametrize(
    "channels, groups", [(1, 1), (4, 2), (24, 8), (32, 16), (96, 32), (33, 1)]
)
def test_a_group_has_two_channels_or_more(channels, groups):
    # powers of two up to 32 that divide the channels
    layer = normalization_layer("group", channels, "x")
    assert isinstance(layer, keras.layers.GroupNormalization)
    assert (layer.name, layer.epsilon, layer.groups) == ("x", 1e-5, groups)
    layer.build((None, None, None, channels))
    assert layer.groups == groups


def test_group_normalizes_the_channels_of_a_group_together():
    # 33 channels are one group: its mean is 1, its deviation 1
    x = np.zeros((1, 2, 1, 33), "float32")
    x[0, 1] = 2
    found = normalization_layer("group", 33, "x")(x)
    expected = x - 1
    assert ops.convert_to_numpy(found) == pytest.approx(expected, abs=1e-4)


def test_batch_has_torchs_numbers():
    layer = normalization_layer("batch", 4, "x")
    assert isinstance(layer, keras.layers.BatchNormalization)
    # torch's momentum 0.1 is what is new; Keras counts what is kept
    assert (layer.name, layer.epsilon, layer.momentum) == ("x", 1e-5, 0.9)


def test_none_changes_nothing(rng):
    x = rng.random((1, 2, 3, 4), "float32")
    layer = normalization_layer("none", 4, "x")
    assert layer.name == "x"
    assert np.array_equal(ops.convert_to_numpy(layer(x)), x)


@pytest.mark.parametrize("kind", NORMALIZATIONS)
def test_dtype_policy_is_handed_on(kind):
    layer = normalization_layer(kind, 4, "x", dtype="mixed_bfloat16")
    assert layer.dtype_policy.name == "mixed_bfloat16"


def test_group_and_affine_norms_compute_in_float32():
    # squares of 1000 overflow float16, whose largest number is 65504
    x = ops.cast(np.full((1, 2, 2, 4), 1000.0), "float16")
    for kind in ("instance_affine", "group"):
        layer = normalization_layer(kind, 4, "x", dtype="mixed_float16")
        found = ops.convert_to_numpy(layer(x))
        assert found.tolist() == np.zeros((1, 2, 2, 4)).tolist()


def test_none_as_a_value_is_refused():
    with pytest.raises(ValueError, match="normalization=None"):
        normalization_layer(None, 4, "x")


def test_unknown_name_is_refused():
    message = (
        "normalization must be one of instance, instance_affine, "
        "batch, group, none. "
        "Received: normalization='layer'"
    )
    with pytest.raises(ValueError, match=message):
        normalization_layer("layer", 4, "x")


def test_only_instance_normalization_makes_a_bias_idle():
    needing = [kind for kind in NORMALIZATIONS if needs_bias(kind)]
    assert needing == ["batch", "group", "none"]
