"""Small data folders whose every pixel is known."""

import numpy as np
from PIL import Image

from keras_pix2pixhd.data import ClassTable

# Ids 1 and 2, of which 5 is another; 9 is void.
TABLE = ClassTable(
    names=["road", "car", "sky"],
    ids=[1, (2, 5), 7],
    colors=[(100, 0, 0), (0, 100, 0), (0, 0, 100)],
    void_ids=[9],
)


def write_pair(folder, name, ids, photo=None, instance=None):
    """Writes the label map `ids` and a photograph of its size."""
    ids = np.array(ids, "uint8")
    if photo is None:
        photo = np.full((*ids.shape, 3), sum(map(ord, name)) % 256, "uint8")
    files = {"images": np.array(photo, "uint8"), "labels": ids}
    if instance is not None:
        files["instances"] = np.array(instance, "uint16")
    for kind, array in files.items():
        (folder / kind).mkdir(parents=True, exist_ok=True)
        Image.fromarray(array).save(folder / kind / f"{name}.png")


def write_colors(path, rows):
    """Writes a mask of colours, rows of `(red, green, blue)`."""
    path.parent.mkdir(parents=True, exist_ok=True)
    Image.fromarray(np.array(rows, "uint8")).save(path)
