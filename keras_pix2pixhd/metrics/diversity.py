"""How different the images are that one label map can become."""

import math

import numpy as np

from keras_pix2pixhd.metrics.merging import check_mergeable


class PairwiseDiversity:
    """Mean distance between the styles of a label map.

    For a label map: the mean of a distance over all pairs of the images that
    were painted from it in different styles. Then the mean over label maps.
    A model that ignores the style has 0. More is not always better: noise is
    diverse too. Pickled or copied, it leaves its distance behind: it can be
    merged and asked for its result.

    Args:
        distance: function of two `(batch, height, width, 3)` arrays in
            [0, 255] that returns a number for each image, `(batch,)`:
            `metrics.l1`, or `PerceptualDistance(network).distances`.
        key: str, what the distance is called: `"l1"`, or the `key` of the
            `PerceptualDistance`.

    Example: three grey images, 20, 40 and 60 levels apart.

    >>> from keras_pix2pixhd.metrics import l1
    >>> levels = np.array([0, 20, 60]).reshape(3, 1, 1, 1)
    >>> diversity = PairwiseDiversity(l1, "l1")
    >>> diversity.update_state(np.tile(levels, (1, 8, 8, 3)))
    40.0
    >>> diversity.result()
    {'diversity_l1_s3': 40.0}
    """

    def __init__(self, distance, key):
        self.distance = distance
        self.key = key
        measure = getattr(distance, "__self__", None)
        self._measured_with = getattr(measure, "arguments", None)
        self.reset_state()

    def __getstate__(self):
        """To merge in another process, where no network is needed."""
        return self.__dict__ | {"distance": None}

    @property
    def arguments(self):
        """What metrics that are merged must have in common.

        Those of the metric as well whose method the distance is.
        """
        if self._measured_with is None:
            return self.key
        return self.key, self._measured_with

    @property
    def values(self):
        """The mean distance of each label map, `(label maps,)` float64."""
        return np.array(self._values, "float64")

    def reset_state(self):
        """Forgets all label maps."""
        self._values = []
        self.styles = None

    def update_state(self, images):
        """Adds the images of one label map.

        Args:
            images: `(styles, height, width, 3)` array in [0, 255], at least
                two, and as many for each label map.

        Returns:
            float, their mean distance.

        Raises:
            ValueError: if there are fewer than two, or another number than
                before; or if it was pickled.
        """
        if self.distance is None:
            raise ValueError(
                "A PairwiseDiversity that was pickled or copied left its "
                "distance behind: it can be merged and asked for its result. "
                "Received: more images. Make another one for them, and merge "
                "the two."
            )
        images = np.asarray(images)
        styles = len(images)
        if styles < 2:
            raise ValueError(
                "Diversity needs at least two styles of a label map. "
                f"Received: {styles}"
            )
        _check_styles(styles, self.styles)
        firsts, seconds = np.triu_indices(styles, k=1)
        # a pair at a time: all of them may not fit into memory
        distances = [
            float(self.distance(images[i : i + 1], images[j : j + 1])[0])
            for i, j in zip(firsts, seconds, strict=True)
        ]
        self.styles = styles
        self._values.append(math.fsum(distances) / len(distances))
        return self._values[-1]

    def merge_state(self, others):
        """Adds the label maps of other metrics, as of other workers.

        Raises:
            ValueError: if one has another key, another distance, or another
                number of styles. Then nothing has been added.
        """
        check_mergeable(self, others)
        others = [other for other in others if other.styles is not None]
        styles = self.styles
        for other in others:
            if styles is None:
                styles = other.styles
            _check_styles(other.styles, styles)
        self.styles = styles
        for other in others:
            self._values.extend(other._values)

    def result(self):
        """The mean over label maps so far.

        Returns:
            Dict of one key, such as `diversity_l1_s5` for five styles, to a
            float.

        Raises:
            ValueError: if there was no label map.
        """
        if not self._values:
            raise ValueError(
                "Diversity needs the images of at least one label map. "
                "Received: none"
            )
        mean = math.fsum(self._values) / len(self._values)
        return {f"diversity_{self.key}_s{self.styles}": mean}


def _check_styles(styles, before):
    if before not in (None, styles):
        raise ValueError(
            "There must be as many styles of each label map. Received: "
            f"{styles} after {before}"
        )
