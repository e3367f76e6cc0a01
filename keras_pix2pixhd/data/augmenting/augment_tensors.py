"""Augmentation in the graph of a tf.data pipeline.

Imported only when such a pipeline is made, because it needs tensorflow.
"""

import math

import tensorflow as tf

from keras_pix2pixhd.data.augmenting.augment_colors import jitter_colors


def augment_tensors(arrays, seed, augmentation):
    """Changes a pair at random, in ops of TensorFlow.

    The result depends on nothing but the arguments, so that it is the same in
    any order and any number of threads. What is off adds no op.

    Args:
        arrays: Dict of tensors without a batch dimension: `image` uint8
            `(H, W, 3)` in [0, 255], `label` uint8 or int32 `(H, W)`, or uint8
            `(H, W, 3)`, which is moved and blended as the image is, but keeps
            its colours; and, if any, `instance` int32 `(H, W)`.
        seed: Integer tensor of shape `(2,)`: the pair's own, of this epoch.
        augmentation: An `Augmentation`. Its `layer` is not called; see
            `augment_layer.layer_map`.

    Returns:
        Dict of the same keys, shapes and dtypes.
    """
    shapes = {kind: array.shape for kind, array in arrays.items()}
    if augmentation.zoom > 1:
        arrays = _zoom(arrays, _fold(seed, 0), augmentation.zoom)
    if augmentation.rotation > 0:
        arrays = _rotate(arrays, _fold(seed, 1), augmentation.rotation)
    if augmentation.flip:
        arrays = _flip(arrays, _fold(seed, 2))
    image = jitter_colors(arrays["image"], seed, augmentation)
    arrays = {**arrays, "image": image}
    for kind, array in arrays.items():
        array.set_shape(shapes[kind])
    return arrays


def _fold(seed, number):
    """Returns the seed of one step."""
    return tf.random.fold_in(seed, number)


def _blends(array):
    """Whether an array is made of colours, not of numbers of things."""
    return array.shape.rank == 3


def _zoom(arrays, seed, largest):
    """Cuts the same random box out of all, and enlarges it to their size."""
    size = tf.shape(arrays["image"])[:2]
    factor = tf.random.stateless_uniform([], _fold(seed, 0), 1.0, largest)
    box = tf.cast(tf.round(tf.cast(size, "float32") / factor), "int32")
    box = tf.maximum(box, 1)
    # Uniform over 0 .. size - box; numbers are scaled as a maximum that
    # differs between the two sides has no integer op.
    share = tf.random.stateless_uniform([2], _fold(seed, 1))
    room = tf.cast(size - box + 1, "float32")
    start = tf.minimum(tf.cast(share * room, "int32"), size - box)
    (top, left), (bottom, right) = (tf.unstack(start), tf.unstack(start + box))

    def change(array):
        window = array[top:bottom, left:right]
        if not _blends(array):
            return tf.image.resize(window[..., None], size, "nearest")[..., 0]
        return _to_uint8(tf.image.resize(window, size, "bicubic"))

    return {kind: change(array) for kind, array in arrays.items()}


def _rotate(arrays, seed, largest):
    """Turns all by the same random angle, mirrored beyond the border."""
    limit = math.radians(largest)
    angle = tf.random.stateless_uniform([], seed, -limit, limit)
    size = tf.shape(arrays["image"])[:2]
    matrix = _rotation_about_centre(angle, size)

    def change(array):
        blends = _blends(array)
        images = tf.cast(array, "float32") if blends else array[..., None]
        turned = tf.raw_ops.ImageProjectiveTransformV3(
            images=images[None],
            transforms=matrix[None],
            output_shape=size,
            interpolation="BILINEAR" if blends else "NEAREST",
            fill_mode="REFLECT",
            fill_value=0.0,
        )[0]
        return _to_uint8(turned) if blends else turned[..., 0]

    return {kind: change(array) for kind, array in arrays.items()}


def _rotation_about_centre(angle, size):
    """The eight numbers that lead from a new place (x, y) to the old one."""
    middle = (tf.cast(size, "float32") - 1) / 2
    y, x = tf.unstack(middle)
    cos, sin = tf.cos(angle), tf.sin(angle)
    across = [cos, -sin, x - cos * x + sin * y]
    down = [sin, cos, y - sin * x - cos * y]
    return tf.stack([*across, *down, 0.0, 0.0])


def _flip(arrays, seed):
    """Flips all from left to right, or none."""
    turned = tf.random.stateless_uniform([], seed) < 0.5
    return tf.cond(
        turned,
        lambda: {k: tf.reverse(a, [1]) for k, a in arrays.items()},
        lambda: {k: tf.identity(a) for k, a in arrays.items()},
    )


def _to_uint8(image):
    return tf.cast(tf.clip_by_value(tf.round(image), 0.0, 255.0), "uint8")
