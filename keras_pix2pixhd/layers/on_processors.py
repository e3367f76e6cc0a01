"""Whether the backend computes on processors alone."""

import functools

import keras


@functools.cache
def on_processors():
    """Whether the backend at hand has neither GPU nor TPU."""
    backend = keras.backend.backend()
    if backend == "tensorflow":
        import tensorflow as tf

        kinds = {d.device_type for d in tf.config.list_logical_devices()}
        return kinds == {"CPU"}
    if backend == "jax":
        import jax

        return jax.default_backend() == "cpu"
    import torch

    return not (torch.cuda.is_available() or torch.backends.mps.is_available())
