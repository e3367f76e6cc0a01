"""How far the mean colours of the classes are off."""

import numpy as np

from keras_pix2pixhd.metrics.checked_images import checked_pair
from keras_pix2pixhd.metrics.class_names import class_names
from keras_pix2pixhd.metrics.confusion import is_label_map
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
        self._count = 0
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
            ValueError: if the shapes do not fit, the labels are no
                integers, or a value is not finite or not in [0, 255]. Then
                nothing has been added.
        """
        self.add(self.measure(label, generated, real))

    def measure(self, label, generated, real):
        """Returns what `add` takes of a batch, and adds nothing.

        Returns:
            Two arrays `(batch, classes)`: the error of each class in each
            image, 0 where it is not in it, and whether it is.
        """
        label = np.asarray(label)
        generated, real = checked_pair(generated, real)
        wanted = (*label.shape, 3)
        if not is_label_map(label) or generated.shape != wanted:
            raise ValueError(
                "label must be (batch, height, width) integer class indices, "
                "generated and real (batch, height, width, 3) of the same "
                f"sizes. Received: label.shape={label.shape}, dtype="
                f"{label.dtype}, generated.shape={generated.shape}"
            )
        errors = np.zeros((len(label), len(self.names)))
        present = np.zeros(errors.shape, bool)
        for i, difference in enumerate(generated - real):
            indices = label[i].astype("int64")
            present[i], errors[i] = self._of_one(indices, difference)
        return errors, present

    def add(self, measured):
        """Adds the images of a batch that was measured."""
        errors, present = measured
        self._count += len(errors)
        for error in errors:  # one by one: any batch size gives the same
            self._sums += error
        self._images += present.sum(0)

    def _of_one(self, indices, difference):
        classes = len(self.names)
        inside = (indices >= 0) & (indices < classes)
        indices, difference = indices[inside], difference[inside]
        pixels = np.bincount(indices, minlength=classes)
        sums = [
            np.bincount(indices, channel, minlength=classes)
            for channel in difference.T
        ]
        return pixels > 0, np.abs(sums).mean(0) / np.maximum(pixels, 1)

    def merge_state(self, others):
        """Adds the images of other metrics, such as those of other workers.

        Raises:
            ValueError: if one has other classes.
        """
        check_mergeable(self, others)
        for other in others:
            self._sums += other._sums
            self._images += other._images
            self._count += other._count

    def result(self):
        """The mean errors so far.

        Returns:
            Dict from the name of a class to its error, a float in grey
            levels, [0, 255]. Classes that no image contains are left out.

        Raises:
            ValueError: if there was no image.
        """
        if not self._count:
            raise ValueError(
                "The colour error of classes needs at least one image. "
                "Received: none"
            )
        return {
            name: float(total / images)
            for name, total, images in zip(
                self.names, self._sums, self._images, strict=True
            )
            if images
        }
