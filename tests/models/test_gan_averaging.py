"""A model with `ema_decay` paints with the average of what it trains."""

import keras
import numpy as np
import pytest

from keras_pix2pixhd.models import Pix2PixHDGAN, grow_gan
from tests.small_gan import (
    compiled_gan,
    largest_difference,
    small_batch,
    small_gan,
    train,
    values,
)

needs_tensorflow = pytest.mark.skipif(
    keras.backend.backend() != "tensorflow", reason="TensorFlow's trainer"
)


def averaging(**arguments):
    return compiled_gan(ema_decay=0.9, **arguments)


def painted(generator, gan, batch):
    image = generator(gan.semantic_input(batch), training=False)
    return keras.ops.convert_to_numpy(image)


@pytest.fixture(scope="module")
def trained():
    gan = averaging()
    train(gan, small_batch(), steps=3)
    return gan


def test_without_a_decay_the_generator_paints():
    gan = small_gan()
    assert gan.averaged_generator is None
    assert gan.inference_generator is gan.generator


def test_with_one_the_average_of_the_weights_before_each_step_paints():
    gan, batch = averaging(), small_batch()
    expected = values(gan.generator.weights)
    for step in range(3):
        weights = values(gan.generator.weights)
        d = min(0.9, (1 + step) / (10 + step))
        expected = [
            d * average + (1 - d) * weight
            for average, weight in zip(expected, weights, strict=True)
        ]
        train(gan, batch)
    assert gan.inference_generator is gan.averaged_generator
    found = values(gan.averaged_generator.weights)
    assert largest_difference(found, expected) <= 1e-6
    assert largest_difference(found, values(gan.generator.weights)) > 1e-5


def test_training_is_the_same_with_and_without():
    gan, plain, batch = averaging(), compiled_gan(), small_batch()
    assert train(gan, batch, 2) == train(plain, batch, 2)
    found, expected = (values(g.trainable_variables) for g in (gan, plain))
    assert largest_difference(found, expected) == 0


def test_the_average_paints_where_nothing_is_trained(trained):
    batch = small_batch(1)
    expected = painted(trained.averaged_generator, trained, batch)
    other = painted(trained.generator, trained, batch)
    assert np.abs(expected - other).max() > 1e-4
    found = trained.predict(batch, verbose=0)
    np.testing.assert_allclose(found, expected, atol=1e-5)
    np.testing.assert_allclose(trained(batch), expected, atol=1e-5)
    pixels = trained.generate(batch["label"])
    assert np.abs(pixels - 127.5 * (expected + 1)).max() <= 0.501


def test_the_trained_generator_paints_in_training(trained):
    batch = small_batch(1)
    found = keras.ops.convert_to_numpy(trained(batch, training=True))
    expected = painted(trained.generator, trained, batch)
    np.testing.assert_allclose(found, expected, atol=1e-5)


def test_evaluating_judges_the_average_and_moves_nothing(trained):
    batch = small_batch(1)
    before = values(trained.weights)
    logs = trained.evaluate(batch, verbose=0, return_dict=True)
    assert largest_difference(values(trained.weights), before) == 0
    plain = small_gan()
    for name in ("generator", "discriminator"):
        source = trained.inference_generator
        source = source if name == "generator" else trained.discriminator
        getattr(plain, name).set_weights(source.get_weights())
    plain.compile("sgd", "adam", run_eagerly=True)
    expected = plain.evaluate(batch, verbose=0, return_dict=True)
    assert logs == pytest.approx(expected, rel=1e-5)


@pytest.mark.slow
@needs_tensorflow
def test_compiled_steps_average_as_eager_ones():
    batches = [small_batch(seed) for seed in range(4)]
    whole = {
        key: np.concatenate([batch[key] for batch in batches])
        for key in batches[0]
    }
    eager = averaging()
    for batch in batches:
        train(eager, batch)
    compiling = {"run_eagerly": False, "steps_per_execution": 2}
    gan = averaging(compiling=compiling)
    gan.fit(whole, batch_size=2, shuffle=False, verbose=0)
    assert int(gan.weight_average.steps) == 4
    found, expected = (
        values(g.averaged_generator.weights) for g in (gan, eager)
    )
    assert largest_difference(found, expected) <= 1e-5


def test_the_average_comes_back_from_a_file(trained, tmp_path):
    trained.save(tmp_path / "gan.keras")
    for compile in (True, False):
        loaded = keras.saving.load_model(
            tmp_path / "gan.keras", compile=compile
        )
        assert loaded.ema_decay == 0.9
        assert int(loaded.weight_average.steps) == 3
        for name in ("generator", "averaged_generator"):
            found, expected = (
                values(getattr(g, name).weights) for g in (loaded, trained)
            )
            assert largest_difference(found, expected) == 0


def test_models_of_before_have_no_average():
    config = small_gan().get_config()
    del config["ema_decay"]
    assert Pix2PixHDGAN.from_config(config).averaged_generator is None


def test_the_average_is_never_trained(trained):
    trained.trainable = False
    trained.trainable = True
    found = {id(v) for v in trained.trainable_variables}
    assert not found & {id(v) for v in trained.averaged_generator.variables}


def test_batch_statistics_of_the_average_are_the_trained_ones():
    plain = small_gan()
    config = plain.generator.get_config()
    generator = type(plain.generator).from_config(
        {**config, "normalization": "batch"}
    )
    gan = Pix2PixHDGAN(generator, plain.discriminator, 3, ema_decay=0.9)
    gan.compile("adam", "sgd", run_eagerly=True)
    train(gan, small_batch(), 2)
    for source in gan.generator.layers:
        if source.name.endswith("_norm"):
            copy = gan.averaged_generator.get_layer(source.name)
            found = values([copy.moving_mean, copy.moving_variance])
            expected = values([source.moving_mean, source.moving_variance])
            assert largest_difference(found, expected) == 0
            assert np.any(found[0])


def test_a_grown_model_averages_anew_from_the_trained_generator(trained):
    grown = grow_gan(trained)
    assert grown.ema_decay == 0.9
    assert int(grown.weight_average.steps) == 0
    layer = grown.averaged_generator.get_layer("down1_conv")
    expected = trained.generator.get_layer("down1_conv")
    found = values(layer.weights)
    assert largest_difference(found, values(expected.weights)) == 0
    assert grow_gan(trained, ema_decay=0.5).ema_decay == 0.5
    assert grow_gan(trained, ema_decay=0.0).averaged_generator is None


def test_a_decay_out_of_its_range_is_refused():
    with pytest.raises(ValueError, match="below 1. Received: ema_decay=1.0"):
        small_gan(ema_decay=1.0)
