"""The learning rates of a run: constant, or by a schedule."""

import inspect

import keras
import numpy as np

from keras_pix2pixhd.config_checks import read_schedule
from keras_pix2pixhd.optimizers import LinearDecay
from keras_pix2pixhd.optimizers.counted_in_steps import CountedInSteps

_TRIED = (0, 1, 10, 1000)  # steps
_RATES = ("initial_learning_rate", "learning_rate")


def learning_rate(config, rate, steps_per_epoch):
    """Returns what an optimizer is to have for its rate.

    All of it counts steps, whatever `accumulation_steps` is.

    Args:
        config: `RunConfig`.
        rate: float, the network's own.
        steps_per_epoch: int; needed where there are `decay_epochs`.

    Returns:
        A float or a `LearningRateSchedule`.

    Raises:
        ValueError: if `schedule` is no schedule, or of no rates.
    """
    schedule = _schedule(config, rate, steps_per_epoch)
    if schedule is None:
        return rate
    if config.accumulation_steps > 1:
        return CountedInSteps(schedule, config.accumulation_steps)
    return schedule


def check_schedule(config):
    """Refuses a `schedule` that is none, with a `ValueError`."""
    if config.schedule is not None:
        _read(config.schedule, config.generator_learning_rate)


def _schedule(config, rate, steps_per_epoch):
    if config.schedule is not None:
        return _read(config.schedule, rate)
    if config.decay_epochs > 0:
        total = config.steps or config.epochs * steps_per_epoch
        decay = min(config.decay_epochs * steps_per_epoch, total)
        return LinearDecay(rate, total - decay, decay)
    return None


def _read(text, rate):
    """The schedule of a JSON text, with a network's rate filled in."""
    name, arguments = read_schedule(text)
    known = _known()
    if name not in known:
        raise ValueError(
            f"schedule must be one of {', '.join(known)}. Received: "
            f"class_name={name!r}"
        )
    takes = inspect.signature(known[name]).parameters
    for own in _RATES:
        if own in takes:
            arguments.setdefault(own, rate)
    try:
        schedule = known[name](**arguments)
        rates = [keras.ops.convert_to_numpy(schedule(n)) for n in _TRIED]
    except Exception as error:
        raise ValueError(
            f"schedule must have what {name}({', '.join(takes)}) takes. "
            f"Received: {text}: {error}"
        ) from error
    for step, rate in zip(_TRIED, rates, strict=True):
        if rate.shape != () or not np.isfinite(rate) or rate < 0:
            raise ValueError(
                "schedule must give one finite rate of at least 0 for each "
                f"step. Received: {text}, which gives {rate.tolist()} for "
                f"step {step}. Set other numbers in its config."
            )
    return schedule


def _known():
    """The schedules by their names: those of Keras, and `LinearDecay`."""
    schedules = keras.optimizers.schedules
    found = {
        name: kind
        for name, kind in sorted(vars(schedules).items())
        if inspect.isclass(kind) and kind is not schedules.LearningRateSchedule
    }
    return {**found, "LinearDecay": LinearDecay}
