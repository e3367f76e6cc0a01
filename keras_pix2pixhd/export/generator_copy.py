"""Copies of generators that compute in another way."""

import keras


def computing_copy(generator, plain):
    """Returns the generator, or a copy of it whose layers use float32.

    Args:
        generator: `keras.Model`, which stays as it is.
        plain: bool. Whether convolutions are left to whoever runs the graph,
            rather than computed in the way that pays off on processors.
    """
    layers = generator._flatten_layers()
    whole = all(layer.compute_dtype == "float32" for layer in layers)
    if whole and not plain:
        return generator
    config = keras.saving.serialize_keras_object(generator)
    copy = keras.saving.deserialize_keras_object(_float32_config(config))
    copy.set_weights(generator.get_weights())
    for layer in copy._flatten_layers():
        if hasattr(layer, "plain"):
            layer.plain = plain
    return copy


def _float32_config(config):
    """Replaces the dtype policies in a configuration."""
    if isinstance(config, dict):
        if "DTypePolicy" in str(config.get("class_name")):
            return keras.dtype_policies.serialize(
                keras.dtype_policies.DTypePolicy("float32")
            )
        return {key: _float32_config(value) for key, value in config.items()}
    if isinstance(config, list):
        return [_float32_config(value) for value in config]
    halves = ("float16", "bfloat16", "mixed_float16", "mixed_bfloat16")
    return "float32" if config in halves else config
