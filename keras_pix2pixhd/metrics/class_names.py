"""The names of classes, of a table or a number of them."""

import numpy as np


def class_names(class_table):
    """Returns the names of the classes.

    Args:
        class_table: `ClassTable`, or the number of classes, which are then
            called `"0"`, `"1"`, ...

    Returns:
        Tuple of str.

    Raises:
        ValueError: if it is neither, or there are no classes.
    """
    if hasattr(class_table, "names"):
        return tuple(class_table.names)
    number = isinstance(class_table, (int, np.integer))
    if not number or isinstance(class_table, bool) or class_table < 1:
        raise ValueError(
            "class_table must be a ClassTable, or a number of classes of at "
            f"least 1. Received: class_table={class_table!r}"
        )
    return tuple(str(index) for index in range(class_table))
