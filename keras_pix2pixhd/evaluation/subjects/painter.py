"""A model that paints the label maps of an evaluation."""

import pathlib

import numpy as np

from keras_pix2pixhd.data import connected_components
from keras_pix2pixhd.evaluation.subjects.clusters_file import described_clusters
from keras_pix2pixhd.evaluation.subjects.instance_choice import finds_components
from keras_pix2pixhd.evaluation.subjects.loaded_model import (
    check_classes,
    load_model,
)
from keras_pix2pixhd.generation.styles import chosen_features, seed_of

ENCODE = "encode"


class Painter:
    """Paints with a model.

    Args:
        source: `Source` of a model.
        evaluated: `EvaluatedPairs`.
        features: for models with instance features: `"encode"` (default),
            those of the real photograph; else as of `generate_folder`.
        styles: int, how many styles of a label map are to be drawn; 0: none.
        seed: int >= 0, of the draws.
        instances: for models that see instances: `"files"`, `"components"`
            or `None` (default: as the run was trained).

    Attributes:
        gan: `Pix2PixHDGAN`.
        model: dict, `RunEvaluation.model`.
        warnings: list of str.

    Raises:
        ValueError: if the model cannot be loaded, or does not fit the data
            or the arguments.
    """

    def __init__(
        self,
        source,
        evaluated,
        features=ENCODE,
        styles=0,
        seed=0,
        instances=None,
    ):
        self.gan, hashes = load_model(source)
        self._seed = seed
        check_classes(self.gan, evaluated.class_table, source.name)
        self._components = finds_components(
            self.gan, source, evaluated, instances
        )
        self._files = evaluated.files()
        self._drawn, self._styles = None, None
        self._features_file = None
        self.warnings = []
        featured = bool(self.gan.feature_channels)
        if featured:
            self._choose(source, features, styles)
            if self._drawn is None:
                self.warnings.append(
                    "The model was told the instance features of the very "
                    "photographs that it is compared with. Drawn ones "
                    "(--features sample) are those that new label maps get."
                )
        elif features != ENCODE or styles:
            self.warnings.append(
                "The model has no instance features: it paints a label map "
                "in one way only."
            )
        encodes = self._drawn is None
        self.model = {
            "path": source.path and str(source.path),
            **hashes,
            "kind": source.kind,
            "features": ("encode" if encodes else "sample")
            if featured
            else None,
            "features_file": self._features_file,
        }

    @property
    def has_styles(self):
        """Whether `paint_styles` can be called."""
        return self._styles is not None

    def paint(self, names, batch):
        """Paints a batch.

        Args:
            names: the names of the pairs.
            batch: dict of `label`, `image` and, if any, `instance`.

        Returns:
            `(batch, height, width, 3)` uint8 array.
        """
        given = self._seen(batch)
        if self._drawn is not None:
            given["features"] = np.concatenate(
                [
                    self._draw(self._drawn, given, place, name, self._seed)
                    for place, name in enumerate(names)
                ]
            )
        elif self.gan.feature_channels:
            given["image"] = batch["image"]
        return self.gan.generate(**given)

    def paint_styles(self, name, batch, count):
        """Paints a batch of one pair in several styles.

        Returns:
            `(count, height, width, 3)` uint8 array.
        """
        given = self._seen(batch)
        painted = []
        for style in range(count):
            seed = self._seed + style
            features = self._draw(self._styles, given, 0, name, seed)
            painted.append(self.gan.generate(**given, features=features)[0])
        return np.stack(painted)

    def _choose(self, source, features, styles):
        """Decides what to paint with, and loads it."""
        model = source.gan or source.path
        encodes = isinstance(features, str) and features == ENCODE
        if not encodes:
            self._drawn = chosen_features(self.gan, model, features, None, None)
        if styles:
            self._styles = self._drawn or chosen_features(
                self.gan, model, "sample", None, None
            )
        if styles or not encodes:
            self._features_file = described_clusters(
                source.path, "sample" if encodes else features
            )

    def _seen(self, batch):
        """What the model sees of a batch, but for features."""
        seen = {"label": batch["label"]}
        if self._components:
            seen["instance"] = connected_components(batch["label"])
        elif self.gan.needs_instances:
            seen["instance"] = batch["instance"]
        return seen

    def _draw(self, clusters, given, place, name, seed):
        label = given["label"][place : place + 1]
        instance = given.get("instance")
        if instance is not None:
            instance = instance[place : place + 1]
        # as `generate_folder` draws for the file of the label map
        file = self._files.get(name, {}).get("label", f"{name}.png")
        seed = seed_of(seed, pathlib.PurePath(file))
        return clusters.sample(label, instance, seed, [repr(name)])
