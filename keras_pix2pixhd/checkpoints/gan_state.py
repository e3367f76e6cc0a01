"""Every variable that a training is made of."""

import re
import typing

from keras import ops

WEIGHTS, OPTIMIZERS, MEANS = "weights", "optimizers", "means"


class Part(typing.NamedTuple):
    """A variable of a training.

    Attributes:
        group: `WEIGHTS` (of the networks and of what is drawn from: pools,
            seeds), `OPTIMIZERS`, or `MEANS` (of the epoch under way).
        variable: `keras.Variable`.
    """

    group: str
    variable: object

    @property
    def runs(self):
        """Whether an epoch may begin with it set to zero."""
        scalar = len(self.variable.shape) == 0
        return self.group == MEANS or (self.group == OPTIMIZERS and scalar)

    def description(self):
        """Returns `[group, path, shape, dtype]`; JSON can hold it."""
        variable = self.variable
        shape = [int(side) for side in variable.shape]
        return [self.group, self.path, shape, str(variable.dtype)]

    @property
    def path(self):
        """Its name without what Keras counts within a process.

        `adam_3/conv2d_7_kernel_momentum` is the `conv2d_kernel_momentum` of
        whichever optimizer comes first.
        """
        path = self.variable.path
        if self.group == OPTIMIZERS:
            path = path.partition("/")[2] or path
        return re.sub(r"_\d+(?=[/_]|$)", "", path)


def parts_of(gan):
    """Returns the `Part`s of a compiled model, always in the same order.

    Each variable is there once, however many optimizers hold it.
    """
    if hasattr(gan, "jax_state_sync"):
        gan.jax_state_sync()  # where JAX has the values in an epoch
    found = {}
    for group, variables in (
        (WEIGHTS, gan.variables),
        (OPTIMIZERS, _optimizer_variables(gan.optimizer)),
        (MEANS, gan.metrics_variables),
    ):
        for variable in variables:
            found.setdefault(id(variable), Part(group, variable))
    return [*found.values()]


def running_values(gan):
    """Returns pairs of a variable and its value: what counts in an epoch."""
    return [
        (part.variable, ops.convert_to_numpy(part.variable).copy())
        for part in parts_of(gan)
        if part.runs
    ]


def _optimizer_variables(optimizer):
    """Of an optimizer and all that are inside it."""
    yield from optimizer.variables
    inner = getattr(optimizer, "inner_optimizer", None)
    for part in [inner, *getattr(optimizer, "optimizers", [])]:
        if part is not None:
            yield from _optimizer_variables(part)
