"""Images to paint from, in PNG files, in a TensorFlow graph."""

import tensorflow as tf

from keras_pix2pixhd.export.png.files import GREYSCALE


def decode_condition(file, depth, color_type, place):
    """Decodes one image, `(height, width, 3)` int32 in [0, 255].

    The counterpart of `data.read_image`: any colour type becomes RGB, and
    what is transparent is laid over white. Of 16 bits the upper 8 are kept.

    Args:
        file: scalar string tensor.
        depth, color_type, place: those of `PngLabels`.
    """
    rgba = tf.cast(tf.io.decode_png(file, channels=4), tf.int32)
    # TensorFlow's alpha of these is 1, 3 or 15 where it should be 255
    few_bits = (color_type == GREYSCALE) & (depth < 8)
    color, alpha = rgba[..., :3], tf.where(few_bits, 255, rgba[..., 3:])
    return (color * alpha + 255 * (255 - alpha) + 127) // 255
