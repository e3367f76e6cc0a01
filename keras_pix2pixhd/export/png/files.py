"""PNG files in a TensorFlow graph."""

import tensorflow as tf

from keras_pix2pixhd.export.checked_inputs import refuse_unless

# Places of bytes in a PNG file.
_SIGNATURE = (137, 80, 78, 71, 13, 10, 26, 10)
_WIDTH_HEIGHT = slice(16, 24)
_DEPTH = 24
_COLOR_TYPE = 25
_HEADER_BYTES = 33

GREYSCALE = 0


def read_headers(files, name):
    """Reads the headers of PNG files.

    Args:
        files: `(count,)` string tensor.
        name: what the error calls them.

    Returns:
        `(count, 33)` int32 tensor, the first bytes. An element that is not a
        PNG file is an error at run time.
    """
    # filled up, so that short files get to the check
    starts = tf.strings.substr(files + "\0" * _HEADER_BYTES, 0, _HEADER_BYTES)
    headers = tf.io.decode_raw(starts, tf.uint8)
    headers = tf.cast(tf.reshape(headers, (-1, _HEADER_BYTES)), tf.int32)
    is_png = tf.reduce_all(headers[:, :8] == _SIGNATURE, axis=1)
    check = refuse_unless(
        tf.reduce_all(is_png),
        f"Every {name} must be the bytes of a PNG file. Received: something "
        f"else as {name}" + "{}.",
        tf.where(~is_png)[:, 0],
    )
    with tf.control_dependencies([check]):
        return tf.identity(headers)


def sizes_of(headers):
    """Returns what headers say, `(count, 2)` int64: width, height."""
    digits = tf.cast(tf.reshape(headers[:, _WIDTH_HEIGHT], (-1, 2, 4)), "int64")
    return tf.reduce_sum(digits * [1 << 24, 1 << 16, 1 << 8, 1], axis=-1)


def check_same_size(sizes):
    """Returns an operation that fails unless all sizes are the same."""
    return refuse_unless(
        tf.reduce_all(sizes == sizes[:1]),
        "All PNG files of one call must have the same size. Received: "
        "(width, height) {}. Send files of another size in another call.",
        sizes,
    )


def decode_each(decode, files, headers, shape):
    """Decodes files one by one.

    Args:
        decode: function of a file, its bit depth, its colour type and its
            place, scalars, to int32 of `shape`.
        files: `(count,)` string tensor.
        headers: what `read_headers` returned for them.
        shape: tuple, `None` where it is not known.

    Returns:
        `(count, *shape)` int32 tensor.
    """
    places = tf.range(tf.size(files))
    return tf.map_fn(
        lambda item: decode(*item),
        (files, headers[:, _DEPTH], headers[:, _COLOR_TYPE], places),
        fn_output_signature=tf.TensorSpec(shape, tf.int32),
    )


def decode_grey(file, depth):
    """Returns the values `(height, width)` that a greyscale file stores."""
    values = tf.io.decode_png(file, channels=1, dtype=tf.uint16)[..., 0]
    values = tf.cast(values, tf.int32)
    # fewer than 16 bits are spread over all 16; one bit is 0 and 1
    values = tf.where(depth == 16, values, values // 257)
    return tf.where(depth == 1, values // 255, values)
