"""How well label maps agree, class by class."""

import numpy as np

from keras_pix2pixhd.metrics.class_names import class_names
from keras_pix2pixhd.metrics.confusion import class_iou, count_confusions
from keras_pix2pixhd.metrics.merging import check_mergeable


class SegmentationScore:
    """Accuracies and intersections over unions of a stream of label maps.

    All are taken from one confusion matrix over all pixels of all images.
    Void pixels, those whose true label is no class, do not count. With the
    label maps as truth and what a segmenter sees in the generated images as
    prediction, it is the measure of the pix2pixHD paper; the score of the
    same segmenter on the real images is the most that can be expected.

    Args:
        class_table: `ClassTable`, or the number of classes, which are then
            called `"0"`, `"1"`, ...

    Attributes:
        confusion: NumPy array `(classes, classes)`, int64: pixels by true
            class (rows) and predicted class (columns).

    Reference:
        Long, Shelhamer, Darrell: Fully Convolutional Networks for Semantic
        Segmentation, CVPR 2015, for the four numbers.

    Example:

    >>> score = SegmentationScore(2)
    >>> score.update_state([[[0, 0, 1, 255]]], [[[0, 1, 1, 0]]])
    >>> score.result()["class_iou"]
    {'0': 0.5, '1': 0.5}
    """

    def __init__(self, class_table):
        self.names = class_names(class_table)
        self.reset_state()

    @property
    def arguments(self):
        """What metrics that are merged must have in common."""
        return self.names

    def reset_state(self):
        """Forgets all label maps."""
        classes = len(self.names)
        self.confusion = np.zeros((classes, classes), "int64")

    def update_state(self, label, predicted):
        """Adds a batch.

        Args:
            label: `(batch, height, width)` integer class indices; those of
                no class are void.
            predicted: `(batch, height, width)` integer class indices, all
                of a class.

        Raises:
            ValueError: if the shapes or types are not those, or a predicted
                index is of no class.
        """
        self.add(self.measure(label, predicted))

    def measure(self, label, predicted):
        """Returns the confusion matrix of a batch, and adds nothing."""
        return count_confusions(label, predicted, len(self.names))

    def add(self, confusion):
        """Adds the label maps of a confusion matrix."""
        self.confusion += confusion

    def merge_state(self, others):
        """Adds the label maps of other metrics, as of other workers.

        Raises:
            ValueError: if one has other classes.
        """
        check_mergeable(self, others)
        for other in others:
            self.confusion += other.confusion

    def result(self):
        """The scores so far.

        Returns:
            Dict of floats in [0, 1]: `pixel_accuracy`, the share of pixels
            that are right; `mean_accuracy`, the mean over true classes of
            that share; `mean_iou`, the mean of `class_iou`;
            `frequency_weighted_iou`, the mean with each class weighted by
            its true pixels; and `class_iou`, a dict from the name of each
            class to its intersection over union. A class that is neither
            true nor predicted anywhere is left out.

        Raises:
            ValueError: if there was no pixel of any class.
        """
        matrix = self.confusion.astype("float64")
        if not matrix.any():
            raise ValueError(
                "The segmentation score needs at least one pixel of a class. "
                "Received: none, or only void. Leave 'segmentation' out of "
                "the metrics where nothing is labelled."
            )
        true, right = matrix.sum(1), np.diagonal(matrix)
        accuracy = right[true > 0] / true[true > 0]
        iou, seen = class_iou(matrix)
        names = [n for n, used in zip(self.names, seen, strict=True) if used]
        return {
            "pixel_accuracy": float(right.sum() / true.sum()),
            "mean_accuracy": float(accuracy.mean()),
            "mean_iou": float(iou.mean()),
            "frequency_weighted_iou": float(
                (true[seen] * iou).sum() / true.sum()
            ),
            "class_iou": dict(zip(names, iou.tolist(), strict=True)),
        }


def image_mean_iou(label, predicted, classes):
    """Mean intersection over union of each image for itself.

    Args:
        label: `(batch, height, width)` integer class indices; those of no
            class are void.
        predicted: the same, all of a class.
        classes: int, their number.

    Returns:
        NumPy array `(batch,)`, float64, in [0, 1]; the mean over the classes
        that the image or its prediction contains. NaN where all is void.

    Example:

    >>> image_mean_iou([[[0, 0, 1]]], [[[0, 1, 1]]], 3).tolist()
    [0.5]
    """
    means = []
    for one, other in zip(label, predicted, strict=True):
        iou, _ = class_iou(count_confusions([one], [other], classes))
        means.append(iou.mean() if len(iou) else np.nan)
    return np.array(means, "float64")
