import keras
import numpy as np
import pytest
from keras import ops

from keras_pix2pixhd.layers import (
    NORMALIZATIONS,
    InstanceNormalization,
    normalization_layer,
)


def test_names():
    assert NORMALIZATIONS == ("instance", "batch", "none")


def test_instance():
    layer = normalization_layer("instance", "x")
    assert isinstance(layer, InstanceNormalization)
    assert (layer.name, layer.epsilon, layer.affine) == ("x", 1e-5, False)


def test_batch_has_torchs_numbers():
    layer = normalization_layer("batch", "x")
    assert isinstance(layer, keras.layers.BatchNormalization)
    # torch's momentum 0.1 is what is new; Keras counts what is kept
    assert (layer.name, layer.epsilon, layer.momentum) == ("x", 1e-5, 0.9)


def test_none_changes_nothing(rng):
    x = rng.random((1, 2, 3, 4), "float32")
    layer = normalization_layer("none", "x")
    assert layer.name == "x"
    assert np.array_equal(ops.convert_to_numpy(layer(x)), x)


@pytest.mark.parametrize("kind", NORMALIZATIONS)
def test_dtype_policy_is_handed_on(kind):
    layer = normalization_layer(kind, "x", dtype="mixed_bfloat16")
    assert layer.dtype_policy.name == "mixed_bfloat16"


def test_unknown_name_is_refused():
    message = (
        "normalization must be one of instance, batch, none. "
        "Received: normalization='layer'"
    )
    with pytest.raises(ValueError, match=message):
        normalization_layer("layer", "x")
