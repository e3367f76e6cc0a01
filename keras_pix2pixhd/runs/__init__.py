"""Whole training runs, from a configuration to a folder of results."""

from keras_pix2pixhd.runs.build import build_gan
from keras_pix2pixhd.runs.run_folder import new_run_folder
from keras_pix2pixhd.runs.train import train

__all__ = ["build_gan", "new_run_folder", "train"]
