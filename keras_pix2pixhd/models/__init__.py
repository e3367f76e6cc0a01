"""The networks, one per file, and the model that trains them."""

from keras_pix2pixhd.models.global_generator import GlobalGenerator
from keras_pix2pixhd.models.growing import grow_gan
from keras_pix2pixhd.models.image_pool import ImagePool
from keras_pix2pixhd.models.instance_feature_encoder import (
    InstanceFeatureEncoder,
)
from keras_pix2pixhd.models.local_enhancer import LocalEnhancer
from keras_pix2pixhd.models.multiscale_discriminator import (
    MultiscaleDiscriminator,
)
from keras_pix2pixhd.models.patch_discriminator import PatchDiscriminator
from keras_pix2pixhd.models.perceptual_network import PerceptualNetwork
from keras_pix2pixhd.models.pix2pixhd_gan import Pix2PixHDGAN
from keras_pix2pixhd.models.pixel_discriminator import PixelDiscriminator
from keras_pix2pixhd.models.pixels import to_uint8
from keras_pix2pixhd.models.segmenter import Segmenter

__all__ = [
    "GlobalGenerator",
    "ImagePool",
    "InstanceFeatureEncoder",
    "LocalEnhancer",
    "MultiscaleDiscriminator",
    "PatchDiscriminator",
    "PerceptualNetwork",
    "Pix2PixHDGAN",
    "PixelDiscriminator",
    "Segmenter",
    "grow_gan",
    "to_uint8",
]
