"""Images that someone else generated, in a folder."""

import collections
import hashlib

import numpy as np

from keras_pix2pixhd.data import ImageDatastore
from keras_pix2pixhd.metrics.distributions.array_hash import add_arrays

_SHOWN = 5


class PaintedFolder:
    """Stands for a `Painter` whose images are painted already.

    An image belongs to a pair if it is called as the pair, as its label map
    or as its photograph, but for the extension; folders within the folder
    count as part of the name.

    Args:
        source: `Source` of a folder of images.
        evaluated: `EvaluatedPairs`.

    Attributes:
        gan: `None`.
        warnings: list of str, empty.

    Raises:
        ValueError: if an image is missing, or has another size than the
            photographs.
    """

    gan = None
    has_styles = False

    def __init__(self, source, evaluated):
        self.warnings = []
        self._source = source
        self._store = ImageDatastore(source.path, recursive=True)
        self._places = self._matched(evaluated)
        self._digest = hashlib.sha256()
        if evaluated.resize_mode == "resize":
            for name, place in self._places.items():
                size = self._store.size(place)
                self._check_size(name, size, evaluated.image_size)

    @property
    def model(self):
        """`RunEvaluation.model`; the hash is of the pixels read so far."""
        return {
            "path": str(self._source.path),
            "sha256": self._digest.hexdigest(),
            "kind": "images",
            "features": None,
        }

    def paint(self, names, batch):
        """Reads a batch; see `Painter.paint`."""
        images = []
        for name, real in zip(names, batch["image"], strict=True):
            image = self._store.read(self._places[name])
            self._check_size(name, image.shape[:2], real.shape[:2])
            images.append(image)
        add_arrays(self._digest, images)
        return np.stack(images)

    def _matched(self, evaluated):
        """Returns the place of each pair's image."""
        files = evaluated.files()
        found = self._by_name()
        chosen, lonely = {}, []
        for name in evaluated.names:
            stems = [file.stem for file in files.get(name, {}).values()]
            wanted = [name, name.rpartition("/")[2], *stems]
            places = [found[stem] for stem in wanted if stem in found]
            if places:
                chosen[name] = places[0]
            else:
                lonely.append(name)
        if lonely:
            raise ValueError(
                "Each pair that is evaluated must have its generated image, "
                f'of the same name but for the extension. Received: "'
                f'{self._source.path}" without {", ".join(lonely[:_SHOWN])} '
                f"({len(lonely)} of {len(evaluated)} missing)"
            )
        counts = collections.Counter(chosen.values())
        for name, place in chosen.items():
            if counts[place] > 1:
                raise ValueError(
                    "Each pair must have a generated image of its own. "
                    f"Received: {self._store.names[place]} for "
                    f"{counts[place]} pairs, such as {name}. Name the images "
                    "as the pairs, with their folders."
                )
        return chosen

    def _by_name(self):
        found = {}
        for place, name in enumerate(self._store.names):
            stem = name[: name.rindex(".")]
            if stem in found:
                raise ValueError(
                    "Generated images must differ in more than their "
                    "extension. Received: "
                    f"{self._store.names[found[stem]]} and {name} in "
                    f'"{self._source.path}"'
                )
            found[stem] = place
        return found

    def _check_size(self, name, size, wanted):
        if tuple(size) != tuple(wanted):
            raise ValueError(
                "Generated images must have the size of the evaluation, "
                f"{wanted[0]} {wanted[1]} (height, width). Received: "
                f'{size[0]} {size[1]} of {name} in "{self._source.path}". '
                f"Say --image-size {size[0]} {size[1]} to compare at theirs."
            )
