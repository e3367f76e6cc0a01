"""NVIDIA's checkpoints, in and out."""

from keras_pix2pixhd.converters.checkpoint_folder import import_nvidia
from keras_pix2pixhd.converters.import_report import ImportReport
from keras_pix2pixhd.converters.load_networks import (
    load_nvidia_discriminator,
    load_nvidia_encoder,
    load_nvidia_generator,
)
from keras_pix2pixhd.converters.nvidia_options import read_nvidia_options
from keras_pix2pixhd.converters.save_networks import (
    save_nvidia_discriminator,
    save_nvidia_encoder,
    save_nvidia_generator,
)

__all__ = [
    "ImportReport",
    "import_nvidia",
    "load_nvidia_discriminator",
    "load_nvidia_encoder",
    "load_nvidia_generator",
    "read_nvidia_options",
    "save_nvidia_discriminator",
    "save_nvidia_encoder",
    "save_nvidia_generator",
]
