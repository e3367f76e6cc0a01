"""What is evaluated: runs, files of models, models, folders of images."""

import collections.abc
import dataclasses
import os
import pathlib

import keras

from keras_pix2pixhd.config import RunConfig, read_settings
from keras_pix2pixhd.data.file_datastore import EXTENSIONS
from keras_pix2pixhd.generation.load_gan import MODEL_FILE
from keras_pix2pixhd.models import Pix2PixHDGAN

CONFIG_FILE = "config.json"
_SHOWN = 5


@dataclasses.dataclass(frozen=True)
class Source:
    """One thing that paints, or has painted.

    Attributes:
        name: str, unique in the evaluation, and fit for a folder.
        kind: `"run"`, `"file"`, `"images"` or `"model"`.
        path: `pathlib.Path`, or `None` for a model in memory.
        gan: `Pix2PixHDGAN` in memory, or `None`.
        config: `RunConfig` of the run, or `None` where it is not known.
    """

    name: str
    kind: str
    path: pathlib.Path | None = None
    gan: Pix2PixHDGAN | None = None
    config: RunConfig | None = None


def find_sources(models):
    """Returns the `Source` of each model, in their order.

    Args:
        models: one, or a list of: `Pix2PixHDGAN`; the path of a `.keras`
            file, of a run folder or of a folder of images.

    Raises:
        ValueError: if there is none, or one is none of these.
    """
    several = isinstance(models, collections.abc.Iterable)
    if isinstance(models, (str, bytes, os.PathLike, keras.Model)):
        several = False
    things = list(models) if several else [models]
    if not things:
        raise ValueError(
            "There must be something to evaluate: a run folder, a .keras "
            "file, a model or a folder of images. Received: none"
        )
    found = []
    for thing in things:
        source = _source(thing)
        taken = {other.name for other in found}
        name = _unique(source.name, taken)
        found.append(dataclasses.replace(source, name=name))
    return found


def _source(thing):
    if isinstance(thing, Pix2PixHDGAN):
        return Source(_printable(thing.name), "model", gan=thing)
    if not isinstance(thing, (str, os.PathLike)):
        raise ValueError(
            "What is evaluated must be a Pix2PixHDGAN, or the path of a run "
            "folder, of a .keras file or of a folder of images. Received: "
            f"{type(thing).__name__}"
        )
    path = pathlib.Path(thing)
    name = _printable(path.resolve().name)
    if path.is_file():
        of_run = path.name == MODEL_FILE
        named = path.resolve().parent.name if of_run else path.stem
        return Source(_printable(named), "file", path)
    if (path / MODEL_FILE).is_file():
        return Source(name, "run", path, config=_config(path))
    if path.is_dir() and _holds_images(path):
        return Source(name, "images", path)
    raise ValueError(
        f"What is evaluated must be a run folder with {MODEL_FILE}, a .keras "
        f'file, or a folder of images. Received: "{path}", {_what(path)}'
    )


def _what(path):
    if not path.exists():
        return "which is missing"
    if (path / CONFIG_FILE).exists():
        return f"a run without {MODEL_FILE}: it has not ended an epoch yet"
    runs = _runs_in(path)
    if runs:
        return (
            f"which holds runs and has no {MODEL_FILE} itself; did you mean "
            f"{' '.join(map(str, runs[:_SHOWN]))}?"
        )
    return "which holds neither"


def _config(folder):
    """The configuration of a run; None for a model that came another way."""
    path = folder / CONFIG_FILE
    if not path.is_file():
        return None
    settings = read_settings(path)
    try:
        return RunConfig().replace(settings)
    except ValueError as error:
        raise ValueError(f'In "{path}": {error}') from error


def _holds_images(folder):
    """Whether it is images that somebody painted, and no runs' own."""
    if (folder / CONFIG_FILE).exists() or _runs_in(folder):
        return False
    return any(
        path.suffix.lower() in EXTENSIONS
        for path in folder.rglob("*")
        if not path.name.startswith(".")
    )


def _runs_in(folder):
    """The run folders in a folder, a list."""
    if not folder.is_dir():
        return []
    return sorted(file.parent for file in folder.glob(f"*/{MODEL_FILE}"))


def _printable(name):
    """A name for a folder, a table and a page."""
    kept = "".join(
        c if c.isprintable() and c not in "/\\:" else "_" for c in name
    )
    return kept.strip(". ") or "model"


def _unique(name, taken):
    number, unique = 1, name
    while unique in taken:
        number += 1
        unique = f"{name}-{number}"
    return unique
