"""Whether the backend computes on processors alone."""

import keras
import pytest

from keras_pix2pixhd.layers.on_processors import on_processors


@pytest.fixture
def afresh():
    on_processors.cache_clear()
    yield
    on_processors.cache_clear()


def pretend_gpu(monkeypatch):
    backend = keras.backend.backend()
    if backend == "tensorflow":
        import tensorflow as tf

        gpu = tf.config.LogicalDevice("GPU:0", "GPU")
        monkeypatch.setattr(
            tf.config, "list_logical_devices", lambda *kind: [gpu]
        )
    elif backend == "jax":
        import jax

        monkeypatch.setattr(jax, "default_backend", lambda: "gpu")
    else:
        import torch

        monkeypatch.setattr(torch.cuda, "is_available", lambda: True)


def test_a_gpu_is_seen(monkeypatch, afresh):
    pretend_gpu(monkeypatch)
    assert not on_processors()
