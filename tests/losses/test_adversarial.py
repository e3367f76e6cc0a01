import numpy as np
import pytest

from keras_pix2pixhd.losses import AdversarialLoss


class Cubes(AdversarialLoss):
    def real_cost(self, score):
        return -(score**3)

    def fake_cost(self, score):
        return score**3


SCORES = [np.array([[1.0], [2.0]]), np.array([[3.0]])]


def test_a_subclass_says_what_one_score_costs():
    # (1 + 8) / 2 + 27
    assert float(Cubes().fake(SCORES)) == pytest.approx(31.5)
    assert float(Cubes().real(SCORES)) == pytest.approx(-31.5)


def test_generator_pays_as_for_real_images():
    assert float(Cubes().generator(SCORES)) == pytest.approx(-31.5)


def test_the_base_cannot_be_made():
    with pytest.raises(TypeError, match="abstract methods? .*real_cost"):
        AdversarialLoss()
