"""Where a training is."""

import typing


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
