"""Several metrics of the same images, as one."""

import copy

from keras_pix2pixhd.metrics.checked_images import checked_pixel_pair
from keras_pix2pixhd.metrics.class_names import class_names
from keras_pix2pixhd.metrics.color_part import ColorPart
from keras_pix2pixhd.metrics.feature_part import FeaturePart
from keras_pix2pixhd.metrics.image_part import MOST_DECIBELS, ImagePart
from keras_pix2pixhd.metrics.merging import check_mergeable, merge_arguments
from keras_pix2pixhd.metrics.metric_choice import (
    DISTRIBUTION_METRICS,
    choose_metrics,
)
from keras_pix2pixhd.metrics.segmentation_part import SegmentationPart
from keras_pix2pixhd.metrics.suite_arguments import check_arguments


class MetricSuite:
    """Many metrics over one stream of generated and real images.

    | metric | result | needs |
    |---|---|---|
    | `l1`, `psnr`, `ssim`, `ms_ssim` | means over images | |
    | `perceptual` | mean over images | `perceptual_network` |
    | `class_color_error` | a number a class | `class_table` |
    | `segmentation` | two `SegmentationScore`s | both, `segmenter` |
    | `frechet`, `kid`, `precision_recall` | distances | `feature_network` |

    Any batch size gives the same result, to the rounding of the networks.
    Floats are rounded to pixels first. PSNR counts 100 dB at most for an
    image. A suite can be pickled or copied, which leaves its networks behind:
    it can then be merged and asked for its result.

    Args:
        class_table: `ClassTable`, or the number of classes, or `None`
            (default) where there are none.
        metrics: names, or `None` (default): all that the rest allows.
        feature_network: `FeatureNetwork` or `None` (default).
        perceptual_network: calibrated `PerceptualNetwork` or `None`
            (default).
        segmenter: see `segment`, or `None` (default).
        reference: `FeatureReference` of the real images, which then do not
            pass through the feature network, or `None` (default).
        kid_subsets, kid_subset_size, neighbours, seed: of
            `KernelInceptionDistance` and `PrecisionRecall`.

    Raises:
        ValueError: if a metric is unknown, or its network is missing or
            something else.

    Attributes:
        metrics: tuple of the names of the metrics.
        images: int, the number of pairs so far.

    Example:

    >>> suite = MetricSuite(metrics=["l1", "psnr"])
    >>> real = np.zeros((2, 8, 8, 3), "uint8")
    >>> suite.update_state(None, real + np.uint8(51), real)["l1"].tolist()
    [51.0, 51.0]
    >>> suite.result()["images"], round(suite.result()["psnr"], 2)
    (2, 13.98)
    """

    def __init__(
        self,
        class_table=None,
        metrics=None,
        feature_network=None,
        perceptual_network=None,
        segmenter=None,
        reference=None,
        kid_subsets=100,
        kid_subset_size=None,
        neighbours=3,
        seed=0,
    ):
        given = {
            "class_table": class_table,
            "feature_network": feature_network,
            "perceptual_network": perceptual_network,
            "segmenter": segmenter,
        }
        self.metrics = choose_metrics(metrics, given)
        check_arguments({**given, "reference": reference})
        self._settings = {
            "most_decibels": MOST_DECIBELS,
            "kid_subsets": kid_subsets,
            "kid_subset_size": kid_subset_size,
            "neighbours": neighbours,
            "seed": seed,
        }
        self.images, self._channels = 0, None
        self._parts = [ImagePart(self.metrics, perceptual_network)]
        if "class_color_error" in self.metrics:
            self._parts.append(ColorPart(class_table))
        if "segmentation" in self.metrics:
            self._parts.append(SegmentationPart(segmenter, class_table))
        self._features = None
        if not set(DISTRIBUTION_METRICS).isdisjoint(self.metrics):
            self._features = FeaturePart(
                self.metrics, feature_network, reference, self._settings
            )
            self._parts.append(self._features)
        self._protocol = self._describe()
        names = () if class_table is None else class_names(class_table)
        self.arguments = {
            "classes": names,
            **merge_arguments(self._protocol),
        }
        self._pickled = False

    def __getstate__(self):
        return self.__dict__ | {"_pickled": True}

    def _describe(self):
        networks = ("feature_network", "perceptual_network", "segmenter")
        protocol = {"metrics": list(self.metrics), **dict.fromkeys(networks)}
        for part in self._parts:
            protocol |= part.describe()
        return {**protocol, "settings": self._settings}

    @property
    def generated_features(self):
        """Features of the generated images so far, `(n, d)`, or `None`."""
        features = self._features
        return None if features is None else features.generated_features

    @property
    def real_features(self):
        """Features of the real images, `(n, d)` float32, or `None`."""
        features = self._features
        return None if features is None else features.real_features

    @property
    def warnings(self):
        """Sentences on what the numbers so far are too few for; a list."""
        return [words for part in self._parts for words in part.warnings]

    def protocol(self):
        """How it is measured, a dict fit for JSON."""
        return copy.deepcopy(self._protocol)

    def reset_state(self):
        """Forgets all images."""
        self.images, self._channels = 0, None
        for part in self._parts:
            part.reset()

    def update_state(self, label, generated, real):
        """Adds a batch.

        Args:
            label: `(batch, height, width)` integer class indices, or `None`
                where no metric needs classes.
            generated: `(batch, height, width, 3)` array, uint8 or floats in
                [0, 255].
            real: the same; image `i` is that of `label[i]`.

        Returns:
            Dict from `l1`, ... to NumPy arrays `(batch,)`, float64: the
            numbers of single images, of the metrics that have such, and
            `mean_iou` and `mean_iou_real` of the segmentation. Empty for a
            batch without images.

        Raises:
            ValueError: if the shapes do not fit, there are more generated
                than real images or fewer, a value is not finite or not in
                [0, 255], or a network refuses them. Then no metric has seen
                the batch.
        """
        if self._pickled:
            raise ValueError(
                "A MetricSuite that was pickled or copied left its networks "
                "behind: it can be merged and asked for its result. Received: "
                "more images. Make another suite for them, and merge the two."
            )
        generated, real = checked_pixel_pair(generated, real)
        if not len(real):
            return {}
        self._check_channels({real.shape[-1]})
        # measured by all before any counts it
        measured = [p.measure(label, generated, real) for p in self._parts]
        values = {}
        for part, (numbers, state) in zip(self._parts, measured, strict=True):
            part.add(state)
            values |= numbers
        self.images += len(real)
        self._channels = real.shape[-1]
        return values

    def merge_state(self, others):
        """Adds the images of other suites, such as those of other workers.

        Args:
            others: list of `MetricSuite`s that were made in the same way.

        Raises:
            ValueError: if one was made in another way, or has seen images
                of another kind. Then nothing has been added.
        """
        check_mergeable(self, others)
        channels = {other._channels for other in others} - {None}
        self._check_channels(channels)
        theirs = list(zip(*(other._parts for other in others), strict=True))
        pairs = list(zip(self._parts, theirs, strict=False))
        for part, parts in pairs:
            part.check_merge(parts)
        for part, parts in pairs:
            part.merge(parts)
        self.images += sum(other.images for other in others)
        self._channels = next(iter(channels), self._channels)

    def _check_channels(self, channels):
        """Grey and coloured images have no common mean."""
        found = {self._channels, *channels} - {None}
        if len(found) > 1:
            raise ValueError(
                "All images must have the same number of channels. Received: "
                f"{', '.join(map(str, sorted(found)))}"
            )

    def result(self):
        """All numbers so far, a dict fit for JSON: `images` and the metrics.

        Raises:
            ValueError: if there was no image, or too few for a metric.
        """
        if not self.images:
            raise ValueError(
                "Metrics need at least one pair of images. Received: none"
            )
        numbers = {"images": self.images}
        for part in self._parts:
            numbers |= part.result()
        return numbers
