"""Batches of uint8 images: the same numbers, made on the device."""

import keras
import numpy as np
import pytest

from keras_pix2pixhd.metrics import evaluate_generator
from keras_pix2pixhd.models import PerceptualNetwork
from keras_pix2pixhd.models.first_images import first_images
from tests.featured_gan import compiled_featured_gan
from tests.small_gan import (
    compiled_gan,
    largest_difference,
    small_batch,
    train,
    values,
    write_vgg19_prefix,
)


def both(instance=False):
    """The same batch with pixels, and with floats divided here."""
    batch = small_batch(instance=instance)
    pixels = np.random.default_rng(0).integers(0, 256, batch["image"].shape)
    floats = (pixels / 127.5 - 1).astype("float32")
    return (
        {**batch, "image": pixels.astype("uint8")},
        {**batch, "image": floats},
    )


def check_same(found, expected):
    assert set(found) == set(expected)
    for name, value in expected.items():
        assert float(found[name]) == pytest.approx(float(value), abs=1e-6), name


def test_training_is_the_same():
    logs, weights = [], []
    for batch in both():
        gan = compiled_gan(compiling={"r1_weight": 1.0})
        logs.append(train(gan, batch)[0])
        weights.append(values(gan.trainable_variables))
    check_same(*logs)
    assert largest_difference(*weights) <= 1e-5  # of a step of 1e-3


def test_evaluation_is_the_same():
    gan = compiled_gan()
    logs = [gan.test_on_batch(batch, return_dict=True) for batch in both()]
    check_same(*logs)


def test_a_compiled_fit_is_the_same(tmp_path):
    """With the calibration of the perceptual network, on pixels as well."""
    path = write_vgg19_prefix(tmp_path / "vgg.npz")
    histories, means = [], []
    for batch in both():
        network = PerceptualNetwork(path)
        gan = compiled_gan(
            compiling={"run_eagerly": False}, perceptual_network=network
        )
        history = gan.fit(batch, batch_size=2, verbose=0).history
        histories.append({name: x[0] for name, x in history.items()})
        means.append(network.tap_means)
    assert means[0] == pytest.approx(means[1], rel=1e-6)
    for name, value in histories[1].items():
        assert histories[0][name] == pytest.approx(value, rel=1e-5), name


def test_features_are_the_same():
    pixels, floats = both(instance=True)
    gan = compiled_featured_gan()
    painted = [
        keras.ops.convert_to_numpy(gan(batch)) for batch in (pixels, floats)
    ]
    np.testing.assert_allclose(*painted, atol=1e-6)
    encoded = [
        gan.encode(batch["image"], instance=batch["instance"])
        for batch in (pixels, floats)
    ]
    np.testing.assert_allclose(*encoded, atol=1e-6)


def test_first_images_are_floats():
    pixels, floats = both()
    for data in (pixels, [pixels]):
        found = first_images(data)
        assert found.dtype == np.float32
        np.testing.assert_allclose(found, floats["image"], atol=1e-6)


def test_the_numbers_of_an_evaluation_are_the_same():
    pixels, floats = both()
    gan = compiled_gan()
    found, expected = (evaluate_generator(gan, [b]) for b in (pixels, floats))
    assert found == expected


def test_half_precision_takes_pixels():
    gan = compiled_gan(dtype="mixed_bfloat16")
    (logs,) = train(gan, both()[0])
    assert np.isfinite(list(logs.values())).all()


@pytest.mark.parametrize("dtype", ["int32", "uint16", "bool"])
def test_pixels_of_another_type_are_refused(dtype):
    pixels, _ = both()
    batch = {**pixels, "image": pixels["image"].astype(dtype)}
    words = f"or uint8 in .0, 255.. Received: .*dtype={dtype}. Pixels of anothe"
    with pytest.raises(ValueError, match=words):
        train(compiled_gan(), batch)


def test_floats_of_pixels_are_still_refused():
    pixels, _ = both()
    batch = {**pixels, "image": pixels["image"].astype("float32")}
    with pytest.raises(ValueError, match=r"image must be in \[-1, 1\]"):
        compiled_gan().fit(batch, verbose=0)
