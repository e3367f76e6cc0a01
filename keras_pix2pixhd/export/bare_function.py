"""The graph of a model for formats that cannot refuse what they are given."""

import tensorflow as tf

from keras_pix2pixhd.models import to_uint8


def bare_function(serving):
    """Returns a `tf.function` from maps to images.

    Args:
        serving: `ServingGenerator`.

    Returns:
        A function of `label`, and as far as the model takes them `instance`
        and `style`, whose outputs are `image`, uint8, and `image_float`,
        float32 in [-1, 1].
    """
    specs = bare_specs(serving)
    names = [spec.name for spec in specs]

    def paint(*inputs):
        image = serving(dict(zip(names, inputs, strict=True)))
        return {"image": to_uint8(image), "image_float": image}

    return tf.function(paint, input_signature=specs, autograph=False)


def bare_specs(serving):
    """Returns a `tf.TensorSpec` for each input of a model."""
    maps = (None, None, None)
    shape = maps
    if serving.num_classes is None:
        shape = (*maps, serving.label_channels)
    specs = [tf.TensorSpec(shape, serving.label_dtype, name="label")]
    if serving.use_instance_edges:
        specs.append(tf.TensorSpec(maps, "int32", name="instance"))
    if serving.feature_channels:
        style = (None, serving.num_styles, serving.feature_channels)
        specs.append(tf.TensorSpec(style, "float32", name="style"))
    return specs
