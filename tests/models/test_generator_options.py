"""Every option of the generators with every other, two at a time."""

import itertools

import keras
import numpy as np
import pytest
from keras import ops

from keras_pix2pixhd.layers import NORMALIZATIONS, PADDINGS
from keras_pix2pixhd.models.blocks import UPSAMPLINGS
from keras_pix2pixhd.models.global_generator import GlobalGenerator
from tests.layer_checks import check_config, check_saving
from tests.weight_gradients import idle_weights

EVERY = pytest.mark.parametrize(
    "options",
    [
        {
            "upsampling": upsampling,
            # each padding comes with each upsampling and each normalization
            "padding": PADDINGS[(i + j) % len(PADDINGS)],
            "normalization": normalization,
        }
        for i, upsampling in enumerate(UPSAMPLINGS)
        for j, normalization in enumerate(NORMALIZATIONS)
    ],
    ids=lambda options: "-".join(options.values()),
)


def small(**options):
    # three filters: groups of three channels, in which a bias counts
    return GlobalGenerator(
        2, filters=3, num_downsamplings=1, num_residual_blocks=1, **options
    )


@EVERY
def test_any_size_is_kept(options):
    network = small(**options)
    for size in ((1, 1), (3, 6)):
        image = ops.convert_to_numpy(network(np.ones((1, *size, 2), "float32")))
        assert image.shape == (1, *size, 3)
        assert np.isfinite(image).all()


@EVERY
def test_config_and_weights_come_back(options, tmp_path, rng):
    network = small(**options)
    check_config(network, {**options, "dropout": 0.0})
    x = rng.random((1, 4, 6, 2), "float32")
    check_saving(network, x, network(x), tmp_path)


@EVERY
def test_every_weight_gets_a_gradient(options, rng):
    assert (
        idle_weights(small(**options), rng.random((1, 8, 6, 2), "float32"))
        == []
    )


def test_defaults():
    config = GlobalGenerator(2, filters=1, num_residual_blocks=0).get_config()
    found = {n: config[n] for n in ("dropout", "padding", "upsampling")}
    assert found == {
        "dropout": 0.0,
        "padding": "reflect",
        "upsampling": "transposed",
    }


def test_dropout_works_in_training_only(rng):
    network = small(dropout=0.5)
    x = rng.random((1, 8, 8, 2), "float32")

    def image(training):
        return ops.convert_to_numpy(network(x, training=training))

    assert np.array_equal(image(False), image(False))
    assert not np.array_equal(image(True), image(True))
    assert not np.array_equal(image(True), image(False))


def test_dropout_is_saved(tmp_path, rng):
    network = small(dropout=0.25)
    check_config(network, {"dropout": 0.25})
    x = rng.random((1, 4, 6, 2), "float32")
    check_saving(network, x, network(x), tmp_path)
    loaded = keras.saving.load_model(tmp_path / "saved.keras")
    assert loaded.get_layer("block1").dropout == 0.25


def test_every_padding_paints_another_border_and_the_same_middle(rng):
    # no norm: what lies beyond the border reaches 3 + 1 + 1 + 3 pixels in
    x = rng.random((1, 40, 40, 2), "float32")
    images = []
    for padding in PADDINGS:
        keras.utils.set_random_seed(0)
        network = GlobalGenerator(
            2,
            filters=2,
            num_downsamplings=0,
            num_residual_blocks=1,
            normalization="none",
            padding=padding,
        )
        images.append(ops.convert_to_numpy(network(x)))
    for one, other in itertools.combinations(images, 2):
        assert np.abs(one - other)[:, 8:-8, 8:-8].max() <= 1e-6
        assert np.abs(one - other)[:, :3].max() > 1e-6


@pytest.mark.parametrize(
    "options, message",
    [
        ({"upsampling": "bicubic"}, "upsampling='bicubic'"),
        ({"padding": "symmetric"}, "padding='symmetric'"),
        ({"normalization": "layer"}, "normalization='layer'"),
        ({"dropout": 1.0}, "dropout must be .* below 1. Received: dropout=1.0"),
    ],
)
def test_unknown_options_are_refused(options, message):
    with pytest.raises(ValueError, match=message):
        small(**options)


@pytest.mark.parametrize("upsampling", UPSAMPLINGS)
def test_one_network_paints_images_of_several_sizes(upsampling):
    network = GlobalGenerator(
        2,
        filters=2,
        num_downsamplings=1,
        num_residual_blocks=0,
        upsampling=upsampling,
    )
    for size in ((8, 12), (8, 16), (11, 16)):
        painted = network.predict_on_batch(np.ones((1, *size, 2), "float32"))
        assert painted.shape == (1, *size, 3)
