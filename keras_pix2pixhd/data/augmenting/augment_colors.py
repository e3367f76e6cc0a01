"""Colour jitter in the graph of a tf.data pipeline.

Imported only when such a pipeline is made, because it needs tensorflow.
"""

import tensorflow as tf

# ITU-R 601-2 luma, as torchvision and Pillow weigh the channels.
_GREY = [[0.299], [0.587], [0.114]]


def jitter_colors(image, seed, augmentation):
    """Changes the colours of an image at random.

    In float32, rounded once at the end, so that four changes cost no more
    levels than one.

    Args:
        image: uint8 tensor `(H, W, 3)` in [0, 255].
        seed: Integer tensor of shape `(2,)`; what is folded into it differs
            from what `augment_tensors` does.
        augmentation: An `Augmentation`.

    Returns:
        uint8 tensor `(H, W, 3)`; `image` itself if no colour is to change.
    """
    changes = (
        (augmentation.brightness, tf.multiply, 1.0),
        (augmentation.contrast, _contrast, 1.0),
        (augmentation.saturation, _saturate, 1.0),
        (augmentation.hue, tf.image.adjust_hue, 0.0),
    )
    if not any(spread for spread, _, _ in changes):
        return image
    colors = tf.cast(image, "float32")
    for number, (spread, change, middle) in enumerate(changes, start=100):
        if spread:
            # Only a hue may be less than zero.
            low = max(middle - spread, 0.0) if middle else -spread
            drawn = tf.random.stateless_uniform(
                [], tf.random.fold_in(seed, number), low, middle + spread
            )
            colors = tf.clip_by_value(change(colors, drawn), 0.0, 255.0)
    return tf.cast(tf.round(colors), "uint8")


def _contrast(colors, factor):
    mean = tf.reduce_mean(_grey(colors))
    return mean + (colors - mean) * factor


def _saturate(colors, factor):
    grey = _grey(colors)
    return grey + (colors - grey) * factor


def _grey(colors):
    return tf.linalg.matmul(colors, _GREY)
