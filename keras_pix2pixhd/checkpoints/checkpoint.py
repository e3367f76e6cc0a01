"""What a checkpoint says of a training."""

import pathlib
import typing

from keras_pix2pixhd.checkpoints.position import Position


class Checkpoint(typing.NamedTuple):
    """A checkpoint that a model was restored from.

    Attributes:
        path: `pathlib.Path` of its file.
        position: `Position` to go on from.
        extra: dict, what else was saved with it.
        running: list of a variable and its value: what counts within an
            epoch, such as the means of its losses.
        backend: str, the backend of Keras that it was written on.
    """

    path: pathlib.Path
    position: Position
    extra: dict
    running: list
    backend: str

    def restore_running(self):
        """Sets the means of the epoch under way again.

        Keras sets them to zero when it begins an epoch, so this is to be
        called after that; `TrainingCheckpoint` does.
        """
        for variable, value in self.running:
            variable.assign(value)
