"""Keras' InceptionV3 up to its average pool."""

import hashlib
import pathlib

import keras

from keras_pix2pixhd.models.float32_policy import float32_policy

SIZE = (299, 299)
_SMALLEST = 75
# MD5 of Keras' two files of ImageNet weights, with and without classifier
_KNOWN = (
    "9a0d58056eeedaa3f26cb7ebd46da564",
    "bcbd6486424b2319ff4ef7d526e38f63",
)


def inception(image_size=None, weights=None):
    """Makes the network.

    Args:
        image_size: `(height, width)`, at least 75 each, or `None` for
            299 x 299.
        weights: path of an `.h5` file, with or without the classifier;
            `"imagenet"` for Keras' download; `None` (default) for random
            ones.

    Returns:
        `keras.Model` from float32 images in [-1, 1] to 2048 features.

    Raises:
        ValueError: if the size is too small, or the weights cannot be had.
    """
    size = image_size or SIZE
    if min(size) < _SMALLEST:
        raise ValueError(
            f"The image_size of InceptionV3 must be at least {_SMALLEST} high "
            f"and wide. Received: image_size={size}"
        )
    if weights in (None, "imagenet"):
        return _made(size, weights=weights)
    try:
        model = _made(size)
        try:
            model.load_weights(weights)
            return model
        except ValueError:
            return _without_classifier(size, weights)
    except Exception as error:
        raise ValueError(
            f'"{weights}" must hold the weights of Keras\' InceptionV3. '
            "Received a file that could not be read: "
            f"{type(error).__name__}: {error}"
        ) from error


def is_imagenet(path):
    """Whether a file is one of the two that Keras downloads."""
    content = pathlib.Path(path).read_bytes()
    return hashlib.md5(content, usedforsecurity=False).hexdigest() in _KNOWN


def _made(size, weights=None, include_top=False):
    with float32_policy():
        return keras.applications.InceptionV3(
            weights=weights,
            include_top=include_top,
            input_shape=(*size, 3),
            pooling="avg",
        )


def _without_classifier(size, path):
    model = _made(size, include_top=True)
    model.load_weights(path)
    return keras.Model(model.input, model.get_layer("avg_pool").output)
