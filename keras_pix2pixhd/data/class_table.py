import dataclasses

import keras
import numpy as np

from keras_pix2pixhd.data.class_lookup import map_colors, map_ids
from keras_pix2pixhd.data.class_table_checks import (
    checked_colors,
    checked_ids,
    checked_names,
)
from keras_pix2pixhd.data.class_table_file import read_table, write_table
from keras_pix2pixhd.data.short_repr import short_repr


@keras.saving.register_keras_serializable(package="keras_pix2pixhd")
@dataclasses.dataclass(frozen=True)
class ClassTable:
    """The classes of a data set: their names, file ids and colours.

    *Ids* are the numbers that label files hold. *Indices* `0..n-1`, in the
    order of this table, are what a model sees. Pixels to ignore have the
    index `void_index`. A table is immutable and can be hashed.

    Args:
        names: Sequence of different strings, one per class, without line
            breaks and control characters.
        ids: Sequence with one entry per class: an int, or several ints of
            which each stands for that class. Ids lie in [0, 4294967295], and
            none is used twice.
        colors: Sequence with one entry per class: a `(red, green, blue)`
            colour, each channel an int in [0, 255], or several colours, of
            which each stands for that class. The first is the one that
            `to_colors` draws. No colour is used twice.
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

    Attributes:
        colors: Tuple of the colour that each class is drawn in.
        other_colors: Tuple with, per class, a tuple of the further colours
            that are read as that class.
    """

    names: tuple
    ids: tuple
    colors: tuple
    void_ids: tuple = ()
    other_colors: tuple = dataclasses.field(init=False, repr=False)

    def __post_init__(self):
        names = checked_names(self.names)
        ids, void_ids = checked_ids(names, self.ids, self.void_ids)
        colors, other_colors = checked_colors(names, self.colors)
        object.__setattr__(self, "names", names)
        object.__setattr__(self, "ids", ids)
        object.__setattr__(self, "colors", colors)
        object.__setattr__(self, "void_ids", void_ids)
        object.__setattr__(self, "other_colors", other_colors)

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
                "`name` must be one of the classes "
                f"{short_repr(list(self.names))}. "
                f"Received: name={short_repr(name)}"
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

    def index_of_color(self):
        """Returns a dict from every colour that can be read to its index.

        >>> table = ClassTable(["a"], [0], [[(9, 9, 9), (8, 8, 8)]], [255])
        >>> table.index_of_color()
        {(9, 9, 9): 0, (8, 8, 8): 0, (0, 0, 0): 255}
        """
        colors = {color: n for n, color in enumerate(self.colors)}
        for n, others in enumerate(self.other_colors):
            colors |= dict.fromkeys(others, n)
        if self.void_ids:
            colors.setdefault((0, 0, 0), self.void_index)
        return colors

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
        indices = map_colors(rgb, self.index_of_color(), source)
        return indices.astype(self.dtype)

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
            "colors": self._colors_of_config(),
            "void_ids": list(self.void_ids),
        }

    def _colors_of_config(self):
        return [
            [list(c) for c in (color, *others)] if others else list(color)
            for color, others in zip(
                self.colors, self.other_colors, strict=True
            )
        ]

    @classmethod
    def from_config(cls, config):
        """Makes a table from what `get_config` returned."""
        return cls(**config)

    def save(self, path):
        """Writes the table to a file, whole or not at all.

        Args:
            path: The file; one that ends in `.csv` is written as CSV, any
                other as JSON.

        Raises:
            ValueError: If the file cannot be written, or is to be CSV and a
                name has spaces around it, which CSV loses.
        """
        write_table(path, self.get_config())

    @classmethod
    def load(cls, path):
        """Reads a table that `save` wrote, or one written by hand.

        JSON and YAML files hold either an object with `names`, `ids`,
        `colors` and maybe `void_ids`, as the constructor takes them, or a
        list of rows. CSV files hold rows below a header. A row has

        - `name`: the class. Rows of the same name are one class of several
          ids or colours; the first colour is the one that is drawn.
        - `id` or `ids`: one id, or several: `"1 255"` or `"1;255"`; in JSON
          and YAML also a list. May be empty in a further row of a class.
        - `r`, `g`, `b`: the colour, each in [0, 255]. May be empty in a
          further row of a class.

        The ids of a row called `void` without a colour are the `void_ids`.
        Neither has a key twice, and YAML no aliases and decimal integers only.
        Other columns, empty lines and spaces around cells are ignored, and
        upper case in column names.

        Args:
            path: The file: `.yaml` or `.yml` (needs PyYAML), `.csv`, any
                other is read as JSON. UTF-8, with or without a byte order
                mark.

        Returns:
            `ClassTable`; the order of the rows is that of the indices.

        Raises:
            ValueError: If the file is not such a table. What is wrong is
                named with its line in CSV, with its row in JSON and YAML.
        """
        return read_table(path, cls)
