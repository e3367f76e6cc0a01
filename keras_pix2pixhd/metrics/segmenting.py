"""What a segmenter sees in images."""

import contextlib
import math

import keras
import numpy as np
from keras import ops

from keras_pix2pixhd.metrics.class_names import class_names
from keras_pix2pixhd.metrics.distributions.model_hash import sha256_of_model

# 8 images of 512x512
_PIXELS_AT_ONCE = 8 * 512 * 512


def segment(segmenter, images, class_table):
    """Returns the class that a segmenter sees at each pixel.

    Args:
        segmenter: our `Segmenter`, or anything with its
            `predict_labels(images)`; or a `keras.Model`, or any function,
            from `(batch, height, width, 3)` float32 images in [-1, 1] to
            scores `(batch, height, width, classes)`, of which the largest
            counts, or to integer class indices `(batch, height, width)`.
        images: `(batch, height, width, 3)` uint8 array in [0, 255].
        class_table: `ClassTable` of the data, or the number of classes.

    Returns:
        NumPy array `(batch, height, width)`, int32.

    Raises:
        ValueError: if the segmenter has other classes than the data, or
            answers in another size.

    Example:

    >>> bright = lambda x: (x.mean(-1) > 0).astype("int32")
    >>> images = np.array([0, 255], "uint8").reshape(1, 1, 2, 1)
    >>> segment(bright, images.repeat(3, axis=-1), 2).tolist()
    [[[0, 1]]]
    """
    names = class_names(class_table)
    _check_classes(segmenter, class_table)
    if not len(images):
        return np.zeros(images.shape[:3], "int32")
    if hasattr(segmenter, "predict_labels"):
        answer = segmenter.predict_labels(images)
    else:
        scaled = images.astype("float32") / np.float32(127.5) - np.float32(1)
        model = isinstance(segmenter, keras.Model)
        answer = _of_model(segmenter, scaled) if model else segmenter(scaled)
    answer = np.asarray(ops.convert_to_numpy(answer))
    _check_answer(answer, images, len(names))
    if answer.ndim == 4:
        answer = answer.argmax(-1)
    return answer.astype("int32")


def describe_segmenter(segmenter):
    """Returns what says which segmenter it was, fit for JSON.

    Returns:
        Dict with `name`; `classes`, those it says it has, or `None`; and
        `model_sha256`, see `sha256_of_model`, or `None` where it is no
        `keras.Model`: of a function nothing is known but its name.
    """
    table = getattr(segmenter, "class_table", None)
    model = isinstance(segmenter, keras.Model)
    return {
        "name": getattr(segmenter, "name", None)
        or getattr(segmenter, "__name__", type(segmenter).__name__),
        "classes": None if table is None else list(class_names(table)),
        "model_sha256": sha256_of_model(segmenter) if model else None,
    }


def _of_model(model, images):
    """Some images at a time, and nothing kept for gradients.

    Not compiled: that would be done again for each size of images.
    """
    at_once = max(1, _PIXELS_AT_ONCE // math.prod(images.shape[1:3]))
    parts = []
    with _without_gradients():
        for start in range(0, len(images), at_once):
            part = images[start : start + at_once]
            answer = model(part, training=False)
            parts.append(np.asarray(ops.convert_to_numpy(answer)))
    return np.concatenate(parts)


def _without_gradients():
    if keras.backend.backend() != "torch":
        return contextlib.nullcontext()
    import torch

    return torch.no_grad()


def _check_classes(segmenter, class_table):
    """Refuses a segmenter that says itself that it has other classes."""
    theirs = getattr(segmenter, "class_table", None)
    if theirs is None:
        return
    theirs, ours = class_names(theirs), class_names(class_table)
    if len(theirs) != len(ours):
        raise ValueError(
            f"The segmenter must have the {len(ours)} classes of the data. "
            f"Received: a segmenter of {len(theirs)} classes. {_WAY_OUT}"
        )
    if isinstance(class_table, int) or theirs == ours:
        return
    place = next(i for i, n in enumerate(ours) if n != theirs[i])
    raise ValueError(
        "The segmenter must have the classes of the data, in their order. "
        f"Received: a segmenter whose class {place} is {theirs[place]!r}, "
        f"where the data has {ours[place]!r}. {_WAY_OUT}"
    )


def _check_answer(answer, images, classes):
    size = images.shape[:3]
    if answer.ndim not in (3, 4) or answer.shape[:3] != size:
        raise ValueError(
            f"The segmenter must answer with (batch, height, width, {classes}) "
            "scores or (batch, height, width) class indices, in the size of "
            f"the images, {size}. Received: shape {answer.shape}"
        )
    if answer.ndim == 4 and answer.shape[-1] != classes:
        raise ValueError(
            f"The segmenter must give a score to each of the {classes} "
            f"classes of the data. Received: {answer.shape[-1]} scores a "
            f"pixel. {_WAY_OUT}"
        )
    if answer.ndim == 4 and answer.dtype.kind not in "fiub":
        raise ValueError(
            f"The segmenter's scores must be numbers. Received: {answer.dtype}"
        )
    if answer.ndim == 4 and not np.isfinite(answer).all():
        raise ValueError(
            "The segmenter's scores must be finite numbers. Received: NaN or "
            "infinity. Its training has diverged."
        )
    if answer.ndim == 3 and answer.dtype.kind not in "iu":
        raise ValueError(
            "Class indices of a segmenter must be integers. Received: "
            f"{answer.dtype}"
        )
    if answer.ndim == 3 and not 0 <= answer.min() <= answer.max() < classes:
        raise ValueError(
            f"Class indices of a segmenter must be in [0, {classes - 1}], the "
            f"{classes} classes of the data. Received: {answer.min()} to "
            f"{answer.max()}. {_WAY_OUT}"
        )


_WAY_OUT = (
    "Train one on this data (pix2pixhd train-segmenter), or give the data "
    "the class table that the segmenter was trained with."
)
