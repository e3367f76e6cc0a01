"""A saved model is the same model: networks, optimizers, class table."""

import json
import os
import pathlib
import subprocess
import sys

import keras
import numpy as np
import pytest

from keras_pix2pixhd.data import ClassTable
from keras_pix2pixhd.models import (
    GlobalGenerator,
    MultiscaleDiscriminator,
    PerceptualNetwork,
    Pix2PixHDGAN,
)
from tests.small_gan import (
    adam,
    check_saved_once,
    compiled_gan,
    largest_difference,
    small_batch,
    small_gan,
    train,
    values,
    write_vgg19_prefix,
)

TABLE = ClassTable(
    names=["road", "car", "sky"],
    ids=[7, (1, 255), 23],
    colors=[(128, 64, 128), (0, 0, 142), (70, 130, 180)],
    void_ids=(9,),
)
LOAD = """
import json, sys
import keras
from keras_pix2pixhd.models import Pix2PixHDGAN
from tests.small_gan import small_batch, values

gan = keras.saving.load_model(sys.argv[1])
pixels = gan.generate(small_batch()["label"])
states = [float(x.sum()) for x in values(gan.optimizer.variables)]
print(json.dumps([int(pixels.sum()), states]))
"""


@pytest.fixture(scope="module")
def trained():
    gan = compiled_gan(TABLE)
    train(gan, small_batch(), steps=2)
    return gan


@pytest.fixture(scope="module")
def path(trained, tmp_path_factory):
    path = tmp_path_factory.mktemp("saved") / "gan.keras"
    trained.save(path)
    return path


@pytest.fixture
def loaded(path):
    return keras.saving.load_model(path)


def copy_of(gan, path):
    gan.save(path)
    return keras.saving.load_model(path)


def test_networks_come_back(trained, loaded):
    assert isinstance(loaded, Pix2PixHDGAN)
    assert isinstance(loaded.generator, GlobalGenerator)
    assert isinstance(loaded.discriminator, MultiscaleDiscriminator)
    found, expected = values(loaded.variables), values(trained.variables)
    assert largest_difference(found, expected) == 0


@pytest.mark.parametrize("name", ["generator", "discriminator"])
def test_both_optimizers_come_back(trained, loaded, name):
    found = getattr(loaded, f"{name}_optimizer")
    expected = getattr(trained, f"{name}_optimizer")
    assert found.get_config() == expected.get_config()
    assert int(found.iterations) == 2
    moments = values(found.variables)
    assert largest_difference(moments, values(expected.variables)) == 0
    assert any(np.any(x) for x in moments[2:])


def test_next_step_is_that_of_the_unsaved_model(trained, path):
    unsaved, loaded = (keras.saving.load_model(path) for _ in range(2))
    for v, x in zip(unsaved.variables, values(trained.variables), strict=True):
        v.assign(x)
    batch = small_batch(1)
    assert train(loaded, batch) == train(unsaved, batch)


def test_training_goes_on_as_if_never_saved(tmp_path):
    gan = compiled_gan()
    train(gan, small_batch(), steps=2)
    loaded = copy_of(gan, tmp_path / "gan.keras")
    batch = small_batch(1)
    expected, found = train(gan, batch, 2), train(loaded, batch, 2)
    for x, y in zip(found, expected, strict=True):
        assert x == pytest.approx(y, rel=1e-6)
    weights = values(loaded.trainable_variables)
    assert largest_difference(weights, values(gan.trainable_variables)) <= 1e-6


def test_fresh_process_has_the_same_model(trained, path):
    root = str(pathlib.Path(__file__).parents[2])
    run = subprocess.run(
        [sys.executable, "-c", LOAD, str(path)],
        env={**os.environ, "PYTHONPATH": root},
        capture_output=True,
        text=True,
    )
    assert run.returncode == 0, run.stderr
    pixels, states = json.loads(run.stdout.splitlines()[-1])
    assert pixels == int(trained.generate(small_batch()["label"]).sum())
    expected = [float(x.sum()) for x in values(trained.optimizer.variables)]
    assert states == pytest.approx(expected, rel=1e-6)


def test_class_table_comes_back(loaded):
    assert loaded.class_table == TABLE
    assert loaded.num_classes == 3


def test_number_of_classes_comes_back(tmp_path):
    loaded = copy_of(small_gan(class_table=3), tmp_path / "gan.keras")
    assert loaded.class_table == 3
    assert loaded.num_classes == 3


def test_settings_come_back(tmp_path):
    gan = small_gan(label_channels=5, use_instance_edges=True, name="cars")
    loaded = copy_of(gan, tmp_path / "gan.keras")
    assert loaded.get_config() == gan.get_config()
    assert loaded.semantic_input.channels == 6
    assert loaded.name == "cars"


