import keras
import numpy as np
import pytest
from keras import ops

from keras_pix2pixhd.models.vgg19 import wire_vgg19


@pytest.mark.parametrize("policy", ["mixed_float16", "mixed_bfloat16"])
def test_no_global_policy_changes_what_it_computes(rng, policy):
    kernel = rng.normal(size=(3, 3, 3, 64)).astype("float32")
    arrays = {"block1_conv1": (kernel, np.zeros(64, "float32"))}
    images = rng.uniform(-1, 1, (1, 6, 7, 3)).astype("float32")
    expected = tap_of(wire_vgg19(arrays), images)
    before = keras.config.dtype_policy()
    keras.config.set_dtype_policy(policy)
    try:
        found = tap_of(wire_vgg19(arrays), images)
        assert keras.config.dtype_policy().name == policy
    finally:
        keras.config.set_dtype_policy(before)
    assert found.dtype == "float32"
    assert np.array_equal(found, expected)


def tap_of(model, images):
    tap = model(images)
    return ops.convert_to_numpy(tap[0] if isinstance(tap, list) else tap)
