import numpy as np
import pytest
from keras import ops

from keras_pix2pixhd.losses.input_gradient import input_gradient
from tests.gradients import gradients

X = np.array([1.0, 2.0, -3.0], "float32")


def test_gradient():
    found = input_gradient(lambda x: ops.sum(x**3), ops.convert_to_tensor(X))
    # 3 x^2
    assert ops.convert_to_numpy(found).tolist() == [3, 12, 27]


def test_it_can_be_differentiated_again():
    def length(w):
        found = input_gradient(
            lambda x: ops.sum(w * x**3), ops.convert_to_tensor(X)
        )
        return ops.sum(found)

    # d/dw of 3 w x^2
    (found,) = gradients(length, np.ones(3, "float32"))
    assert found == pytest.approx([3, 12, 27])
