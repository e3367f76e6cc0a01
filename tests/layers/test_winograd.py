"""Winograd's 3x3 convolution, against sums over shifted images."""

import numpy as np
import pytest
from keras import ops

from keras_pix2pixhd.layers.winograd import winograd_convolution
from tests.gradients import gradients


def by_hand(x, kernel):
    """The sum over nine shifted images, in float64."""
    height, width = x.shape[1] - 2, x.shape[2] - 2
    return sum(
        x[:, i : i + height, j : j + width].astype("float64") @ kernel[i, j]
        for i in range(3)
        for j in range(3)
    )


def gradients_by_hand(x, kernel, upstream):
    """Of the sum of `upstream` times the result, in float64."""
    _, height, width, _ = upstream.shape
    of_x = np.zeros(x.shape)
    of_kernel = np.zeros(kernel.shape)
    for i in range(3):
        for j in range(3):
            rows, columns = slice(i, i + height), slice(j, j + width)
            of_x[:, rows, columns] += upstream @ kernel[i, j].T
            of_kernel[i, j] = np.einsum(
                "bhwc,bhwf->cf", x[:, rows, columns], upstream
            )
    return of_x, of_kernel


def case(height, width):
    random = np.random.default_rng(0)
    shapes = (2, height, width, 3), (3, 3, 3, 5), (2, height - 2, width - 2, 5)
    return [random.normal(size=shape).astype("float32") for shape in shapes]


SIZES = [(3, 3), (4, 4), (5, 4), (4, 7), (7, 11)]


@pytest.mark.parametrize("size", SIZES)
def test_every_size_gives_the_sums(size):
    x, kernel, _ = case(*size)
    tensors = map(ops.convert_to_tensor, (x, kernel))
    found = ops.convert_to_numpy(winograd_convolution(*tensors))
    np.testing.assert_allclose(found, by_hand(x, kernel), atol=2e-5)


@pytest.mark.parametrize("size", SIZES)
def test_its_gradients_are_those_of_the_sums(size):
    x, kernel, upstream = case(*size)
    weights = ops.convert_to_tensor(upstream)
    found = gradients(
        lambda *case: ops.sum(winograd_convolution(*case) * weights),
        x,
        kernel,
    )
    expected = gradients_by_hand(x, kernel, upstream)
    for one, other in zip(found, expected, strict=True):
        np.testing.assert_allclose(one, other, atol=1e-4)
