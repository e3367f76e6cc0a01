"""Photographs from files of label maps."""

from keras_pix2pixhd.generation.generate_folder import generate_folder
from keras_pix2pixhd.generation.load_gan import load_gan

__all__ = ["generate_folder", "load_gan"]
