import numpy as np

from keras_pix2pixhd.features.cluster_checks import (
    check_fits,
    checked_centers,
    checked_follow,
    checked_maps,
    checked_samples,
    checked_seed,
    class_name,
)
from keras_pix2pixhd.features.cluster_file import read_clusters, write_clusters
from keras_pix2pixhd.features.instances import find_instances


class FeatureClusters:
    """The styles of each class: instance features to draw from.

    `fit_features` makes them from a trained encoder. `Pix2PixHDGAN.generate`
    takes them as `features`, and paints another style for each seed.

    Args:
        centers: Sequence with one entry per class: a `(k, F)` array of
            floats, its `k` styles, or `None` for a class without any. `F`,
            the number of feature channels, is the same for all.
        class_table: `ClassTable`, or the number of classes.
        follow: `"instances"` (default: each instance has a style), or
            `"labels"` (each class of an image has one).
        samples: Sequence of ints: how many instances the styles of each
            class came from. Defaults to the number of styles.
        source: String, where they came from, such as a run folder. Defaults
            to `""`.
        images: Names of the images that they came from. Defaults to `()`.

    Raises:
        ValueError: If the arrays do not fit the classes or each other.

    Reference:
        [Wang et al., 2018](https://arxiv.org/abs/1711.11585), section 3.4;
        `encode_features.py` of NVIDIA/pix2pixHD.

    Example:

    >>> clusters = FeatureClusters([[[0.5]], [[-1.0], [1.0]]], class_table=2)
    >>> label = np.array([[[0, 1, 255]]])
    >>> instance = np.array([[[10, 11, 12]]])
    >>> clusters.sample(label, instance, seed=0)[0, 0, :, 0].tolist()
    [0.5, 1.0, 0.0]
    """

    def __init__(
        self,
        centers,
        class_table,
        follow="instances",
        samples=None,
        source="",
        images=(),
    ):
        self.centers = checked_centers(centers, class_table)
        self.class_table = class_table
        self.follow = checked_follow(follow)
        counts = [len(styles) for styles in self.centers]
        self.samples = checked_samples(
            counts if samples is None else samples, len(counts)
        )
        self.source = str(source)
        self.images = tuple(map(str, images))
        # one list of all styles, and at its end what void is given
        void = np.zeros((1, self.feature_channels), "float32")
        self._styles = np.concatenate([*self.centers, void])
        self._counts = np.array([*counts, 1])
        self._starts = np.cumsum(self._counts) - self._counts

    @property
    def num_classes(self):
        """The number of classes."""
        return len(self.centers)

    @property
    def feature_channels(self):
        """The number of feature channels."""
        return self.centers[0].shape[1]

    def class_name(self, index):
        """Returns the name of a class, or its number if it has none."""
        return class_name(self.class_table, index)

    def sample(self, label, instance=None, seed=0, names=None):
        """Draws a style for each instance.

        Args:
            label: `(B, H, W)` integer class indices; the number of classes
                and above is void.
            instance: `(B, H, W)` integer ids. The class of an instance is
                that of most of its pixels. Not needed where features follow
                labels: then each class of each image draws once.
            seed: Int >= 0, or a sequence of them. Defaults to `0`. Another
                seed draws other styles; an image's do not depend on the
                images after it.
            names: Sequence of strings that name the images in an error.
                Defaults to `None`: their numbers.

        Returns:
            NumPy array `(B, H, W, F)`, float32. Zero on void pixels and on
            instances that are mostly void.

        Raises:
            ValueError: If the maps are not such arrays, or a class has no
                style to draw.
        """
        label, ids = checked_maps(label, instance, self.follow)
        names = names or [f"image {place}" for place in range(len(label))]
        seeds = np.random.SeedSequence(checked_seed(seed)).spawn(len(label))
        images = zip(label, ids, seeds, names, strict=True)
        return np.stack([self._sample_one(*image) for image in images])

    def check_knows(self, label, instance=None, names=None):
        """Checks that each instance has a style to draw, without drawing.

        Args:
            label, instance, names: those of `sample`.

        Raises:
            ValueError: What `sample` would raise.
        """
        label, ids = checked_maps(label, instance, self.follow)
        names = names or [f"image {place}" for place in range(len(label))]
        for one, of_it, name in zip(label, ids, names, strict=True):
            found = find_instances(one, of_it, self.num_classes)
            self._check_known(found.classes, name)

    def _sample_one(self, label, ids, seed, name):
        """Returns the features of one image, `(H, W, F)`."""
        found = find_instances(label, ids, self.num_classes)
        self._check_known(found.classes, name)
        draws = np.random.default_rng(seed).integers(
            self._counts[found.classes]
        )
        styles = self._styles[self._starts[found.classes] + draws]
        return np.where(
            label[..., None] < self.num_classes, styles[found.places], 0
        ).astype("float32")

    def _check_known(self, classes, name):
        unknown = np.unique(classes[self._counts[classes] == 0])
        if unknown.size:
            shown = ", ".join(map(self.class_name, unknown[:5]))
            raise ValueError(
                "Every class of a label map must have styles to draw. "
                f"Received: {name} with {shown} ({unknown.size} unknown in "
                "all), of which the features know none. Fit them on data "
                "that has these classes, or encode a photograph instead."
            )

    def check_fits(self, gan):
        """Checks that these are features for a model.

        Args:
            gan: `Pix2PixHDGAN`.

        Raises:
            ValueError: If its classes, its number of feature channels or
                what its features follow are others.
        """
        check_fits(self, gan)

    def save(self, path):
        """Writes an `.npz` file, whole or not at all.

        Args:
            path: The file.

        Raises:
            ValueError: If it cannot be written.
        """
        write_clusters(self, path)

    @classmethod
    def load(cls, path):
        """Reads a file that `save` wrote.

        Args:
            path: The file. Nothing in it is executed.

        Returns:
            `FeatureClusters`.

        Raises:
            ValueError: If it is missing, incomplete or no such file.
        """
        return read_clusters(cls, path)
