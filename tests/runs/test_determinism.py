import keras
import pytest

from keras_pix2pixhd.config import RunConfig
from keras_pix2pixhd.runs.determinism import set_determinism


def test_torch_is_asked_for_it(monkeypatch):
    torch = pytest.importorskip("torch")
    monkeypatch.setattr(keras.backend, "backend", lambda: "torch")
    before = torch.are_deterministic_algorithms_enabled()
    try:
        set_determinism(RunConfig())
        assert torch.are_deterministic_algorithms_enabled() == before
        set_determinism(RunConfig().replace({"deterministic": True}))
        assert torch.are_deterministic_algorithms_enabled()
        assert torch.is_deterministic_algorithms_warn_only_enabled()
    finally:
        torch.use_deterministic_algorithms(before)
