import json
import pathlib
import shutil
import tempfile

from PIL import Image

from keras_pix2pixhd.data.class_table import ClassTable
from keras_pix2pixhd.data.toys.toy_cars import (
    TOY_CARS,
    checked_toy_size,
    toy_car,
    toy_car_name,
)

_FOLDERS = ("images", "labels", "instances")
_RECIPE = "toy_cars.json"
# To be raised with every change of the drawings.
_EDITION = 1


def write_toy_cars(folder, count, image_size=(64, 96), seed=0):
    """Writes toy scenes as a data set folder that `read_pairs` reads.

    The folder gets `images/`, `labels/` (palette PNG), `instances/` (16-bit
    PNG) and `classes.json`, whole or not at all. A folder that already holds
    exactly this set is left as it is.

    Args:
        folder: Where to write; must not exist yet, be empty, or hold the very
            set.
        count: Number of scenes, >= 1, four to a car.
        image_size: `(height, width)` in pixels, each in [16, 1024]. Defaults
            to `(64, 96)`.
        seed: Int that chooses another set of scenes. Defaults to `0`.

    Returns:
        `pathlib.Path` of the folder.

    Raises:
        ValueError: If an argument is out of range, or the folder holds
            anything else.

    Example:

    >>> import tempfile
    >>> from keras_pix2pixhd.data import read_pairs
    >>> read_pairs(write_toy_cars(tempfile.mkdtemp(), count=2)).names
    ('toy000_01', 'toy000_02')
    """
    folder = pathlib.Path(folder)
    if count < 1:
        raise ValueError(f"`count` must be at least 1. Received: count={count}")
    height, width = checked_toy_size(image_size)
    recipe = {
        "edition": _EDITION,
        "count": count,
        "image_size": [height, width],
        "seed": seed,
    }
    if _holds(folder, recipe):
        return folder
    if folder.exists() and not (folder.is_dir() and _is_empty(folder)):
        raise ValueError(
            "`folder` must be new, empty, or hold the same toy cars. "
            f"Received: {folder}, which holds something else. Remove it, or "
            "choose another folder."
        )
    folder.parent.mkdir(parents=True, exist_ok=True)
    part = pathlib.Path(
        tempfile.mkdtemp(prefix=f".{folder.name}.", dir=folder.parent)
    )
    try:
        _write(part, recipe)
        part.chmod(0o755)
        if folder.exists():
            folder.rmdir()
        part.rename(folder)
    finally:
        shutil.rmtree(part, ignore_errors=True)
    return folder


def _is_empty(folder):
    return not any(folder.iterdir())


def _holds(folder, recipe):
    """Whether the folder has the recipe and all the files that it makes."""
    try:
        text = (folder / _RECIPE).read_text(encoding="utf-8")
        if json.loads(text) != recipe:
            return False
        if ClassTable.load(folder / "classes.json") != TOY_CARS:
            return False
    except (OSError, ValueError):
        return False
    names = {f"{toy_car_name(i)}.png" for i in range(recipe["count"])}
    return all(
        {path.name for path in (folder / kind).glob("*")} == names
        for kind in _FOLDERS
    )


def _write(folder, recipe):
    for kind in _FOLDERS:
        (folder / kind).mkdir()
    palette = [channel for color in TOY_CARS.colors for channel in color]
    for index in range(recipe["count"]):
        scene = toy_car(index, recipe["image_size"], recipe["seed"])
        name = f"{toy_car_name(index)}.png"
        label = Image.fromarray(scene["label"])
        label.putpalette(palette)
        Image.fromarray(scene["image"]).save(folder / "images" / name)
        label.save(folder / "labels" / name)
        instance = Image.fromarray(scene["instance"].astype("uint16"))
        instance.save(folder / "instances" / name)
    TOY_CARS.save(folder / "classes.json")
    (folder / _RECIPE).write_text(json.dumps(recipe) + "\n", encoding="utf-8")
