"""The names of classes, of a table or a number of them."""


def class_names(class_table):
    """Returns the names of the classes.

    Args:
        class_table: `ClassTable`, or the number of classes, which are then
            called `"0"`, `"1"`, ...

    Returns:
        Tuple of str.

    Raises:
        ValueError: if there are no classes.
    """
    if not isinstance(class_table, int):
        return tuple(class_table.names)
    if class_table < 1 or isinstance(class_table, bool):
        raise ValueError(
            "class_table must be a ClassTable, or a number of classes of at "
            f"least 1. Received: class_table={class_table}"
        )
    return tuple(str(index) for index in range(class_table))
