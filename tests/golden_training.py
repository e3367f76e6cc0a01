"""The model that the reference's five steps of training start from."""

import keras
import numpy as np
from keras import ops

from keras_pix2pixhd.converters import (
    load_nvidia_discriminator,
    load_nvidia_generator,
)
from keras_pix2pixhd.models import Pix2PixHDGAN
from tests.golden import loading


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
    gan = Pix2PixHDGAN(
        load_nvidia_generator(loading.state_dict("train_start_G")),
        load_nvidia_discriminator(loading.state_dict("train_start_D")),
        class_table=5,
        use_instance_edges=True,
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


def golden_batch(cases):
    return {key: cases[key] for key in ("label", "image", "instance")}
