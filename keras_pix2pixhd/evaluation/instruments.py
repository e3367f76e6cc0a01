"""What all that is evaluated is measured with."""

import os

import keras

from keras_pix2pixhd.evaluation.affordable_metrics import affordable_metrics
from keras_pix2pixhd.evaluation.calibration import (
    calibrated_network,
    check_perceptual_weights,
)
from keras_pix2pixhd.evaluation.labelled_metrics import labelled_metrics
from keras_pix2pixhd.evaluation.pairs.training_side import training_left_out
from keras_pix2pixhd.evaluation.segmenter_file import (
    check_segmenter,
    described_segmenter,
    segmenter_warnings,
)
from keras_pix2pixhd.metrics import (
    FeatureNetwork,
    MetricSuite,
    reference_features,
    segment,
)
from keras_pix2pixhd.metrics.metric_choice import DISTRIBUTION_METRICS
from keras_pix2pixhd.segmentation import load_segmenter


class Instruments:
    """The networks of an evaluation, and what they see in its real images.

    One for all runs: their numbers are of the same images, measured with the
    same networks.

    Args:
        data: `EvaluationData`.
        metrics, feature_network, perceptual_weights, segmenter, cache, seed,
            progress: of `evaluate`.

    Attributes:
        metrics: tuple of str.
        feature_network: `FeatureNetwork`, or `None` where no metric uses it.
        perceptual_network: `PerceptualNetwork`, calibrated, or `None`.
        reference: `FeatureReference` of the real images, or `None`.
        training: `FeatureReference` of the training photographs, or `None`.
        warnings: list of str.

    Raises:
        ValueError: if a metric is unknown or lacks what it needs, or a
            network cannot be had or does not fit the data.
    """

    def __init__(
        self,
        data,
        metrics=None,
        feature_network=None,
        perceptual_weights=None,
        segmenter=None,
        cache=None,
        seed=0,
        progress=None,
    ):
        check_perceptual_weights(perceptual_weights)
        check_segmenter(segmenter)
        pairs = data.evaluated
        given = {
            "class_table": pairs.class_table,
            "feature_network": feature_network,
            "perceptual_network": perceptual_weights,
            "segmenter": segmenter,
        }
        self.metrics, self.warnings = affordable_metrics(
            metrics, given, len(pairs)
        )
        self.metrics, warnings = labelled_metrics(
            self.metrics, pairs, metrics is not None
        )
        self.warnings += warnings
        self._pairs, self._seed = pairs, seed
        self._segmenter = None
        self._segmenter_file = described_segmenter(segmenter)
        if segmenter is not None and pairs.class_table is None:
            self.warnings.append(
                "The data has no classes, so that there is no segmentation "
                "score: the segmenter is not used."
            )
        if "segmentation" in self.metrics:
            self._segmenter = _opened(load_segmenter, segmenter)
            self._try_segmenter()
            self.warnings += segmenter_warnings(segmenter, data)
        self.perceptual_network = None
        if perceptual_weights is not None:
            self.perceptual_network, self._calibrated, warnings = (
                calibrated_network(perceptual_weights, data)
            )
            self.warnings += warnings
        self.feature_network = self.reference = self.training = None
        if not set(DISTRIBUTION_METRICS).isdisjoint(self.metrics):
            self.feature_network = _feature_network(feature_network)
            self.warnings += training_left_out(data)
            self.reference, self.training = (
                self._seen(some, what, cache, progress)
                for some, what in (
                    (pairs, "real images seen"),
                    (data.training, "training images seen"),
                )
            )

    def suite(self):
        """Returns a new `MetricSuite`."""
        return MetricSuite(
            self._pairs.class_table,
            self.metrics,
            self.feature_network,
            self.perceptual_network,
            self._segmenter,
            self.reference,
            seed=self._seed,
        )

    def protocol(self):
        """Returns how it is measured, a dict fit for JSON."""
        protocol = self.suite().protocol()
        if protocol["perceptual_network"] is not None:
            protocol["perceptual_network"] |= self._calibrated
        if protocol["segmenter"] is not None:
            weights = protocol["segmenter"].pop("model_sha256", None)
            protocol["segmenter"] |= self._segmenter_file
            protocol["segmenter"]["weights_sha256"] = weights
        return protocol

    def _try_segmenter(self):
        """Finds one that does not fit before anything is painted."""
        _, batch = next(self._pairs.batches())
        segment(self._segmenter, batch["image"], self._pairs.class_table)

    def _seen(self, pairs, what, cache, progress):
        if pairs is None:
            return None
        return reference_features(
            self.feature_network,
            pairs.images,
            cache=cache,
            progress=progress and progress(what),
        )


def _feature_network(source):
    if isinstance(source, FeatureNetwork):
        return source
    if isinstance(source, (str, os.PathLike, keras.Model)):
        return FeatureNetwork(source)
    raise ValueError(
        "feature_network must be a FeatureNetwork, or the name, file or model "
        f"of one. Received: feature_network={source!r}"
    )


def _opened(opener, source):
    return opener(source) if isinstance(source, (str, os.PathLike)) else source
