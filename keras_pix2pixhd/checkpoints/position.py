"""Where a training is."""

import typing

from keras_pix2pixhd.argument_checks import checked_count


class Position(typing.NamedTuple):
    """How far a training has come.

    Attributes:
        epoch: int, epochs that are done. `fit(initial_epoch=epoch)` goes on
            with the next.
        step_in_epoch: int, batches that are done in the epoch begun; 0
            between two epochs.
        step: int, batches that are done in all.
    """

    epoch: int
    step_in_epoch: int
    step: int


def checked_position(name, value):
    """Returns a `Position`, of one or of its three numbers.

    Raises:
        ValueError: if it is neither, or a number is no count.
    """
    if not isinstance(value, (tuple, list)) or len(value) != 3:
        raise ValueError(
            f"{name} must be a Position, or its three numbers: epochs, steps "
            f"of the epoch begun, steps in all. Received: {name}={value!r}"
        )
    pairs = zip(Position._fields, value, strict=True)
    return Position(*(checked_count(f"{name}: {k}", v, 0) for k, v in pairs))
