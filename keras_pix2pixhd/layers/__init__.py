"""Building blocks of the networks, on every Keras backend."""

from keras_pix2pixhd.layers.as_floats import as_floats
from keras_pix2pixhd.layers.average_downsampling import AverageDownsampling2D
from keras_pix2pixhd.layers.bilinear_doubling import BilinearDoubling2D
from keras_pix2pixhd.layers.crop_to_match import CropToMatch2D
from keras_pix2pixhd.layers.diff_augment import DiffAugment
from keras_pix2pixhd.layers.instance_edges import InstanceEdges
from keras_pix2pixhd.layers.instance_normalization import InstanceNormalization
from keras_pix2pixhd.layers.instance_pooling import InstancePooling
from keras_pix2pixhd.layers.normalization import (
    NORMALIZATIONS,
    needs_bias,
    normalization_layer,
)
from keras_pix2pixhd.layers.pad_to_multiple import PadToMultiple2D
from keras_pix2pixhd.layers.padding import PADDINGS, Padding2D
from keras_pix2pixhd.layers.pixel_shuffle import PixelShuffle2D
from keras_pix2pixhd.layers.residual_block import ResidualBlock
from keras_pix2pixhd.layers.semantic_input import SemanticInput
from keras_pix2pixhd.layers.spectral_conv2d import SpectralConv2D
from keras_pix2pixhd.layers.winograd_conv2d import WinogradConv2D

__all__ = [
    "NORMALIZATIONS",
    "PADDINGS",
    "AverageDownsampling2D",
    "BilinearDoubling2D",
    "CropToMatch2D",
    "DiffAugment",
    "InstanceEdges",
    "InstanceNormalization",
    "InstancePooling",
    "PadToMultiple2D",
    "Padding2D",
    "PixelShuffle2D",
    "ResidualBlock",
    "SemanticInput",
    "SpectralConv2D",
    "WinogradConv2D",
    "as_floats",
    "needs_bias",
    "normalization_layer",
]
