"""From a file's bytes to its resized array, by the way it is decoded.

Each function returns a dict from a way (see `native_files`) to a function of
the bytes and of the file's size and the new one, a tensor `(2, 2)`. It returns
the array, and whether the file was as it should be, a bool scalar.
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
        def read(contents, sizes):
            image = decode(contents)
            resized = resize(image, sizes[1], blend=True)
            return resized, _has_size(image, sizes[0])

        return read

    decoders = image_decoders(background)
    return {way: reading(decode) for way, decode in decoders.items()}


def label_readings(resize, table):
    """Class indices `(height, width)`, and whether the table knew all.

    They are looked up before they are resized or after it, whichever is less.
    """

    def reading(decode, to_indices):
        def before(contents, sizes):
            held = decode(contents)
            indices, known = to_indices(held)
            resized = resize(indices, sizes[1], blend=False)
            return resized, known & _has_size(held, sizes[0])

        def after(contents, sizes):
            held = decode(contents)
            indices, known = to_indices(resize(held, sizes[1], blend=False))
            return indices, known & _has_size(held, sizes[0])

        return before if resize.enlarges else after

    decoders = label_decoders(table)
    return {way: reading(*both) for way, both in decoders.items()}


def instance_readings(resize):
    """Instance numbers, int32 `(height, width)`."""

    def reading(decode):
        def read(contents, sizes):
            numbers = decode(contents)
            resized = resize(numbers, sizes[1], blend=False)
            return tf.cast(resized, "int32"), _has_size(numbers, sizes[0])

        return read

    return {way: reading(decode) for way, decode in number_decoders().items()}


def _has_size(array, size):
    return tf.reduce_all(tf.shape(array)[:2] == size)
