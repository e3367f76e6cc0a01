"""What watches a training run."""

from keras_pix2pixhd.callbacks.divergence_guard import DivergenceGuard
from keras_pix2pixhd.callbacks.evaluate_generator import EvaluateGenerator
from keras_pix2pixhd.callbacks.grid import sample_grid
from keras_pix2pixhd.callbacks.grid_callback import SampleGrid
from keras_pix2pixhd.callbacks.loss_history import LossHistory
from keras_pix2pixhd.callbacks.samples import take_samples
from keras_pix2pixhd.callbacks.save_model import SaveModel
from keras_pix2pixhd.callbacks.step_report import StepReport
from keras_pix2pixhd.callbacks.stop_at_step import StopAtStep
from keras_pix2pixhd.callbacks.tensorboard_log import TensorBoardLog
from keras_pix2pixhd.callbacks.training_checkpoint import TrainingCheckpoint
from keras_pix2pixhd.callbacks.wandb_log import WandbLog
from keras_pix2pixhd.callbacks.whole_epochs import WholeEpochs

__all__ = [
    "DivergenceGuard",
    "EvaluateGenerator",
    "LossHistory",
    "SampleGrid",
    "SaveModel",
    "StepReport",
    "StopAtStep",
    "TensorBoardLog",
    "TrainingCheckpoint",
    "WandbLog",
    "WholeEpochs",
    "sample_grid",
    "take_samples",
]
