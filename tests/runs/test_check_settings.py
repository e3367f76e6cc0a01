import keras
import pytest

from keras_pix2pixhd.config import RunConfig
from keras_pix2pixhd.runs.check_settings import check_settings


def test_steps_are_taken_together_only_where_keras_can(monkeypatch):
    config = RunConfig().replace({"steps_per_execution": 2})
    for backend in ("tensorflow", "jax"):
        monkeypatch.setattr(keras.backend, "backend", lambda b=backend: b)
        check_settings(config)
    monkeypatch.setattr(keras.backend, "backend", lambda: "torch")
    words = "one step at a time on torch. Received: steps_per_execution=2"
    with pytest.raises(ValueError, match=words):
        check_settings(config)
    check_settings(config.replace({"steps_per_execution": 1}))
