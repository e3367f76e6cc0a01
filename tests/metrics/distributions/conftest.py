import os
import pathlib

import pytest

_ROOT = pathlib.Path(__file__).resolve().parents[3]


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
