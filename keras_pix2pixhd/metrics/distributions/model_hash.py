"""What tells one Keras model from another."""

import hashlib
import json

import keras
import numpy as np
from keras import ops

# what does not change what a trained model computes from images of one size
_IGNORED = {
    "batch_shape",
    "build_config",
    "build_input_shape",
    "compile_config",
    "module",
    "seed",
    "trainable",
}
_TRAINING = ("_initializer", "_regularizer", "_constraint")
_PLACES = ("keras_history", "input_layers", "output_layers")


def sha256_of_model(model):
    """SHA-256 of a model's configuration and weights.

    The configuration is that of all layers, how they are connected, and what
    they are computed in. The hash is the same for a model and for a file of
    it. It does not see names, which depend on what was made before, nor the
    size of the images, nor what matters in training only: seeds,
    initializers, regularizers, constraints, `trainable`. Of a class without a
    `get_config` it sees the name, the layers in it and the weights.

    Args:
        model: `keras.Model` or layer.

    Returns:
        Str, 64 hexadecimal digits.
    """
    words = json.dumps(_configuration(model), sort_keys=True, default=str)
    digest = hashlib.sha256(words.encode())
    for weight in model.weights:
        array = np.ascontiguousarray(ops.convert_to_numpy(weight))
        digest.update(f"{array.dtype} {array.shape} ".encode())
        digest.update(array.tobytes())
    return digest.hexdigest()


def _configuration(layer):
    """Class and arguments of a layer, with those of the layers in it."""
    try:
        config = keras.saving.serialize_keras_object(layer.get_config())
    except Exception:  # of any type: a class without a get_config that works
        config = {}
    found = {"class_name": type(layer).__name__, "config": config}
    found = _plain(found, {})
    if "layers" not in config:
        inner = getattr(layer, "layers", [])
        found["layers"] = [_configuration(each) for each in inner]
    return found


def _plain(value, positions):
    """A part of a configuration, with positions in place of names."""
    if isinstance(value, (list, tuple)):
        return [_plain(each, positions) for each in value]
    if not isinstance(value, dict):
        return value
    if isinstance(value.get("layers"), list):
        named = [each["config"].get("name") for each in value["layers"]]
        positions = {name: place for place, name in enumerate(named)}
    if value.get("class_name") == "__keras_tensor__":
        value = {"keras_history": value["config"]["keras_history"]}
    found = {}
    for key, inner in value.items():
        if _is_ignored(key):
            continue
        if key == "config" and isinstance(inner, dict):
            inner = _without_name(inner, value.get("class_name"))
        if key in _PLACES:
            found[key] = _numbered(inner, positions)
        else:
            found[str(key)] = _plain(inner, positions)
    # the one beside a layer's config
    return _without_name(found) if "inbound_nodes" in value else found


def _is_ignored(key):
    return key in _IGNORED or str(key).endswith(_TRAINING)


def _without_name(config, class_name=None):
    if str(class_name).endswith("DTypePolicy"):
        return config  # its name says what it is
    return {key: inner for key, inner in config.items() if key != "name"}


def _numbered(value, positions):
    """Replaces the names of layers by their positions."""
    if isinstance(value, dict):
        return {k: _numbered(v, positions) for k, v in value.items()}
    if isinstance(value, (list, tuple)):
        return [_numbered(each, positions) for each in value]
    return positions.get(value, value)
