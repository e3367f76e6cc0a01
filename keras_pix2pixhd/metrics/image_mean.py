"""The mean over images of a number that each image has."""

import math

import numpy as np

from keras_pix2pixhd.metrics.merging import check_mergeable


class ImageMean:
    """Mean over a stream of images of a function of one of them.

    Added up exactly, so that neither the sizes nor the order of the batches
    change it.

    Args:
        function: of generated and real images, `(batch, height, width, 3)`
            arrays in [0, 255], that returns a number for each image,
            `(batch,)`, such as `metrics.ssim`.
        key: str, what the result is called.

    Attributes:
        values: NumPy array `(images,)`, float64, the numbers so far.

    Example:

    >>> from keras_pix2pixhd.metrics import l1
    >>> mean = ImageMean(l1, "l1")
    >>> real = np.zeros((2, 4, 4, 3), "uint8")
    >>> mean.update_state(real + np.uint8(10), real).tolist()
    [10.0, 10.0]
    >>> mean.result()
    10.0
    """

    def __init__(self, function, key):
        self.function = function
        self.key = key
        self.reset_state()

    @property
    def arguments(self):
        """What metrics that are merged must have in common."""
        return self.key

    @property
    def values(self):
        return np.array(self._values, "float64")

    def reset_state(self):
        """Forgets all images."""
        self._values = []

    def update_state(self, generated, real):
        """Adds a batch.

        Returns:
            The numbers of its images, NumPy array `(batch,)`, float64.

        Raises:
            ValueError: from the function, if the images do not fit it, or
                if it does not return one number for each image. Then
                nothing has been added.
        """
        values = self.measure(generated, real)
        self.add(values)
        return values

    def measure(self, generated, real):
        """Returns what `update_state` would, and adds nothing."""
        values = np.asarray(self.function(generated, real), "float64")
        if values.shape != (len(real),):
            raise ValueError(
                f"The function of {self.key} must return a number for each "
                f"of the {len(real)} images, ({len(real)},). Received: shape "
                f"{values.shape}"
            )
        return values

    def add(self, values):
        """Adds the numbers of images that were measured."""
        self._values.extend(values.tolist())

    def merge_state(self, others):
        """Adds the images of other metrics, such as those of other workers.

        Raises:
            ValueError: if one has another key.
        """
        check_mergeable(self, others)
        for other in others:
            self._values.extend(other._values)

    def result(self):
        """The mean so far, a float.

        Raises:
            ValueError: if there was no image.
        """
        if not self._values:
            raise ValueError(
                f"The mean of {self.key} needs at least one image. "
                "Received: none"
            )
        return math.fsum(self._values) / len(self._values)
