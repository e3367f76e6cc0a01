"""What watches a training run."""

from keras_pix2pixhd.callbacks.grid import sample_grid
from keras_pix2pixhd.callbacks.sample_grid import SampleGrid
from keras_pix2pixhd.callbacks.samples import take_samples
from keras_pix2pixhd.callbacks.save_model import SaveModel
from keras_pix2pixhd.callbacks.stop_at_step import StopAtStep

__all__ = [
    "SampleGrid",
    "SaveModel",
    "StopAtStep",
    "sample_grid",
    "take_samples",
]
