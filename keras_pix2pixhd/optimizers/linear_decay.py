"""A constant learning rate that falls to zero at the end."""

import keras
from keras import ops


@keras.saving.register_keras_serializable(package="keras_pix2pixhd")
class LinearDecay(keras.optimizers.schedules.LearningRateSchedule):
    """Holds the learning rate, then lowers it linearly to zero.

    Args:
        learning_rate: float, the rate at first.
        hold_steps: int, steps at that rate.
        decay_steps: int, steps from there to zero, at least 1.

    Raises:
        ValueError: if a number of steps is below its minimum.

    Reference:
        The schedule of NVIDIA/pix2pixHD: 100 epochs constant, 100 linear.

    Example:

    >>> schedule = LinearDecay(1.0, hold_steps=2, decay_steps=4)
    >>> [float(schedule(step)) for step in (0, 2, 3, 6, 9)]
    [1.0, 1.0, 0.75, 0.0, 0.0]
    """

    def __init__(self, learning_rate, hold_steps, decay_steps):
        super().__init__()
        if hold_steps < 0 or decay_steps < 1:
            raise ValueError(
                "hold_steps must be at least 0 and decay_steps at least 1. "
                f"Received: hold_steps={hold_steps}, decay_steps={decay_steps}"
            )
        self.learning_rate = learning_rate
        self.hold_steps = hold_steps
        self.decay_steps = decay_steps

    def __call__(self, step):
        passed = ops.cast(step, "float32") - self.hold_steps
        share = ops.clip(1.0 - passed / self.decay_steps, 0.0, 1.0)
        return self.learning_rate * share

    def get_config(self):
        return {
            "learning_rate": self.learning_rate,
            "hold_steps": self.hold_steps,
            "decay_steps": self.decay_steps,
        }
