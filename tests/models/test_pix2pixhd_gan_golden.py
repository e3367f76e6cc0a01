"""Five steps of training, beside the reference's own."""

import keras
import numpy as np
import pytest
from keras import ops

from keras_pix2pixhd.models import (
    GlobalGenerator,
    MultiscaleDiscriminator,
    Pix2PixHDGAN,
)
from tests.golden import loading
from tests.small_gan import train


class TorchAdam(keras.optimizers.Adam):
    """Adam in torch's exact form.

    Keras adds epsilon before the bias correction, so the same number weighs
    31 times more in its first step, and rounds 1 - 0.999 to single
    precision. Neither matters to a user; in five steps both can be seen.
    """

    def update_step(self, gradient, variable, learning_rate):
        index = self._get_variable_index(variable)
        m, v = self._momentums[index], self._velocities[index]
        step = ops.cast(self.iterations + 1, "float32")
        self.assign(m, m + (gradient - m) * (1 - self.beta_1))
        self.assign(v, v + (ops.square(gradient) - v) * (1 - self.beta_2))
        scale = -ops.expm1(step * np.log(self.beta_2).astype("float32"))
        root = ops.sqrt(v) / ops.sqrt(scale) + self.epsilon
        rate = learning_rate / (1 - self.beta_1**step)
        self.assign_sub(variable, rate * m / root)


def golden_gan(make_optimizer, **compiling):
    generator = GlobalGenerator(
        6, filters=4, num_downsamplings=2, num_residual_blocks=2
    )
    discriminator = MultiscaleDiscriminator(9, filters=4)
    loading.load_generator(generator, loading.state_dict("train_start_G"))
    loading.load_discriminator(
        discriminator, loading.state_dict("train_start_D")
    )
    gan = Pix2PixHDGAN(
        generator, discriminator, class_table=5, use_instance_edges=True
    )
    gan.compile(make_optimizer(), make_optimizer(), **compiling)
    return gan


def terms(logs):
    """The columns of the golden trajectory."""
    return [
        [
            step["discriminator_fake_loss"],
            step["discriminator_real_loss"],
            step["adversarial_loss"],
            10 * step["feature_matching_loss"],
        ]
        for step in logs
    ]


@pytest.fixture(scope="module")
def cases():
    return loading.cases()


@pytest.fixture(scope="module")
def batch(cases):
    return {key: cases[key] for key in ("label", "image", "instance")}


def test_first_losses_are_the_references(cases, batch):
    gan = golden_gan(keras.optimizers.Adam, run_eagerly=True)
    logs = gan.test_on_batch(batch, return_dict=True)
    np.testing.assert_allclose(
        terms([logs])[0], cases["trajectory"][0], rtol=1e-5
    )


def test_five_steps_are_the_references(cases, batch):
    gan = golden_gan(lambda: TorchAdam(2e-3, 0.5, 0.999, epsilon=1e-8))
    found = terms(train(gan, batch, steps=5))
    np.testing.assert_allclose(found, cases["trajectory"], rtol=1e-4)
    painted = ops.convert_to_numpy(gan.predict_on_batch(batch))
    np.testing.assert_allclose(painted, cases["train_end_out"], atol=1e-3)


def test_kerass_adam_with_the_same_epsilon_goes_the_same_way(cases, batch):
    # 1e-8 * sqrt(1 - 0.999): what torch's epsilon amounts to at first
    gan = golden_gan(
        lambda: keras.optimizers.Adam(2e-3, 0.5, 0.999, epsilon=3.16e-10)
    )
    found = terms(train(gan, batch, steps=5))
    np.testing.assert_allclose(found, cases["trajectory"], rtol=1e-3)
    painted = ops.convert_to_numpy(gan.predict_on_batch(batch))
    np.testing.assert_allclose(painted, cases["train_end_out"], atol=1e-2)
