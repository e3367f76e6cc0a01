"""What one process is to paint."""

import dataclasses
import os
import pathlib
import typing

import numpy as np

from keras_pix2pixhd.features import FeatureClusters
from keras_pix2pixhd.generation.inputs import read_batch
from keras_pix2pixhd.generation.styles import seed_of


class Row(typing.NamedTuple):
    """One photograph to be painted.

    Attributes:
        batch: dict of arrays of one map each, arguments of `generate`.
        size: `(height, width)` of the label map.
        path: `pathlib.Path` to write.
        wanted: bool, whether it is not there already.
    """

    batch: dict
    size: tuple
    path: pathlib.Path
    wanted: bool


@dataclasses.dataclass(frozen=True)
class Job:
    """Label maps, what belongs to them, and how they are painted.

    Args:
        gan: `Pix2PixHDGAN`.
        inputs: dict from `"label"`, and maybe `"instance"` and `"image"`, to
            `Files`.
        targets: `Targets`.
        features: `FeatureClusters` to draw from, `"encode"` or None.
        seed: int, of the draws of the first style.
        image_size: `(height, width)` or None.
        part: str or None, see `read_batch`.
        since: int or None: photographs newer than that, in nanoseconds, and
            newer than their inputs, are done. Without it, none is.
    """

    gan: object
    inputs: dict
    targets: object
    features: object = None
    seed: int = 0
    image_size: tuple | None = None
    part: str | None = None
    since: int | None = None

    def files(self, place):
        """Returns the files of a label map, a dict from kind to path."""
        return {kind: files.path(place) for kind, files in self.inputs.items()}

    def missing(self, place):
        """Returns the photographs of a label map that are not done."""
        paths = self.targets[place]
        if self.since is None:
            return paths
        try:
            newest = max(map(_time, self.files(place).values()))
        except OSError:  # reading says what is wrong
            return paths
        newest = max(newest, self.since)
        return [path for path in paths if not _newer(path, newest)]

    def check_styles(self, place):
        """Checks that each class of a label map has styles to draw."""
        if isinstance(self.features, FeatureClusters):
            files = self.files(place)
            batch, _ = read_batch(self.gan, files, self.image_size, self.part)
            given = (batch["label"], batch.get("instance"))
            self.features.check_knows(*given, [f'"{files["label"]}"'])

    def read(self, place):
        """Returns a `Row` for each photograph of a label map."""
        files = self.files(place)
        batch, size = read_batch(self.gan, files, self.image_size, self.part)
        missing = set(self.missing(place))
        return [
            Row(
                {**batch, **self._drawn(batch, style, files["label"])},
                size,
                path,
                path in missing,
            )
            for style, path in enumerate(self.targets[place])
        ]

    def _drawn(self, batch, style, path):
        """Returns the features of a label map, a dict, if they are drawn."""
        if not isinstance(self.features, FeatureClusters):
            return {}
        label, instance = batch["label"], batch.get("instance")
        seed = seed_of(self.seed + style, path)
        names = [f'"{path}"']
        drawn = self.features.sample(label, instance, seed, names)
        return {"features": np.asarray(drawn)}


def _time(path):
    return os.stat(path).st_mtime_ns


def _newer(path, time):
    try:
        return _time(path) > time
    except OSError:
        return False
