"""What is counted of training steps, finite ones and others."""

from keras import ops


class StepCounts:
    """Variables that say how many steps were skipped, and of the others how
    long the gradient of each network was.

    Args:
        state: function `(name, value, dtype="int")` that makes a scalar
            variable.
        networks: tuple of names.

    Attributes:
        skipped, skipped_in_a_row: int variables.
        finite: int variable, how many since `forget_norms`.
        norm_sums: dict from a network's name to the sum of the norms in
            these, a variable.
    """

    def __init__(self, state, networks):
        self.skipped = state("skipped_steps", 0)
        self.skipped_in_a_row = state("skipped_in_a_row", 0)
        self.finite = state("finite_steps", 0)
        self.norm_sums = {
            name: state(f"{name}_norm_sum", 0.0, dtype="float32")
            for name in networks
        }

    def note(self, finite, norms):
        """Counts a step.

        Args:
            finite: bool scalar, whether it is not skipped.
            norms: dict from a network's name to its gradient's norm.
        """
        one = ops.cast(1, self.skipped.dtype)
        none = ops.cast(0, self.skipped.dtype)
        self.skipped.assign_add(ops.where(finite, none, one))
        in_a_row = ops.where(finite, none, self.skipped_in_a_row + one)
        self.skipped_in_a_row.assign(in_a_row)
        self.finite.assign_add(ops.where(finite, one, none))
        for name, norm in norms.items():
            self.norm_sums[name].assign_add(ops.where(finite, norm, 0.0))

    def forget_norms(self):
        """Begins the sums of the norms, and the steps in them, anew."""
        for variable in (self.finite, *self.norm_sums.values()):
            variable.assign(0)

    def report(self):
        """Returns a dict of floats: the counts, and the means of the norms.

        A mean of no step is 0.
        """
        steps = max(int(self.finite.numpy()), 1)
        norms = {
            f"{name}_gradient_norm": float(total.numpy()) / steps
            for name, total in self.norm_sums.items()
        }
        return {
            "skipped_steps": float(self.skipped.numpy()),
            "skipped_in_a_row": float(self.skipped_in_a_row.numpy()),
            **norms,
        }
