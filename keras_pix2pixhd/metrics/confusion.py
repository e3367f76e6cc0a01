"""The confusion matrix of label maps."""

import numpy as np


def count_confusions(label, predicted, classes):
    """Counts pixels by true and predicted class.

    Args:
        label: `(batch, height, width)` integer class indices; those of no
            class are void and not counted.
        predicted: the same, all of a class.
        classes: int, their number.

    Returns:
        NumPy array `(classes, classes)`, int64: true classes by predicted.

    Raises:
        ValueError: if the shapes or types are not those, or a predicted
            index is of no class.
    """
    label, predicted = np.asarray(label), np.asarray(predicted)
    fits = is_label_map(label) and is_label_map(predicted)
    if not fits or label.shape != predicted.shape:
        raise ValueError(
            "label and predicted must both be (batch, height, width) integer "
            f"class indices. Received: label of shape {label.shape}, "
            f"{label.dtype}, and predicted of shape {predicted.shape}, "
            f"{predicted.dtype}"
        )
    low, high = predicted.min(initial=0), predicted.max(initial=0)
    if low < 0 or high >= classes:
        raise ValueError(
            f"predicted must be class indices in [0, {classes - 1}], of "
            f"{classes} classes. Received: values in [{low}, {high}]. The "
            "segmenter must have the classes of the data."
        )
    known = (label >= 0) & (label < classes)
    pairs = label[known].astype("int64") * classes + predicted[known]
    counts = np.bincount(pairs.astype("int64"), minlength=classes**2)
    return counts.reshape(classes, classes)


def is_label_map(label):
    """Whether an array is `(batch, height, width)` of integers."""
    return label.ndim == 3 and label.dtype.kind in "iu"


def class_iou(matrix):
    """Intersections over unions of a confusion matrix.

    Returns:
        Array of float, those of the classes that occur on either side, and
        a mask `(classes,)` of which do.
    """
    right = np.diagonal(matrix)
    union = matrix.sum(0) + matrix.sum(1) - right
    return right[union > 0] / union[union > 0], union > 0