def test_uncompiled_model_generates_after_loading(tmp_path):
    gan = small_gan()
    loaded = copy_of(gan, tmp_path / "gan.keras")
    label = small_batch()["label"]
    np.testing.assert_array_equal(loaded.generate(label), gan.generate(label))


def test_compile_settings_come_back(tmp_path):
    settings = {
        "adversarial_weight": 0.5,
        "feature_matching_weight": 2.0,
        "perceptual_weight": 3.0,
        "run_eagerly": False,
        "jit_compile": False,
    }
    gan = compiled_gan(compiling=settings)
    loaded = copy_of(gan, tmp_path / "gan.keras")
    assert loaded.get_compile_config() == gan.get_compile_config()
    assert settings.items() <= loaded.get_compile_config().items()


def test_learning_rate_schedules_go_on(tmp_path):
    def halving(rate):
        return adam(keras.optimizers.schedules.ExponentialDecay(rate, 1, 0.5))

    gan = compiled_gan(
        compiling={
            "generator_optimizer": halving(1e-3),
            "discriminator_optimizer": halving(4e-3),
        }
    )
    train(gan, small_batch(), steps=2)
    loaded = copy_of(gan, tmp_path / "gan.keras")
    rates = [
        float(optimizer.learning_rate)
        for optimizer in (
            loaded.generator_optimizer,
            loaded.discriminator_optimizer,
        )
    ]
    assert rates == pytest.approx([1e-3 / 4, 4e-3 / 4])
    expected, found = train(gan, small_batch(1)), train(loaded, small_batch(1))
    assert found[0] == pytest.approx(expected[0], rel=1e-6)


def test_every_number_is_saved_once(trained, path):
    check_saved_once(trained, path)


@pytest.fixture
def with_network(tmp_path):
    """A trained GAN, saved, with the file of its perceptual weights."""
    file = write_vgg19_prefix(tmp_path / "vgg.npz")
    gan = compiled_gan(perceptual_network=PerceptualNetwork(file))
    gan.fit(small_batch(), verbose=0)
    gan.save(tmp_path / "gan.keras")
    return gan, tmp_path / "gan.keras", file


def test_perceptual_network_comes_back(with_network):
    gan, path, file = with_network
    loaded = keras.saving.load_model(path)
    description = loaded.perceptual_network.get_config()
    assert description == gan.perceptual_network.get_config()
    assert description["weights"] == str(file)
    assert len(description["tap_means"]) == 2
    assert len(description["sha256"]) == 64
    expected, found = train(gan, small_batch()), train(loaded, small_batch())
    assert found[0] == pytest.approx(expected[0], rel=1e-6)
    assert "perceptual_loss" in found[0]


def test_perceptual_weights_are_neither_tracked_nor_saved(with_network):
    gan, path, _ = with_network
    bare = compiled_gan()
    assert len(gan.layers) == len(bare.layers)
    assert len(gan.trainable_variables) == len(bare.trainable_variables)
    shapes = {tuple(v.shape) for v in gan.variables}
    assert (3, 3, 64, 64) not in shapes
    check_saved_once(gan, path)


def test_model_of_moved_weights_generates_and_says_what_is_missing(
    with_network,
):
    gan, path, file = with_network
    file.rename(file.with_name("moved.npz"))
    loaded = keras.saving.load_model(path)
    label = small_batch()["label"]
    np.testing.assert_array_equal(loaded.generate(label), gan.generate(label))
    with pytest.raises(ValueError, match=r"existing file.*vgg\.npz"):
        loaded.fit(small_batch(), verbose=0)
    loaded.perceptual_network = PerceptualNetwork(
        file.with_name("moved.npz"),
        tap_means=gan.perceptual_network.tap_means,
        sha256=gan.perceptual_network.sha256,
    )
    expected, found = train(gan, small_batch()), train(loaded, small_batch())
    assert found[0] == pytest.approx(expected[0], rel=1e-6)


def test_model_of_changed_weights_refuses_them(with_network):
    _, path, file = with_network
    write_vgg19_prefix(file, seed=1)
    loaded = keras.saving.load_model(path)
    with pytest.raises(ValueError, match="must be those that the model was"):
        train(loaded, small_batch())


def test_saved_weights_alone_bring_optimizers_too(trained, tmp_path):
    trained.save_weights(tmp_path / "gan.weights.h5")
    other = compiled_gan(TABLE)
    other.load_weights(tmp_path / "gan.weights.h5")
    for kind in (lambda gan: gan, lambda gan: gan.optimizer):
        found, expected = (values(kind(g).variables) for g in (other, trained))
        assert largest_difference(found, expected) == 0


def test_saving_twice_gives_the_same_numbers(loaded, trained, tmp_path):
    again = copy_of(loaded, tmp_path / "again.keras")
    found = values(again.optimizer.variables)
    assert largest_difference(found, values(trained.optimizer.variables)) == 0
