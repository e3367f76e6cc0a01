"""A learning rate that is zero at first."""

import keras
from keras import ops


@keras.saving.register_keras_serializable(package="keras_pix2pixhd")
class HeldBack(keras.optimizers.schedules.LearningRateSchedule):
    """A rate, or a schedule of one, that is zero for some steps at first.

    The schedule is not shifted: at any later step the rate is what it would
    have been without.

    Args:
        learning_rate: float, or a `LearningRateSchedule`.
        steps: int, how long the rate is zero, at least 1.

    Raises:
        ValueError: if `steps` is below 1.

    Example:

    >>> schedule = HeldBack(0.5, steps=2)
    >>> [float(schedule(step)) for step in (0, 1, 2, 3)]
    [0.0, 0.0, 0.5, 0.5]
    """

    def __init__(self, learning_rate, steps):
        super().__init__()
        if steps < 1:
            raise ValueError(
                f"steps must be at least 1. Received: steps={steps}"
            )
        self.learning_rate = learning_rate
        self.steps = steps

    def __call__(self, step):
        rate = self.learning_rate
        if callable(rate):
            rate = rate(step)
        rate = ops.cast(rate, "float32")
        return ops.where(step < self.steps, ops.zeros_like(rate), rate)

    def get_config(self):
        rate = self.learning_rate
        if callable(rate):
            rate = keras.saving.serialize_keras_object(rate)
        return {"learning_rate": rate, "steps": self.steps}

    @classmethod
    def from_config(cls, config):
        rate = config["learning_rate"]
        if isinstance(rate, dict):
            rate = keras.saving.deserialize_keras_object(rate)
        return cls(rate, config["steps"])
