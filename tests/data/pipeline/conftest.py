import numpy as np
import pytest
from PIL import Image

from keras_pix2pixhd.data import (
    ClassTable,
    ImageDatastore,
    InstanceDatastore,
    PixelLabelDatastore,
    combine,
)

pytest.importorskip("tensorflow")

TABLE = ClassTable(
    ["road", "car", "sky"],
    [0, (1, 7, 300), 2],
    [(128, 64, 128), (64, 0, 128), (70, 130, 180)],
    void_ids=[3, 255],
)


@pytest.fixture
def make_pairs(tmp_path, rng):
    """Writes pairs of random pixels; returns them and their arrays."""

    def make(count=4, size=(6, 8), instances=False, sizes=None):
        for folder in ("images", "labels", "instances"):
            (tmp_path / folder).mkdir(exist_ok=True)
        arrays = []
        for number in range(count):
            height, width = sizes[number] if sizes else size
            image = rng.integers(0, 256, (height, width, 3), "uint8")
            label = rng.choice([0, 1, 2, 255], (height, width)).astype("uint8")
            instance = rng.integers(0, 40000, (height, width), "uint16")
            ids = np.choose(np.minimum(label, 3), [0, 7, 2, 255])
            name = f"{number:02d}.png"
            Image.fromarray(image).save(tmp_path / "images" / name)
            Image.fromarray(ids.astype("uint8")).save(
                tmp_path / "labels" / name
            )
            Image.fromarray(instance).save(tmp_path / "instances" / name)
            kinds = {"image": image, "label": label, "instance": instance}
            arrays.append(kinds)
        pairs = combine(
            images=ImageDatastore(tmp_path / "images"),
            labels=PixelLabelDatastore(tmp_path / "labels", TABLE),
            instances=InstanceDatastore(tmp_path / "instances")
            if instances
            else None,
        )
        return pairs, arrays

    return make
