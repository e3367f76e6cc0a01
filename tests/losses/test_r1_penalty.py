import keras
import numpy as np
import pytest
from keras import ops

from keras_pix2pixhd.losses import R1Penalty
from keras_pix2pixhd.models import PatchDiscriminator
from tests.gradients import gradients


def penalty(scores_of, image):
    return ops.convert_to_numpy(R1Penalty()(scores_of, image)).item()


def scores_of(network, weights=None):
    """The scores of a discriminator that takes no note of it."""

    def function(image):
        outputs, _ = network.stateless_call(
            weights or [v.value for v in network.trainable_variables],
            [v.value for v in network.non_trainable_variables],
            image,
            training=True,
        )
        return outputs[-1:]

    return function


def test_linear_scores():
    # 2 and 3 for the two channels of 6 pixels, in a mean over them:
    # half of 6 * (2^2 + 3^2) / 6^2
    weights = np.array([2, 3], "float32").reshape(2, 1)
    image = np.zeros((4, 2, 3, 2), "float32")
    found = penalty(lambda x: [ops.matmul(x, weights)], image)
    assert found == pytest.approx(6 * 13 / 36 / 2)


def test_gradients_of_scales_add_up():
    # 2/4 by the first scale, 3/4 by the second, for each of 4 pixels
    found = penalty(lambda x: [2 * x, 3 * x], np.zeros((1, 2, 2, 1)))
    assert found == pytest.approx(4 * (5 / 4) ** 2 / 2)


def test_images_of_a_batch_are_averaged():
    # d/dx of x^2, one pixel an image: 2 and 6; half of (4 + 36) / 2
    image = np.array([1, 3], "float32").reshape(2, 1, 1, 1)
    assert penalty(lambda x: [x**2], image) == pytest.approx(10)


def test_constant_scores_cost_nothing():
    assert penalty(lambda x: [0 * x + 7], np.ones((1, 2, 2, 1))) == 0


def test_gradient_with_respect_to_weights():
    image = np.array([1, 3], "float32").reshape(2, 1, 1, 1)

    def function(w):
        return R1Penalty()(lambda x: [w * x**2], image)

    # the penalty is 10 w^2
    (found,) = gradients(function, np.array(0.5, "float32"))
    assert found == pytest.approx(10)


def test_no_gradient_reaches_the_image():
    image = np.ones((1, 2, 2, 1), "float32")
    (found,) = gradients(lambda x: R1Penalty()(lambda y: [y**2], x), image)
    assert not found.any()


def test_second_order_gradient_of_a_discriminator(rng):
    network = PatchDiscriminator(2, filters=2, num_layers=1)
    image = rng.uniform(-1, 1, (2, 8, 8, 2)).astype("float32")
    weights = [
        20 * ops.convert_to_numpy(v) for v in network.trainable_variables
    ]

    def function(*weights):
        return R1Penalty()(scores_of(network, list(weights)), image)

    def penalty_at(step):
        moved = zip(weights, found, strict=True)
        value = function(
            *[ops.convert_to_tensor(w + step * g) for w, g in moved]
        )
        return ops.convert_to_numpy(value).item()

    found = gradients(function, *weights)
    squared = sum((g**2).sum() for g in found)
    # along the gradient the penalty rises by its squared length
    step = 0.001 * penalty_at(0) / squared
    rise = (penalty_at(step) - penalty_at(-step)) / (2 * step)
    assert squared > 0
    assert rise == pytest.approx(squared, rel=0.02)


def test_float16_keeps_the_small_gradients(rng):
    image = rng.uniform(-1, 1, (1, 64, 64, 3)).astype("float32")
    exact, rough = (
        PatchDiscriminator(3, 4, 1, normalization="none", dtype=dtype)
        for dtype in ("float32", "mixed_float16")
    )
    rough.set_weights(exact.get_weights())
    found = penalty(scores_of(rough), image)
    assert found == pytest.approx(penalty(scores_of(exact), image), rel=0.01)


@keras.saving.register_keras_serializable(package="tests")
class Judge(keras.Model):
    """Pays for nothing but the gradient of its scores, 10 w^2."""

    def __init__(self):
        super().__init__()
        self.layer = keras.layers.Dense(
            1, use_bias=False, kernel_initializer="ones"
        )
        self.layer.build((None, 1, 1, 1))
        self.built = True

    def call(self, x):
        return self.layer(x)

    def compute_loss(self, x, *args, **kwargs):
        return R1Penalty()(lambda image: [self.layer(image**2)], x)


@pytest.mark.parametrize("eagerly", [True, False])
def test_inside_the_training_step(eagerly):
    image = np.array([1, 3], "float32").reshape(2, 1, 1, 1)
    model = Judge()
    model.compile(keras.optimizers.SGD(0.01), run_eagerly=eagerly)
    for _ in range(2):
        model.train_on_batch(image)
    # 1 - 0.01 * 20, then 0.8 - 0.01 * 16
    assert model.layer.kernel.numpy().item() == pytest.approx(0.64)
    assert model.evaluate(image, verbose=0) == pytest.approx(4.096, rel=1e-4)


def test_stateless_call_leaves_the_network_as_it_was(rng):
    network = PatchDiscriminator(3, 2, 1, normalization="batch")
    before = network.get_weights()
    penalty(scores_of(network), rng.random((1, 16, 16, 3), "float32"))
    for a, b in zip(before, network.get_weights(), strict=True):
        assert (a == b).all()


def test_config_round_trip():
    config = keras.saving.serialize_keras_object(R1Penalty())
    assert type(keras.saving.deserialize_keras_object(config)) is R1Penalty
