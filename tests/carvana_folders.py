"""Tiny data sets in every layout that Carvana's photographs come in."""

import numpy as np
from PIL import Image

LAYOUTS = {
    "images and masks": ("images", "masks", "_mask.png"),
    "the PNG archive": ("train_images", "train_masks", ".png"),
    "the competition": ("train", "train_masks", "_mask.gif"),
}
NAMES = [
    f"{car}{n}_{view:02d}" for car in "ab" for n in "01" for view in (1, 2)
]
SIZE = (32, 48)


def write_carvana(folder, layout="images and masks", names=NAMES, size=SIZE):
    """Writes grey noise with a red box, the car, and the box as its mask."""
    images, masks, suffix = LAYOUTS[layout]
    for name in (images, masks):
        (folder / name).mkdir(parents=True)
    random = np.random.default_rng(0)
    height, width = size
    for number, name in enumerate(names):
        image = random.integers(90, 110, (*size, 3), dtype="uint8")
        mask = np.zeros(size, "uint8")
        left = number % (width // 2)
        mask[height // 4 : -height // 4, left : left + width // 2] = 1
        image[mask == 1] = (200, 30, 30)
        Image.fromarray(image).save(folder / images / f"{name}.jpg")
        write_mask(folder / masks / f"{name}{suffix}", mask)
    return folder


def write_mask(path, mask):
    """Writes 0 and 1 as Carvana does: 0 / 255 PNG, or 0 / 1 palette GIF."""
    if path.suffix == ".gif":
        image = Image.fromarray(mask)
        image.putpalette([0, 0, 0, 255, 255, 255])
        image.save(path, optimize=False)
    else:
        Image.fromarray(mask * 255).save(path)
