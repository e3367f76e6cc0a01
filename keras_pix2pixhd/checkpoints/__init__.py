"""Trainings that go on after whatever ended them."""

from keras_pix2pixhd.checkpoints.check_fits import check_fits
from keras_pix2pixhd.checkpoints.checkpoint import Checkpoint
from keras_pix2pixhd.checkpoints.description import describe
from keras_pix2pixhd.checkpoints.folder import (
    list_checkpoints,
    prune_checkpoints,
)
from keras_pix2pixhd.checkpoints.position import Position
from keras_pix2pixhd.checkpoints.restore_checkpoint import restore_checkpoint
from keras_pix2pixhd.checkpoints.save_checkpoint import save_checkpoint

__all__ = [
    "Checkpoint",
    "Position",
    "check_fits",
    "describe",
    "list_checkpoints",
    "prune_checkpoints",
    "restore_checkpoint",
    "save_checkpoint",
]
