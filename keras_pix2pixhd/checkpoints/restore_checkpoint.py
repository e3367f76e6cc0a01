"""Sets a model to what a checkpoint says."""

import warnings

from keras_pix2pixhd.argument_checks import checked_path
from keras_pix2pixhd.checkpoints.check_fits import check_fits
from keras_pix2pixhd.checkpoints.checkpoint import Checkpoint
from keras_pix2pixhd.checkpoints.checkpoint_file import (
    read_arrays,
    read_header,
)
from keras_pix2pixhd.checkpoints.folder import list_checkpoints
from keras_pix2pixhd.checkpoints.gan_state import parts_of
from keras_pix2pixhd.checkpoints.position import Position
from keras_pix2pixhd.checkpoints.save_checkpoint import FORMAT, check_compiled


def restore_checkpoint(gan, folder_or_file, warn=warnings.warn):
    """Sets all variables of a training to those of its last checkpoint.

    It may have been written on another backend. What is computed from then on
    is equal but for rounding, and what is drawn at random is something else.

    Args:
        gan: `Pix2PixHDGAN`, made and compiled as it was. Number and rates of
            epochs may be others.
        folder_or_file: the folder that `save_checkpoint` wrote to, or one of
            its files. Of a folder, the newest is taken that is not damaged;
            a warning names those that are.
        warn: function that is given this warning, default `warnings.warn`.

    Returns:
        `Checkpoint`, or `None` if the folder has none.

    Raises:
        ValueError: if the model is no `Pix2PixHDGAN`, is not compiled, or
            differs from that of the checkpoint (then it is not changed), there
            is no such file, or all are damaged.

    Example: a training of 20 epochs of 1000 batches. However often the
    process is killed and started again, it ends as if it had not been.

    ```python
    def train(steps, epoch, epochs):
        gan.fit(
            pairs.to_dataset(repeat=True, start=saved.position.step, ...),
            steps_per_epoch=steps,
            initial_epoch=epoch,
            epochs=epochs,
            callbacks=[history, saved],
        )

    gan.compile(...)
    last = restore_checkpoint(gan, "checkpoints")  # None at first
    saved = TrainingCheckpoint("checkpoints", every=200, resume=last)
    history = LossHistory("history.csv", start=saved.position)
    epoch, begun, step = saved.position
    if begun:  # the rest of that epoch
        train(1000 - begun, epoch, epoch + 1)
        epoch += 1
    train(1000, epoch, 20)
    ```
    """
    check_compiled(gan)
    found = _newest(checked_path("folder_or_file", folder_or_file), warn)
    if found is None:
        return None
    path, header = found
    if header["format"] != FORMAT:
        raise ValueError(
            f"A checkpoint must be of format {FORMAT}. Received: {path} of "
            f"format {header['format']}, written by keras_pix2pixhd "
            f"{header['versions']['keras_pix2pixhd']}. Resume with that."
        )
    check_fits(gan, header, f"the checkpoint {path.name}")
    _restore_perceptual(gan.perceptual_network, header["perceptual"])
    running = []
    dtypes = [dtype for *_, dtype in header["variables"]]
    arrays = read_arrays(path, dtypes)
    for part, array in zip(parts_of(gan), arrays, strict=True):
        part.variable.assign(array)
        if part.runs:
            running.append((part.variable, array))
    position = Position(**header["position"])
    backend = header["versions"]["backend"]
    return Checkpoint(path, position, header["extra"], running, backend)


def _newest(path, warn):
    """The path and the header of the newest that is not damaged."""
    paths = [path] if path.suffix == ".npz" else list_checkpoints(path)
    damaged = []
    for path in reversed(paths):
        try:
            path.open("rb").close()
        except OSError as error:
            raise ValueError(
                f"A checkpoint must be a file that can be read. Received: "
                f"{error}"
            ) from error
        try:
            header = read_header(path)
        except Exception as error:  # damage has many faces
            damaged.append(f"{path.name}: {error or type(error).__name__}")
            continue
        if damaged:
            warn(
                f"Damaged, and left out: {'; '.join(damaged)}. The checkpoint "
                f"before is used: {path.name}"
            )
        return path, header
    if damaged:
        raise ValueError(
            f"At least one checkpoint must be whole. Received: "
            f"{'; '.join(damaged)}. Begin the training anew."
        )
    return None


def _restore_perceptual(network, saved):
    """What was measured on the first images, before they are others."""
    if network is not None:
        network.tap_means = saved["tap_means"]
        network.sha256 = network.sha256 or saved["sha256"]
