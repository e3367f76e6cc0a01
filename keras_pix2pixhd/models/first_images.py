"""A look at the first images of whatever `fit` is given."""

import numpy as np
from keras import ops

from keras_pix2pixhd.layers import as_floats
from keras_pix2pixhd.models.batch_checks import check_image

WANTED = 16


def first_images(data):
    """Takes some real images from the input of `fit`.

    Args:
        data: a `tf.data.Dataset`, a `keras.utils.PyDataset`, a dict of
            arrays, or anything else that can be iterated more than once and
            gives batches that are dicts.

    Returns:
        NumPy array `(up to 16, height, width, 3)`, float32 in [-1, 1], of
        pixels as well.

    Raises:
        ValueError: if `data` can be read only once, or holds no image.
    """
    if isinstance(data, dict):
        check_image(data)
        return _floats(data["image"][:WANTED])
    if not hasattr(data, "__iter__") and hasattr(data, "__getitem__"):
        batches = (data[i] for i in range(len(data)))
    else:
        batches = iter(data)
        if batches is data:
            raise ValueError(
                "The perceptual network is not calibrated, and a generator "
                "can be read only once. Call perceptual_network.calibrate("
                "images) with some real photographs before fit()."
            )
    found = []
    for batch in batches:
        check_image(batch)
        image = _floats(batch["image"])
        if found and image.shape[1:] != found[0].shape[1:]:
            break
        found.append(image)
        if sum(map(len, found)) >= WANTED:
            break
    if not found:
        raise ValueError(
            "The data to train on must hold at least one batch. Received "
            "data that end before the first one."
        )
    return np.concatenate(found)[:WANTED]


def _floats(image):
    return ops.convert_to_numpy(as_floats(image))
