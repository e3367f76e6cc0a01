"""Who moves in a training step, and by how much."""

import keras
import numpy as np
import pytest
from keras import ops

from keras_pix2pixhd.losses import LSGANLoss
from tests.small_gan import (
    adam,
    compiled_gan,
    largest_difference,
    small_batch,
    small_gan,
    train,
    values,
)

needs_tensorflow = pytest.mark.skipif(
    keras.backend.backend() != "tensorflow",
    reason="The step is written out with TensorFlow's tapes.",
)


class OnlyForTheGenerator(LSGANLoss):
    """The discriminator pays nothing, whatever it says."""

    def real(self, scores):
        return 0.0 * super().real(scores)

    fake = real


def moved(gan, network, batch):
    """Trains one step; for every variable, whether it changed."""
    before = values(network.trainable_variables)
    train(gan, batch)
    after = values(network.trainable_variables)
    return [
        not np.array_equal(x, y) for x, y in zip(before, after, strict=True)
    ]


def after_one_step(network, **compiling):
    gan = compiled_gan(compiling=compiling)
    train(gan, small_batch())
    return values(getattr(gan, network).trainable_variables)


@pytest.mark.parametrize("network", ["generator", "discriminator"])
def test_every_trainable_variable_moves(network):
    gan = compiled_gan()
    found = moved(gan, getattr(gan, network), small_batch())
    assert all(found), found


def test_generator_without_losses_stays_bit_identical():
    gan = compiled_gan(
        compiling={"adversarial_weight": 0.0, "feature_matching_weight": 0.0}
    )
    before = values(gan.generator.variables)
    assert all(moved(gan, gan.discriminator, small_batch()))
    assert largest_difference(values(gan.generator.variables), before) == 0


def test_discriminator_without_losses_stays_bit_identical():
    gan = compiled_gan(compiling={"adversarial_loss": OnlyForTheGenerator()})
    before = values(gan.discriminator.variables)
    assert all(moved(gan, gan.generator, small_batch()))
    assert largest_difference(values(gan.discriminator.variables), before) == 0


def test_discriminator_does_not_see_the_generators_weights():
    found = after_one_step(
        "discriminator", adversarial_weight=0.3, feature_matching_weight=2.0
    )
    assert largest_difference(found, after_one_step("discriminator")) <= 1e-7


def test_generator_does_not_see_the_discriminators_loss():
    found = after_one_step("generator", adversarial_loss=OnlyForTheGenerator())
    assert largest_difference(found, after_one_step("generator")) <= 1e-7


def test_each_network_has_its_own_optimizer():
    # plain gradient descent: three times the rate, three times the way
    def way(network, generator_rate, discriminator_rate):
        sgd = keras.optimizers.SGD
        gan = compiled_gan(
            compiling={
                "generator_optimizer": sgd(generator_rate),
                "discriminator_optimizer": sgd(discriminator_rate),
            }
        )
        variables = getattr(gan, network).trainable_variables
        before = values(variables)
        train(gan, small_batch())
        return [y - x for x, y in zip(before, values(variables), strict=True)]

    for network, rates in {
        "generator": (3, 1),
        "discriminator": (1, 3),
    }.items():
        once = way(network, 1e-3, 1e-3)
        thrice = way(network, *(rate * 1e-3 for rate in rates))
        for x, y in zip(once, thrice, strict=True):
            np.testing.assert_allclose(y, 3 * x, rtol=1e-3, atol=1e-7)


def test_frozen_pass_leaves_the_moving_statistics_alone():
    gan = compiled_gan(normalization="batch")
    twin = small_gan(normalization="batch")
    batch = small_batch()
    condition = twin.semantic_input(batch)
    fake = twin.generator(condition, training=True)
    for image in (batch["image"], fake):  # once each, not fake twice
        judged = ops.concatenate([condition, image], axis=-1)
        twin.discriminator(judged, training=True)
    train(gan, batch)
    found = values(gan.discriminator.non_trainable_variables)
    expected = values(twin.discriminator.non_trainable_variables)
    start = values(small_gan(normalization="batch").non_trainable_variables)
    assert largest_difference(found, expected) <= 1e-6
    assert largest_difference(found, start) > 1e-3


@needs_tensorflow
def test_three_steps_equal_two_explicit_gradients():
    batch = small_batch()
    gan, twin = compiled_gan(), small_gan()
    networks = (twin.generator, twin.discriminator)
    optimizers = (adam(1e-3), adam(2e-3))
    for _ in range(3):
        explicit_step(*networks, *optimizers, batch)
        train(gan, batch)
    for name, network in zip(
        ("generator", "discriminator"), networks, strict=True
    ):
        found = values(getattr(gan, name).trainable_variables)
        expected = values(network.trainable_variables)
        for x, y in zip(found, expected, strict=True):
            np.testing.assert_allclose(x, y, rtol=1e-5, atol=5e-6)


def explicit_step(generator, discriminator, adam_g, adam_d, batch):
    """The algorithm as the paper tells it, with one tape per network."""
    import tensorflow as tf

    condition = tf.one_hot(tf.cast(batch["label"], "int32"), 3)
    real = batch["image"]
    with tf.GradientTape() as tape_g, tf.GradientTape() as tape_d:
        fake = generator(condition, training=True)
        of_fake = discriminator(tf.concat([condition, fake], -1))
        of_real = discriminator(tf.concat([condition, real], -1))
        of_constant = discriminator(
            tf.concat([condition, tf.stop_gradient(fake)], -1)
        )
        loss_g = sum(tf.reduce_mean((maps[-1] - 1) ** 2) for maps in of_fake)
        for fakes, reals in zip(of_fake, of_real, strict=True):
            for x, y in zip(fakes[:-1], reals[:-1], strict=True):
                distance = tf.reduce_mean(tf.abs(x - tf.stop_gradient(y)))
                loss_g += 10 * (4 / 3) / 2 * distance
        loss_d = 0.5 * sum(
            tf.reduce_mean((reals[-1] - 1) ** 2)
            + tf.reduce_mean(fakes[-1] ** 2)
            for reals, fakes in zip(of_real, of_constant, strict=True)
        )
    steps = (
        (tape_g, loss_g, generator, adam_g),
        (tape_d, loss_d, discriminator, adam_d),
    )
    for tape, loss, network, optimizer in steps:
        variables = network.trainable_variables
        optimizer.apply(tape.gradient(loss, variables), variables)


def test_graph_step_equals_the_eager_step():
    batch = small_batch()
    eager = compiled_gan()
    graph = compiled_gan(compiling={"run_eagerly": False})
    expected, found = train(eager, batch, 2), train(graph, batch, 2)
    for x, y in zip(found, expected, strict=True):
        assert x == pytest.approx(y, rel=1e-4)


@needs_tensorflow
def test_several_steps_per_execution_equal_single_ones():
    batches = [small_batch(seed) for seed in range(4)]
    whole = {
        key: np.concatenate([batch[key] for batch in batches])
        for key in batches[0]
    }
    found = []
    for steps in (1, 2):
        gan = compiled_gan(
            compiling={"run_eagerly": False, "steps_per_execution": steps}
        )
        gan.fit(whole, batch_size=2, shuffle=False, verbose=0)
        found.append(values(gan.trainable_variables))
    assert largest_difference(*found) <= 1e-5


def test_sizes_that_cannot_be_halved_train_too():
    batch = {
        "label": np.zeros((1, 17, 21), "int32"),
        "image": np.zeros((1, 17, 21, 3), "float32"),
    }
    assert np.isfinite(train(compiled_gan(), batch)[0]["loss"])
