"""Instance features outside the networks: fitted, stored and drawn."""

from keras_pix2pixhd.features.feature_clusters import FeatureClusters
from keras_pix2pixhd.features.fitting import fit_features

__all__ = ["FeatureClusters", "fit_features"]
