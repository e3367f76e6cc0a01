"""The pairs that an evaluation reads, at one size."""

import dataclasses
import itertools

import numpy as np

from keras_pix2pixhd.metrics.batches import finite_batches


@dataclasses.dataclass(frozen=True)
class EvaluatedPairs:
    """Pairs of files or records, and the size that they are read at.

    They are read in the same order as often as is asked, and are never all
    in memory. Those of files are decoded by Pillow, so that every backend
    sees the same pixels.

    Attributes:
        parts: tuple of `Pairs` or `RecordPairs`, read one after the other.
        image_size: `(height, width)`.
        resize_mode: see `Pairs.to_dataset`.
        load_size: see `Pairs.to_dataset`.
        batch_size: int.
    """

    parts: tuple
    image_size: tuple
    resize_mode: str = "resize"
    load_size: tuple | None = None
    batch_size: int = 1

    def __len__(self):
        return sum(map(len, self.parts))

    @property
    def names(self):
        """The names of the pairs, a list, in the order of reading."""
        return [name for part in self.parts for name in part.names]

    @property
    def class_table(self):
        """The `ClassTable`, or `None` where labels are images."""
        return self.parts[0].class_table

    def select(self, names):
        """Returns those called `names`, in the order of reading."""
        wanted = set(names)
        chosen = [[n for n in p.names if n in wanted] for p in self.parts]
        parts = zip(self.parts, chosen, strict=True)
        kept = tuple(part.select(some) for part, some in parts if some)
        return dataclasses.replace(self, parts=kept)

    def batches(self):
        """Iterates over the pairs.

        Yields:
            The names of a batch, a tuple, and its arrays, a dict: `image`
            uint8 `(batch, height, width, 3)` in [0, 255]; `label` class
            indices `(batch, height, width)`, or uint8 images; and, if any,
            `instance`.
        """
        for part in self.parts:
            names = iter(part.names)
            for batch in finite_batches(self._dataset(part)):
                count = len(batch["image"])
                yield tuple(itertools.islice(names, count)), batch

    def images(self):
        """Iterates over the photographs: uint8 batches."""
        return (batch["image"] for _, batch in self.batches())

    def read(self, name):
        """Returns the arrays of one pair, a dict."""
        ((_, batch),) = self.select([name]).batches()
        return {kind: array[0] for kind, array in batch.items()}

    def files(self):
        """Returns the paths of the label map and the image of each pair.

        A dict from the name to a dict by kind; empty for records.
        """
        return {
            name: part.files(place)
            for part in self.parts
            if hasattr(part, "files")
            for place, name in enumerate(part.names)
        }

    def shown(self, label):
        """Returns a label map in colours, `(height, width, 3)` uint8."""
        table = self.class_table
        return np.asarray(label if table is None else table.to_colors(label))

    def _dataset(self, part):
        reads = hasattr(part, "files")  # records come in sequence only
        make = part.to_pydataset if reads else part.to_dataset
        return make(
            self.image_size,
            self.batch_size,
            resize_mode=self.resize_mode,
            load_size=self.load_size,
            image_dtype="uint8",
        )
