"""The run or the file that an exported model comes from."""

import json
import math
import pathlib

from keras_pix2pixhd.features import FeatureClusters
from keras_pix2pixhd.features.cluster_file import FEATURES_FILE
from keras_pix2pixhd.file_hash import sha256_of_file
from keras_pix2pixhd.generation import load_gan
from keras_pix2pixhd.generation.load_gan import MODEL_FILE


class ModelSource:
    """A run folder or a `.keras` file.

    Args:
        path: the run folder, or the file.

    Attributes:
        gan: `Pix2PixHDGAN`, loaded.

    Raises:
        ValueError: if there is no model, or it cannot be loaded.
    """

    def __init__(self, path):
        self.path = pathlib.Path(path)
        self.gan = load_gan(path)

    @property
    def name(self):
        """What to call the model: the run's name without its number."""
        own = self.path if self.path.is_dir() else self.path.with_suffix("")
        number, _, name = own.resolve().name.partition("-")
        return name if number.isdecimal() and name else own.resolve().name

    def clusters(self):
        """The `FeatureClusters` beside the model, or `None`."""
        folder = self.path if self.path.is_dir() else self.path.parent
        file = folder / FEATURES_FILE
        if not self.gan.feature_channels or not file.is_file():
            return None
        return FeatureClusters.load(file)

    def facts(self):
        """Returns what is known of it, a dict without folders of this machine.

        Of a run: its settings and its metrics.
        """
        is_run = self.path.is_dir()
        file = self.path / MODEL_FILE if is_run else self.path
        digest = sha256_of_file(file)
        facts = {"source": {"name": self.path.resolve().name, "sha256": digest}}
        if is_run:
            read = {"run": "config.json", "metrics": "metrics.json"}
            for key, name in read.items():
                if (self.path / name).is_file():
                    facts[key] = _portable(self._read(name))
        return facts

    def image_size(self):
        """Returns the `(height, width)` that the run trained at, or `None`."""
        if not (self.path / "config.json").is_file():
            return None
        config = self._read("config.json")
        size = config.get("image_size") if isinstance(config, dict) else None
        if size is None:
            return None
        sides = size if isinstance(size, list) else []
        whole = [isinstance(n, int) and n >= 1 for n in sides]
        if whole != [True, True]:
            raise ValueError(
                f'image_size in "{self.path / "config.json"}" must be a height '
                f"and a width. Received: {size!r}"
            )
        return tuple(size)

    def _read(self, name):
        try:
            return json.loads((self.path / name).read_text("utf-8"))
        except ValueError as error:  # no JSON, or no text
            raise ValueError(
                f'"{self.path / name}" must be a JSON file, as a run writes '
                f"it. Received: {error}. Mend it, or export its model.keras."
            ) from error


def _portable(value):
    """Without folders of this machine and numbers that JSON has not."""
    if isinstance(value, dict):
        return {key: _portable(item) for key, item in value.items()}
    if isinstance(value, list):
        return [_portable(item) for item in value]
    if isinstance(value, str) and pathlib.Path(value).is_absolute():
        return pathlib.Path(value).name
    if isinstance(value, float) and not math.isfinite(value):
        return None
    return value
