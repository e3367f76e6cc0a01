"""Bytes of files to pixels, numbers and class indices, in TensorFlow's graph.

Decoders are known by the names that `native_files.way_to_read` gives.
"""

import numpy as np
import tensorflow as tf

from keras_pix2pixhd.data.pipeline.id_lookup import id_lookup

_JPEG_START, _JPEG_END = b"\xff\xd8", b"\xff\xd9"
_PNG_END = b"IEND\xaeB\x60\x82"


def is_whole(contents):
    """Whether bytes end as a JPEG or a PNG does: a scalar bool tensor."""
    size = tf.strings.length(contents)
    start = tf.strings.substr(contents, 0, tf.minimum(size, 2))
    two, eight = tf.minimum(size, 2), tf.minimum(size, 8)
    return tf.where(
        start == _JPEG_START,
        tf.strings.substr(contents, size - two, two) == _JPEG_END,
        tf.strings.substr(contents, size - eight, eight) == _PNG_END,
    )


def image_decoders(background):
    """Returns functions from bytes to `(height, width, 3)` uint8, by way.

    Args:
        background: `(red, green, blue)` behind transparent pixels.
    """

    def alpha(contents):
        rgba = tf.cast(tf.io.decode_png(contents, channels=4), "int32")
        color, share = rgba[..., :3], rgba[..., 3:]
        mixed = color * share + tf.constant(background) * (255 - share)
        return tf.cast((mixed + 127) // 255, "uint8")

    return {"jpeg": _jpeg, "png": _png, "png_alpha": alpha, "grey16": _grey16}


def number_decoders():
    """Returns functions from bytes to `(height, width)` integers, by way."""
    return {"ids8": _ids8, "ids16": _ids16, "int32": _int32}


def label_decoders(table):
    """Returns, by way, two functions of a label file.

    Args:
        table: `ClassTable`.

    Returns:
        Dict from way to a function from bytes to what the file holds, and a
        function from that to class indices `(height, width)` of
        `table.dtype`, and whether the table knew all of it, a bool scalar.
    """
    of_id8, of_id16 = id_lookup(table, 8), id_lookup(table, 16)
    of_color = []  # 2 ** 24 entries, made if they are needed

    def index_of_color(rgb):
        if not of_color:
            with tf.init_scope():
                of_color.append(_color_lookup(table))
        red, green, blue = tf.unstack(tf.cast(rgb, "int32"), axis=-1)
        found = tf.gather(of_color[0], red * 65536 + green * 256 + blue)
        known = tf.reduce_all(found >= 0)
        # else they may be ids as grey levels
        grey = tf.reduce_all((red == green) & (green == blue))
        return tf.cond(
            ~known & grey,
            lambda: of_id8(rgb[..., 0]),
            lambda: (tf.cast(found, table.dtype), known),
        )

    def as_it_is(indices):
        return tf.cast(indices, table.dtype), tf.constant(True)

    return {
        "ids8": (_ids8, of_id8),
        "ids16": (_ids16, of_id16),
        "colors": (_png, index_of_color),
        "indices8": (_ids8, as_it_is),
        "indices16": (_ids16, as_it_is),
    }


def _color_lookup(table):
    small = table.dtype == "uint8"
    lookup = np.full(2**24, -1, "int16" if small else "int32")
    for (red, green, blue), index in table.index_of_color().items():
        lookup[red << 16 | green << 8 | blue] = index
    return tf.constant(lookup)


def _jpeg(contents):
    # what Pillow's decoder does; TensorFlow's default differs by 7 levels
    return tf.io.decode_jpeg(
        contents, channels=3, dct_method="INTEGER_ACCURATE"
    )


def _png(contents):
    return tf.io.decode_png(contents, channels=3)


def _grey16(contents):
    grey = tf.io.decode_png(contents, channels=1, dtype="uint16")
    grey = (tf.cast(grey, "int32") + 128) // 257
    return tf.repeat(tf.cast(grey, "uint8"), 3, axis=-1)


def _ids8(contents):
    return tf.io.decode_png(contents, channels=1)[..., 0]


def _ids16(contents):
    return tf.io.decode_png(contents, channels=1, dtype="uint16")[..., 0]


def _int32(contents):
    """Numbers that `converted_files` keeps as four channels."""
    return tf.bitcast(tf.io.decode_png(contents, channels=4), "int32")
