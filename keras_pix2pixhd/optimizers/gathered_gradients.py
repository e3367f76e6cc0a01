"""Gradients of several steps, for one update."""

from keras import ops


class GatheredGradients:
    """Sums gradients until there are enough of them for an update.

    Args:
        optimizer: `keras.optimizers.Optimizer` whose state the sums are.
        variables: list of variables that have gradients.
        steps: int, at least 2. How many make an update.
    """

    def __init__(self, optimizer, variables, steps):
        self.steps = steps
        self.count = optimizer.scalar("gathered_steps", 0)
        self.places = {id(v): i for i, v in enumerate(variables)}
        self.sums = [
            optimizer.add_variable_from_reference(v, "gathered")
            for v in variables
        ]

    def add(self, finite, gradients, variables):
        """Takes the gradients of a step, if they are finite.

        Args:
            finite: bool scalar.
            gradients: list of tensors; `None` stays.
            variables: list of what they belong to.

        Returns:
            Whether there are enough, and their means. Then it is empty again.
        """
        count = self.count + ops.cast(finite, self.count.dtype)
        enough = ops.equal(count, self.steps)
        means = []
        for gradient, variable in zip(gradients, variables, strict=True):
            if gradient is not None:
                gathered = self.sums[self.places[id(variable)]]
                total = gathered + ops.where(finite, gradient, 0.0)
                gathered.assign(ops.where(enough, 0.0, total))
                gradient = total / self.steps
            means.append(gradient)
        self.count.assign(ops.where(enough, ops.zeros_like(count), count))
        return enough, means
