"""What keeps small gradients from vanishing in float16."""

from keras import ops

FIRST, LOWEST, HIGHEST = 2.0**15, 1.0, 2.0**24
GROWS_AFTER = 2000


class LossScale:
    """A factor of the loss that its gradients are divided by again.

    It is halved by each step whose gradients are not finite, and doubled
    after 2000 finite steps in a row: as large as float16 bears. It stays
    between 1 and 2 ** 24, so that no row of bad steps takes it to zero.

    Args:
        state: function `(name, value, dtype="int")` that makes a scalar
            variable.

    Reference:
        `keras.optimizers.LossScaleOptimizer`, whose numbers these are.
    """

    def __init__(self, state):
        self.value = state("loss_scale", FIRST, dtype="float32")
        self.good_steps = state("good_steps", 0)

    def scaled(self, loss):
        return loss * ops.cast(self.value, loss.dtype)

    def unscaled(self, gradients):
        return [
            None if g is None else g / ops.cast(self.value, g.dtype)
            for g in gradients
        ]

    def adapt(self, finite):
        """Notes whether the gradients of a step were finite."""
        good = self.good_steps + 1
        grows = ops.equal(good, GROWS_AFTER)
        value = ops.convert_to_tensor(self.value)
        higher = ops.minimum(value * 2.0, HIGHEST)
        lower = ops.maximum(value * 0.5, LOWEST)
        kept = ops.where(grows, higher, value)
        self.value.assign(ops.where(finite, kept, lower))
        again = ops.logical_or(grows, ops.logical_not(finite))
        self.good_steps.assign(ops.where(again, ops.zeros_like(good), good))
