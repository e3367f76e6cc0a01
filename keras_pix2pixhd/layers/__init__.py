"""Building blocks of the networks, on every Keras backend."""

from keras_pix2pixhd.layers.average_downsampling import AverageDownsampling2D
from keras_pix2pixhd.layers.crop_to_match import CropToMatch2D
from keras_pix2pixhd.layers.instance_edges import InstanceEdges
from keras_pix2pixhd.layers.instance_normalization import InstanceNormalization
from keras_pix2pixhd.layers.normalization import (
    NORMALIZATIONS,
    normalization_layer,
)
from keras_pix2pixhd.layers.pad_to_multiple import PadToMultiple2D
from keras_pix2pixhd.layers.reflection_padding import ReflectionPadding2D
from keras_pix2pixhd.layers.residual_block import ResidualBlock
from keras_pix2pixhd.layers.semantic_input import SemanticInput

__all__ = [
    "NORMALIZATIONS",
    "AverageDownsampling2D",
    "CropToMatch2D",
    "InstanceEdges",
    "InstanceNormalization",
    "PadToMultiple2D",
    "ReflectionPadding2D",
    "ResidualBlock",
    "SemanticInput",
    "normalization_layer",
]
