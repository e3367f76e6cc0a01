"""Five steps of training, beside the reference's own."""

import keras
import numpy as np
import pytest
from keras import ops

from keras_pix2pixhd.converters import (
    load_nvidia_discriminator,
    load_nvidia_generator,
)
from tests.golden import loading
from tests.golden_training import TorchAdam, golden_batch, golden_gan, terms
from tests.small_gan import largest_difference, train, values


@pytest.fixture(scope="module")
def cases():
    return loading.cases()


@pytest.fixture(scope="module")
def batch(cases):
    return golden_batch(cases)


def test_first_losses_are_the_references(cases, batch):
    gan = golden_gan(keras.optimizers.Adam)
    logs = gan.test_on_batch(batch, return_dict=True)
    np.testing.assert_allclose(
        terms([logs])[0], cases["trajectory"][0], rtol=1e-5
    )


def test_five_steps_are_the_references(cases, batch):
    gan = golden_gan(lambda: TorchAdam(2e-3, 0.5, 0.999, epsilon=1e-8))
    found = terms(train(gan, batch, steps=5))
    np.testing.assert_allclose(found, cases["trajectory"], rtol=1e-5)
    painted = ops.convert_to_numpy(gan.predict_on_batch(batch))
    np.testing.assert_allclose(painted, cases["train_end_out"], atol=1e-4)
    assert_same_weights(gan.generator, load_nvidia_generator, "train_end_G")
    assert_same_weights(
        gan.discriminator, load_nvidia_discriminator, "train_end_D"
    )


def assert_same_weights(network, load, case):
    expected = load(loading.state_dict(case))
    found = largest_difference(
        values(network.weights), values(expected.weights)
    )
    assert found <= 1e-4


def test_kerass_adam_with_the_same_epsilon_goes_the_same_way(cases, batch):
    # 1e-8 * sqrt(1 - 0.999): what torch's epsilon amounts to at first
    gan = golden_gan(
        lambda: keras.optimizers.Adam(2e-3, 0.5, 0.999, epsilon=3.16e-10)
    )
    found = terms(train(gan, batch, steps=5))
    np.testing.assert_allclose(found, cases["trajectory"], rtol=1e-4)
    painted = ops.convert_to_numpy(gan.predict_on_batch(batch))
    np.testing.assert_allclose(painted, cases["train_end_out"], atol=1e-2)
