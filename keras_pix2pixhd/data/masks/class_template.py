"""The class table that `find_colors` writes, to be edited."""

from keras_pix2pixhd.data.class_table import ClassTable


def class_template(colors):
    """Returns a class for each colour, named after it, with ids from 0 on.

    >>> class_template([(128, 64, 0)]).names
    ('color_804000',)
    """
    return ClassTable(
        names=["color_{:02x}{:02x}{:02x}".format(*c) for c in colors],
        ids=range(len(colors)),
        colors=colors,
    )


def is_template(class_table):
    """Whether nobody has changed a table of `class_template`."""
    return class_table == class_template(class_table.colors)
