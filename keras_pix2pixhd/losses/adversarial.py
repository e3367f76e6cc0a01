"""What the adversarial losses have in common."""

import abc

from keras import ops


class AdversarialLoss(abc.ABC):
    """A loss on the patch scores of a discriminator; the base of them all.

    A subclass says what one score costs, by three methods from a float32
    tensor of scores to a tensor of costs: `real_cost`, `fake_cost` and,
    unless it is that of a real image, `generator_cost`. Every public method
    takes a list of patch scores, one tensor per scale, and returns a float32
    scalar: the mean over the patches of each scale, summed over the scales.

    Example:

    >>> class Linear(AdversarialLoss):
    ...     def real_cost(self, score):
    ...         return -score
    ...
    ...     def fake_cost(self, score):
    ...         return score
    >>> float(Linear().fake([np.array([[1.0, 2.0]]), np.array([[3.0]])]))
    4.5
    """

    def real(self, scores):
        """What the discriminator pays for its scores of real images."""
        return _total(self.real_cost, scores)

    def fake(self, scores):
        """What the discriminator pays for its scores of fake images."""
        return _total(self.fake_cost, scores)

    def generator(self, scores):
        """What the generator pays for the scores of its images."""
        return _total(self.generator_cost, scores)

    @abc.abstractmethod
    def real_cost(self, score):
        """What the discriminator pays for each score of a real image."""

    @abc.abstractmethod
    def fake_cost(self, score):
        """What the discriminator pays for each score of a fake image."""

    def generator_cost(self, score):
        """What the generator pays for each score of its image."""
        return self.real_cost(score)

    def get_config(self):
        return {}

    @classmethod
    def from_config(cls, config):
        return cls(**config)


def _total(cost, scores):
    return sum(ops.mean(cost(ops.cast(score, "float32"))) for score in scores)
