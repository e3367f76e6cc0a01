import dataclasses
import json
import os
import pathlib

import keras
import numpy as np

from keras_pix2pixhd.data.class_lookup import map_colors, map_ids
from keras_pix2pixhd.data.class_table_checks import (
    checked_colors,
    checked_ids,
    checked_names,
)


@keras.saving.register_keras_serializable(package="keras_pix2pixhd")
@dataclasses.dataclass(frozen=True)
class ClassTable:
    """The classes of a data set: their names, file ids and colours.

    *Ids* are the numbers that label files hold. *Indices* `0..n-1`, in the
    order of this table, are what a model sees. Pixels to ignore have the
    index `void_index`. A table is immutable and can be hashed.

    Args:
        names: Sequence of different strings, one per class.
        ids: Sequence with one entry per class: an int, or several ints of
            which each stands for that class. No id is negative or used twice.
        colors: Sequence of different `(red, green, blue)` colours, one per
            class, each channel an int in [0, 255].
        void_ids: Ids of pixels that belong to no class. Defaults to `()`.

    Raises:
        ValueError: If the lengths differ, there are no classes, or a name, id
            or colour is malformed or used twice.

    Example:

    >>> import numpy as np
    >>> table = ClassTable(
    ...     names=["background", "car"],
    ...     ids=[0, (1, 255)],
    ...     colors=[(0, 0, 0), (255, 255, 255)],
    ... )
    >>> table.ids_to_indices(np.array([[0, 255, 1]]))
    array([[0, 1, 1]], dtype=uint8)
    """

    names: tuple
    ids: tuple
    colors: tuple
    void_ids: tuple = ()

    def __post_init__(self):
        names = checked_names(self.names)
        ids, void_ids = checked_ids(names, self.ids, self.void_ids)
        colors = checked_colors(names, self.colors)
        object.__setattr__(self, "names", names)
        object.__setattr__(self, "ids", ids)
        object.__setattr__(self, "colors", colors)
        object.__setattr__(self, "void_ids", void_ids)

    def __len__(self):
        return len(self.names)

    @property
    def void_index(self):
        """The index of void pixels: 255, or 65535 beyond 255 classes."""
        return 255 if len(self) <= 255 else 65535

    @property
    def dtype(self):
        """The dtype of indices: `"uint8"`, or `"int32"` beyond 255 classes."""
        return "uint8" if len(self) <= 255 else "int32"

    def index(self, name):
        """Returns the index (int) of the class called `name`.

        Raises:
            ValueError: If no class has that name.
        """
        if name not in self.names:
            raise ValueError(
                f"`name` must be one of the classes {list(self.names)}. "
                f"Received: name={name!r}"
            )
        return self.names.index(name)

    def ids_to_indices(self, ids, source=""):
        """Maps the ids of a label map to class indices.

        Args:
            ids: NumPy array of shape `(H, W)`, any integer dtype.
            source: Where the ids come from, for the error. Defaults to `""`.

        Returns:
            NumPy array of shape `(H, W)`, uint8 (int32 beyond 255 classes):
            indices, and `void_index` where the id is one of `void_ids`.

        Raises:
            ValueError: If an id is in no class and not in `void_ids`.
        """
        index_of_id = {i: n for n, many in enumerate(self.ids) for i in many}
        index_of_id |= dict.fromkeys(self.void_ids, self.void_index)
        return map_ids(ids, index_of_id, source).astype(self.dtype)

    def colors_to_indices(self, rgb, source=""):
        """Maps the colours of a label map to class indices.

        Black is void where the table has `void_ids` and no black class, which
        is what `to_colors` writes.

        Args:
            rgb: NumPy array of shape `(H, W, 3)`, uint8 in [0, 255].
            source: Where the colours come from, for the error. Defaults to
                `""`.

        Returns:
            NumPy array of shape `(H, W)`, uint8 (int32 beyond 255 classes).

        Raises:
            ValueError: If a colour is in the table of no class.
        """
        index_of_color = {color: n for n, color in enumerate(self.colors)}
        if self.void_ids:
            index_of_color.setdefault((0, 0, 0), self.void_index)
        return map_colors(rgb, index_of_color, source).astype(self.dtype)

    def to_colors(self, indices):
        """Draws class indices in the colours of the table.

        Args:
            indices: Integer array of any shape, indices of classes; any index
                `>= len(self)` is void.

        Returns:
            NumPy array of shape `indices.shape + (3,)`, uint8 in [0, 255];
            void is black.

        Raises:
            ValueError: If `indices` are not integers, or some are negative.
        """
        indices = np.asarray(indices)
        if indices.dtype.kind not in "iu" or (indices < 0).any():
            raise ValueError(
                "`indices` must be integers >= 0. Received: dtype="
                f"{indices.dtype}, minimum={indices.min(initial=0)}"
            )
        colors = np.array(self.colors + ((0, 0, 0),), "uint8")
        return colors[np.minimum(indices.astype("int64"), len(self))]

    def get_config(self):
        """Returns the constructor's arguments as JSON-ready lists."""
        return {
            "names": list(self.names),
            "ids": [list(ids) for ids in self.ids],
            "colors": [list(color) for color in self.colors],
            "void_ids": list(self.void_ids),
        }

    @classmethod
    def from_config(cls, config):
        """Makes a table from what `get_config` returned."""
        return cls(**config)

    def save(self, path):
        """Writes the table to `path` as JSON, whole or not at all."""
        path = pathlib.Path(path)
        part = path.with_name(f".{path.name}.{os.getpid()}.part")
        text = json.dumps(self.get_config(), indent=1)
        try:
            part.write_text(text + "\n", encoding="utf-8")
            part.replace(path)
        except OSError as error:
            raise ValueError(
                "The class table must go to a file that can be written. "
                f'Received: "{path}": {error.strerror}'
            ) from error
        finally:
            part.unlink(missing_ok=True)

    @classmethod
    def load(cls, path):
        """Reads a table that `save` wrote, or one written by hand.

        Raises:
            ValueError: If the file is not JSON with "names", "ids", "colors"
                and, if need be, "void_ids".
        """
        try:
            config = json.loads(pathlib.Path(path).read_text(encoding="utf-8"))
            missing = {"names", "ids", "colors"} - set(config)
            if missing:
                raise ValueError(f"without {', '.join(sorted(missing))}")
            return cls.from_config(config)
        except (OSError, RecursionError, TypeError, ValueError) as error:
            raise ValueError(
                f'"{path}" must be a JSON file with "names", "ids", "colors" '
                f'and optionally "void_ids". Received: {error}'
            ) from error
