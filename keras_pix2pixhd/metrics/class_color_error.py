"""How far the mean colours of the classes are off."""

import numpy as np

from keras_pix2pixhd.metrics.class_names import class_names
from keras_pix2pixhd.metrics.merging import check_mergeable


class ClassColorError:
    """Mean colour error of each class, over a stream of images.

    For an image and a class in it: the absolute difference between the mean
    RGB of the generated image over the pixels of that class and that of the
    real image, averaged over red, green and blue. For a class: the mean over
    the images that contain it, each with the same weight. Void pixels do not
    count. It does not see where a colour is, only how much of it: read it
    beside L1 or SSIM.

    Args:
        class_table: `ClassTable`, or the number of classes, which are then
            called `"0"`, `"1"`, ...

    Example:

    >>> error = ClassColorError(2)
    >>> label = np.array([[[0, 0, 1]]])
    >>> real = np.zeros((1, 1, 3, 3), "uint8")
    >>> error.update_state(label, real + np.array([30, 0, 0], "uint8"), real)
    >>> error.result()
    {'0': 10.0, '1': 10.0}
    """

    def __init__(self, class_table):
        self.names = class_names(class_table)
        self.reset_state()

    @property
    def arguments(self):
        """What metrics that are merged must have in common."""
        return self.names

    def reset_state(self):
        """Forgets all images."""
        self._sums = np.zeros(len(self.names), "float64")
        self._images = np.zeros(len(self.names), "int64")

    def update_state(self, label, generated, real):
        """Adds a batch.

        Args:
            label: `(batch, height, width)` integer class indices; those of
                no class are void.
            generated: `(batch, height, width, 3)` array in [0, 255].
            real: the same.

        Raises:
            ValueError: if the shapes do not fit.
        """
        label, generated, real = map(np.asarray, (label, generated, real))
        wanted = (*label.shape, 3)
        if label.ndim != 3 or not generated.shape == real.shape == wanted:
            raise ValueError(
                "label must be (batch, height, width), generated and real "
                "(batch, height, width, 3) of the same sizes. Received: "
                f"label.shape={label.shape}, generated.shape="
                f"{generated.shape}, real.shape={real.shape}"
            )
        differences = generated.astype("float64") - real.astype("float64")
        for indices, difference in zip(label, differences, strict=True):
            self._add(indices.astype("int64"), difference)

    def _add(self, indices, difference):
        classes = len(self.names)
        inside = (indices >= 0) & (indices < classes)
        indices, difference = indices[inside], difference[inside]
        pixels = np.bincount(indices, minlength=classes)
        sums = [
            np.bincount(indices, channel, minlength=classes)
            for channel in difference.T
        ]
        present = pixels > 0
        errors = np.abs(sums).mean(0)[present] / pixels[present]
        self._sums[present] += errors
        self._images += present

    def merge_state(self, others):
        """Adds the images of other metrics, such as those of other workers.

        Raises:
            ValueError: if one has other classes.
        """
        check_mergeable(self, others)
        for other in others:
            self._sums += other._sums
            self._images += other._images

    def result(self):
        """The mean errors so far.

        Returns:
            Dict from the name of a class to its error, a float in grey
            levels, [0, 255]. Classes that no image contains are left out.
        """
        return {
            name: float(total / images)
            for name, total, images in zip(
                self.names, self._sums, self._images, strict=True
            )
            if images
        }
