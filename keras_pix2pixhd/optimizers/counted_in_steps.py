"""A learning rate that counts steps where an optimizer counts updates."""

import keras
from keras import ops


@keras.saving.register_keras_serializable(package="keras_pix2pixhd")
class CountedInSteps(keras.optimizers.schedules.LearningRateSchedule):
    """A schedule for training that gathers several steps for an update.

    Args:
        schedule: `LearningRateSchedule` of steps.
        steps: int, steps of an update, at least 1.

    Raises:
        ValueError: if `steps` is below 1.

    Example:

    >>> schedule = keras.optimizers.schedules.PiecewiseConstantDecay(
    ...     [10], [1.0, 0.5]
    ... )
    >>> schedule = CountedInSteps(schedule, steps=4)
    >>> [float(schedule(update)) for update in (0, 2, 3)]
    [1.0, 1.0, 0.5]
    """

    def __init__(self, schedule, steps):
        super().__init__()
        if steps < 1:
            raise ValueError(
                f"steps must be at least 1. Received: steps={steps}"
            )
        self.schedule = schedule
        self.steps = steps

    def __call__(self, step):
        return self.schedule(ops.convert_to_tensor(step) * self.steps)

    def get_config(self):
        schedule = keras.saving.serialize_keras_object(self.schedule)
        return {"schedule": schedule, "steps": self.steps}

    @classmethod
    def from_config(cls, config):
        schedule = keras.saving.deserialize_keras_object(config["schedule"])
        return cls(schedule, config["steps"])
