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
        resize: What `resizer` returned.
        background: `(red, green, blue)` behind transparent pixels.
    """

    def reading(decode):
        return lambda contents, size: resize(decode(contents), size, blend=True)

    decoders = image_decoders(background)
    return {way: reading(decode) for way, decode in decoders.items()}


def label_readings(resize, table):
    """Class indices, int32 `(height, width)`, -1 where there is none.

    They are looked up after resizing: no more of them than are kept.
    """

    def reading(decode, to_indices):
        return lambda contents, size: to_indices(
            resize(decode(contents), size, blend=False)
        )

    decoders = label_decoders(table)
    return {way: reading(*both) for way, both in decoders.items()}


def instance_readings(resize):
    """Instance numbers, int32 `(height, width)`."""

    def reading(decode):
        return lambda contents, size: tf.cast(
            resize(decode(contents), size, blend=False), "int32"
        )

    return {way: reading(decode) for way, decode in number_decoders().items()}
