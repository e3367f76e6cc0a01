"""The three losses of pix2pixHD."""

from keras_pix2pixhd.losses.feature_matching import FeatureMatchingLoss
from keras_pix2pixhd.losses.lsgan import LSGANLoss
from keras_pix2pixhd.losses.perceptual import PerceptualLoss

__all__ = ["FeatureMatchingLoss", "LSGANLoss", "PerceptualLoss"]
