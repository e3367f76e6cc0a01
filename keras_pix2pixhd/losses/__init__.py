"""The losses of pix2pixHD, and what later work found worth having."""

from keras_pix2pixhd.losses.adversarial import AdversarialLoss
from keras_pix2pixhd.losses.binary_crossentropy import BinaryCrossentropyLoss
from keras_pix2pixhd.losses.feature_matching import FeatureMatchingLoss
from keras_pix2pixhd.losses.hinge import HingeLoss
from keras_pix2pixhd.losses.lsgan import LSGANLoss
from keras_pix2pixhd.losses.perceptual import PerceptualLoss
from keras_pix2pixhd.losses.r1_penalty import R1Penalty

__all__ = [
    "AdversarialLoss",
    "BinaryCrossentropyLoss",
    "FeatureMatchingLoss",
    "HingeLoss",
    "LSGANLoss",
    "PerceptualLoss",
    "R1Penalty",
]
