"""Whole training runs, from a configuration to a folder of results."""

from keras_pix2pixhd.runs.building.build import build_gan
from keras_pix2pixhd.runs.carry_out import Run
from keras_pix2pixhd.runs.records.run_folder import new_run_folder
from keras_pix2pixhd.runs.resume import resume
from keras_pix2pixhd.runs.train import train

__all__ = ["Run", "build_gan", "new_run_folder", "resume", "train"]
