"""From PNG files to PNG files, in the graph."""

import tensorflow as tf

from keras_pix2pixhd.export.png_conditions import decode_condition
from keras_pix2pixhd.export.png_files import (
    GREYSCALE,
    check_same_size,
    decode_each,
    decode_grey,
    read_headers,
    refuse_unless,
)
from keras_pix2pixhd.export.png_labels import PngLabels

_MAP = (None, None)
_RGB = (None, None, 3)


class PngEndpoint:
    """Paints PNG files from PNG files of label maps, or of images.

    Args:
        serving: `ServingGenerator` with a `ClassTable`, or without classes.

    Call arguments:
        label_png: `(batch,)` string tensor: files of label maps, or images.
        instance_png: the same of instance maps, where edges are used.

    Returns:
        Dict with `image_png`, `(batch,)` string tensor.
    """

    def __init__(self, serving):
        self.serving = serving
        table = serving.class_table
        if table is None:
            self.decoders = {"label_png": (decode_condition, _RGB)}
        else:
            self.decoders = {"label_png": (PngLabels(table), _MAP)}
        if serving.use_instance_edges:
            self.decoders["instance_png"] = (decode_instance, _MAP)
        self.input_signature = [
            tf.TensorSpec((None,), tf.string, name=name)
            for name in self.decoders
        ]

    def __call__(self, *inputs):
        headers = [
            read_headers(files, name)
            for name, files in zip(self.decoders, inputs, strict=True)
        ]
        with tf.control_dependencies([check_same_size(tf.concat(headers, 0))]):
            maps = [
                decode_each(decode, tf.identity(files), header, shape)
                for (decode, shape), files, header in zip(
                    self.decoders.values(), inputs, headers, strict=True
                )
            ]
        images = self.serving(*maps)
        files = tf.map_fn(
            tf.io.encode_png, images, fn_output_signature=tf.string
        )
        return {"image_png": files}


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
