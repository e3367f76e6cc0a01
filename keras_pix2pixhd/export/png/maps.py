"""Maps in PNG files, in the graph."""

import tensorflow as tf

from keras_pix2pixhd.export.checked_inputs import check_pixels, refuse_unless
from keras_pix2pixhd.export.png.conditions import decode_condition
from keras_pix2pixhd.export.png.files import (
    GREYSCALE,
    check_same_size,
    decode_each,
    decode_grey,
    read_headers,
    sizes_of,
)
from keras_pix2pixhd.export.png.labels import PngLabels

_MAP = (None, None)
_RGB = (None, None, 3)


class PngMaps:
    """Decodes label maps, or images to paint from, and instance maps.

    Args:
        class_table: `ClassTable`, or `None` for a model without classes.
        with_instances: bool. Whether there are instance maps too.
        strict: bool. Whether ids and colours that the table does not have
            are an error; else they are void.
        max_pixels: int, the most pixels of a call, refused before decoding.

    Call arguments:
        files: dict with `label_png` and, with instances, `instance_png`,
            `(batch,)` string tensors.

    Returns:
        Dict with `label` and `instance`, int32.
    """

    def __init__(self, class_table, with_instances, strict, max_pixels):
        self.max_pixels = max_pixels
        if class_table is None:
            self.decoders = {"label_png": (decode_condition, _RGB)}
        else:
            labels = PngLabels(class_table, strict)
            self.decoders = {"label_png": (labels, _MAP)}
        if with_instances:
            self.decoders["instance_png"] = (decode_instance, _MAP)

    def __call__(self, files):
        headers = {
            name: read_headers(files[name], name) for name in self.decoders
        }
        sizes = sizes_of(tf.concat(list(headers.values()), 0))
        # no product of these, nor their sum, is too large for int64
        pixels = tf.minimum(sizes_of(headers["label_png"]), 1 << 24)
        checks = [
            check_pixels(
                tf.reduce_sum(tf.reduce_prod(pixels, axis=-1)), self.max_pixels
            ),
            check_same_size(sizes),
        ]
        with tf.control_dependencies(checks):
            return {
                name.removesuffix("_png"): decode_each(
                    decode, tf.identity(files[name]), headers[name], shape
                )
                for name, (decode, shape) in self.decoders.items()
            }


def decode_instance(file, depth, color_type, place):
    """Decodes one instance map, `(height, width)` int32."""
    check = refuse_unless(
        color_type == GREYSCALE,
        "Every instance_png must be a greyscale PNG of 8 or 16 bits. "
        "Received: PNG colour type {} as instance_png[{}].",
        color_type,
        place,
    )
    with tf.control_dependencies([check]):
        return decode_grey(file, depth)
