"""How far the distribution of generated images is from that of real ones."""

from keras_pix2pixhd.metrics.distributions.feature_moments import (
    FeatureMoments,
)
from keras_pix2pixhd.metrics.distributions.feature_network import (
    FeatureNetwork,
)
from keras_pix2pixhd.metrics.distributions.feature_reference import (
    FeatureReference,
)
from keras_pix2pixhd.metrics.distributions.frechet_distance import (
    frechet_distance,
)
from keras_pix2pixhd.metrics.distributions.frechet_inception_distance import (
    FrechetInceptionDistance,
)
from keras_pix2pixhd.metrics.distributions.kernel_inception_distance import (
    KernelInceptionDistance,
    kernel_distance,
)
from keras_pix2pixhd.metrics.distributions.memorisation import memorisation
from keras_pix2pixhd.metrics.distributions.nearest import nearest_references
from keras_pix2pixhd.metrics.distributions.precision_recall import (
    PrecisionRecall,
)
from keras_pix2pixhd.metrics.distributions.reference_features import (
    reference_features,
)

__all__ = [
    "FeatureMoments",
    "FeatureNetwork",
    "FeatureReference",
    "FrechetInceptionDistance",
    "KernelInceptionDistance",
    "PrecisionRecall",
    "frechet_distance",
    "kernel_distance",
    "memorisation",
    "nearest_references",
    "reference_features",
]
