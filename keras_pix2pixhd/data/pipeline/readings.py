"""From a file's bytes to its resized array, by the way it is decoded.

Each function returns a dict from a way (see `native_files`) to a function of
the bytes and of the size, a tensor `(2,)`.
"""

import tensorflow as tf

from keras_pix2pixhd.data.pipeline.decoding import (
    image_decoders,
    label_decoders,
    number_decoders,
)


def image_readings(resize, background=(0, 0, 0)):
    """Photographs: uint8 `(height, width, 3)`.

    Args:
        resize: `Resizer`.
        background: `(red, green, blue)` behind transparent pixels.
    """

    def reading(decode):
        return lambda contents, size: resize(decode(contents), size, blend=True)

    decoders = image_decoders(background)
    return {way: reading(decode) for way, decode in decoders.items()}


def label_readings(resize, table):
    """Class indices `(height, width)`, and whether the table knew all.

    They are looked up before they are resized or after it, whichever is less.
    """

    def reading(decode, to_indices):
        def before(contents, size):
            indices, known = to_indices(decode(contents))
            return resize(indices, size, blend=False), known

        def after(contents, size):
            return to_indices(resize(decode(contents), size, blend=False))

        return before if resize.enlarges else after

    decoders = label_decoders(table)
    return {way: reading(*both) for way, both in decoders.items()}


def instance_readings(resize):
    """Instance numbers, int32 `(height, width)`."""

    def reading(decode):
        return lambda contents, size: tf.cast(
            resize(decode(contents), size, blend=False), "int32"
        )

    return {way: reading(decode) for way, decode in number_decoders().items()}
