"""A SavedModel whose photographs are what it was sent."""

import tensorflow as tf


def write_echo(folder):
    """Writes it: `png` joins a map, an instance map and a seed.

    `raw` answers the map alone, in an output that does not end in `_bytes`.
    """
    text = tf.TensorSpec((None,), "string")
    seed = tf.TensorSpec((None,), "int32")

    @tf.function(input_signature=[text, text, seed])
    def echo(label_png, instance_png, seed):
        parts = [label_png, instance_png, tf.strings.as_string(seed)]
        return {"image_png_bytes": tf.strings.join(parts, "|")}

    @tf.function(input_signature=[text])
    def raw(label_png):
        return {"image_png": label_png}

    signatures = {"png": echo, "raw": raw}
    tf.saved_model.save(tf.Module(), str(folder), signatures)
    return folder
