import os
import pathlib

import numpy as np
import pytest
from PIL import Image

_ROOT = pathlib.Path(__file__).resolve().parents[2]


@pytest.fixture
def shared():
    """The folder of real data, outside the repository."""
    folder = pathlib.Path(
        os.environ.get("PIX2PIXHD_SHARED", _ROOT.parent / "shared")
    )
    if not (folder / "data").is_dir():
        pytest.skip(f"no real data: {folder}/data does not exist")
    return folder


@pytest.fixture
def carvana_like(tmp_path):
    """Writes images/ and masks/ of the given names; returns their parent."""

    def write(names, size=(4, 6), folders=("images", "masks"), suffix="_mask"):
        for folder in folders:
            (tmp_path / folder).mkdir(exist_ok=True)
        for number, name in enumerate(names):
            image = np.full((*size, 3), number, "uint8")
            mask = np.zeros(size, "uint8")
            mask[:, : size[1] // 2] = 255
            path = tmp_path / folders[0] / f"{name}.png"
            Image.fromarray(image).save(path)
            path = tmp_path / folders[1] / f"{name}{suffix}.png"
            Image.fromarray(mask).save(path)
        return tmp_path

    return write
