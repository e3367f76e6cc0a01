"""Writes all that a training is made of."""

import json
import os

import keras

import keras_pix2pixhd
from keras_pix2pixhd.argument_checks import checked_path
from keras_pix2pixhd.checkpoints.checkpoint_file import write_checkpoint_file
from keras_pix2pixhd.checkpoints.description import describe
from keras_pix2pixhd.checkpoints.folder import checkpoint_path
from keras_pix2pixhd.checkpoints.gan_state import parts_of
from keras_pix2pixhd.checkpoints.position import checked_position
from keras_pix2pixhd.whole_file import whole_file

FORMAT = 1


def save_checkpoint(gan, folder, position, extra=None):
    """Writes a checkpoint of a training.

    All variables are in it: of the networks, their averages, the image pool
    and whatever random numbers are drawn from, of the optimizers, and the
    means of the epoch under way. It is one file, `step-00001234.npz`, that is
    written aside, forced to the disk and then renamed: a process that is
    killed, or a machine that loses its power, leaves the former ones whole.

    Args:
        gan: `Pix2PixHDGAN`, compiled.
        folder: where to; made if need be.
        position: `Position`, or its three numbers.
        extra: dict that JSON can hold, or `None`. It comes back with
            `restore_checkpoint`.

    Returns:
        `pathlib.Path` of the file.

    Raises:
        ValueError: if the model is no `Pix2PixHDGAN` or not compiled, an
            argument is not as said, or the file cannot be written, as on a
            full disk.
    """
    check_compiled(gan)
    folder = checked_path("folder", folder)
    position = checked_position("position", position)
    network = gan.perceptual_network
    header = {
        "format": FORMAT,
        "position": position._asdict(),
        "extra": checked_json("extra", {} if extra is None else extra),
        "versions": {
            "keras_pix2pixhd": keras_pix2pixhd.__version__,
            "keras": keras.__version__,
            "backend": keras.backend.backend(),
        },
        "perceptual": network and network.get_config(),
        **describe(gan),
    }
    arrays = (
        keras.ops.convert_to_numpy(part.variable) for part in parts_of(gan)
    )
    path = checkpoint_path(folder, position.step)
    try:
        with whole_file(path) as part:
            write_checkpoint_file(part, header, arrays)
            _to_disk(part)
        _to_disk(path.parent)
    except ValueError as error:
        reason = error.__cause__ or error
        raise ValueError(
            f'The checkpoint "{path}" must be written. Received: {reason}. '
            "Those before are whole: free some space, and resume."
        ) from error
    return path


def check_compiled(gan):
    """Refuses what is no `Pix2PixHDGAN`, or has no optimizers yet."""
    if not hasattr(gan, "compiled") or not hasattr(gan, "perceptual_network"):
        raise ValueError(
            "A checkpoint must be of a Pix2PixHDGAN. Received: "
            f"{type(gan).__name__}. Other models have save of their own, and "
            "keras.callbacks.BackupAndRestore."
        )
    if not gan.compiled:
        raise ValueError(
            "The model must be compiled: its optimizers are a part of a "
            "checkpoint. Received: a model that is not. Call compile first."
        )


def checked_json(name, value):
    """Returns a dict that JSON can hold."""
    try:
        json.dumps(value)
        if not isinstance(value, dict):
            raise TypeError(f"{name}={value!r}")
    except (TypeError, ValueError, RecursionError) as error:
        raise ValueError(
            f"{name} must be a dict that JSON can hold. Received: {error}"
        ) from error
    return value


def _to_disk(path):
    """Waits until the disk has a file, or the names in a folder."""
    if os.name == "nt" and path.is_dir():
        return  # Windows opens no folders
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
