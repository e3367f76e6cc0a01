"""TensorFlow, JAX and torch compute the same.

Runs on any of them, beside numbers that TensorFlow wrote; those of the plain
model, in tests/golden/test_networks.py and
tests/models/test_pix2pixhd_gan_golden.py, are the reference's own.
"""

import keras
import numpy as np
import pytest

from tests.backend_gans import painted, train_on, whole_gan
from tests.golden.backends.write import FOLDER
from tests.small_gan import values, write_vgg19_prefix

# JAX compiles a step much faster than it takes one operation by operation
EAGERLY = {"run_eagerly": keras.backend.backend() != "jax"}


@pytest.fixture(scope="module")
def vgg19(tmp_path_factory):
    return write_vgg19_prefix(tmp_path_factory.mktemp("vgg") / "vgg.npz")


def test_five_steps_of_everything_are_equal(vgg19):
    gan = whole_gan(vgg19, **EAGERLY)
    before = values(gan.trainable_variables)
    terms = train_on(gan, range(5))
    images = painted(gan)
    with np.load(FOLDER / "whole.npz") as expected:
        np.testing.assert_allclose(terms, expected["terms"], rtol=1e-4)
        np.testing.assert_allclose(images, expected["painted"], atol=1e-3)
    # there is no weight without a gradient that would have to be left out,
    # as a bias before a normalization: each went as far as Adam's steps are
    after = values(gan.trainable_variables)
    for weight, start, end in zip(
        gan.trainable_variables, before, after, strict=True
    ):
        assert np.abs(end - start).mean() > 1e-4, weight.path
