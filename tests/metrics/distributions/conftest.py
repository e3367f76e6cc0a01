import importlib.util
import os
import pathlib
import sys
import types

import pytest

_ROOT = pathlib.Path(__file__).resolve().parents[3]
_TORCHVISION = ("", ".datasets", ".transforms", ".transforms.functional")


@pytest.fixture
def mobilenet():
    """The path of the real MobileNet, outside the repository."""
    folder = pathlib.Path(
        os.environ.get("PIX2PIXHD_SHARED", _ROOT.parent / "shared")
    )
    name = "mobilenet_v1_1.0_224_quant_embedding_extractor.tflite"
    path = folder / "weights" / name
    if not path.is_file():
        pytest.skip(f"no real network: {path} does not exist")
    return path


@pytest.fixture
def fidelity(monkeypatch):
    """Imports a module of torch-fidelity, or skips.

    The package imports torchvision, which its functions of features do not
    use: where it is missing, empty classes stand in for it.
    """
    pytest.importorskip("torch")
    if importlib.util.find_spec("torchvision") is None:
        for name in _TORCHVISION:
            module = types.ModuleType(f"torchvision{name}")
            module.__getattr__ = _empty_class
            monkeypatch.setitem(sys.modules, module.__name__, module)
            parent, _, child = module.__name__.rpartition(".")
            if parent:
                setattr(sys.modules[parent], child, module)
    return lambda name: pytest.importorskip(f"torch_fidelity.{name}")


def _empty_class(name):
    if name.startswith("__"):
        raise AttributeError(name)
    return type(name, (), {})
