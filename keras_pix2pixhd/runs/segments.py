"""What is left of a training, as the calls of `fit` that do it."""

import math
import typing


class Segment(typing.NamedTuple):
    """Some epochs of equal length.

    Attributes:
        epoch: int, how many epochs are done before.
        epochs: int, how many are done after.
        steps: int, batches in each of these.
        start: int, how many batches are done before.
        steps_per_execution: int, which divides `steps`.
    """

    epoch: int
    epochs: int
    steps: int
    start: int
    steps_per_execution: int


def segments(config, steps_per_epoch, position):
    """Plans what is left to train.

    Keras begins each epoch with its first batch. So the rest of an epoch
    that was begun is a call of its own, as is a last epoch that is cut short.

    Args:
        config: `RunConfig`.
        steps_per_epoch: int, of a whole epoch.
        position: `Position` to go on from.

    Returns:
        List of `Segment`; empty, where the training has ended.

    Raises:
        ValueError: if `steps_per_execution` does not divide a whole epoch.
    """
    left = steps_left(config, steps_per_epoch, position)
    epoch, in_epoch, start = position
    together = config.steps_per_execution
    planned = []
    while left > 0:
        rest = max(steps_per_epoch - in_epoch, 1)
        steps = min(rest, left)
        epochs = 1 if in_epoch or steps < rest else left // steps
        if steps == steps_per_epoch and steps % together:
            raise ValueError(
                "steps_per_execution must divide the steps of an epoch. "
                f"Received: steps_per_execution={together} for {steps} "
                "steps. Set steps_per_epoch to a multiple of it "
                f"({_multiple(steps, together)}), or leave it out."
            )
        planned.append(
            Segment(
                epoch, epoch + epochs, steps, start, math.gcd(steps, together)
            )
        )
        epoch, in_epoch = epoch + epochs, 0
        start, left = start + epochs * steps, left - epochs * steps
    return planned


def steps_left(config, steps_per_epoch, position):
    """Returns how many batches are left to train on."""
    if config.steps is not None:
        return config.steps - position.step
    left = config.epochs - position.epoch
    return left * steps_per_epoch - position.step_in_epoch


def _multiple(steps, together):
    return max(round(steps / together), 1) * together
