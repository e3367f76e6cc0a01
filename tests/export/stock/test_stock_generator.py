import keras
import numpy as np
import pytest

from keras_pix2pixhd.export.stock.stock_generator import stock_generator
from keras_pix2pixhd.models import GlobalGenerator, LocalEnhancer

GLOBAL = {"filters": 4, "num_downsamplings": 1, "num_residual_blocks": 1}
LOCAL = {
    "filters": 2,
    "num_global_downsamplings": 1,
    "num_global_residual_blocks": 1,
    "num_local_residual_blocks": 1,
}


def moved(network):
    """Gives a network weights that are not those it starts with."""
    random = np.random.default_rng(0)
    for variable in network.variables:
        step = random.uniform(-0.2, 0.2, variable.shape)
        variable.assign_add(keras.ops.cast(step, variable.dtype))
    return network


def check_paints_alike(generator, size):
    moved(generator)
    shape = (2, *size, generator.input_shape[-1])
    semantic = np.random.default_rng(1).uniform(-1, 1, shape)
    semantic = semantic.astype("float32")
    stock = stock_generator(generator)
    assert "keras_pix2pixhd" not in stock.to_json()
    found, expected = (
        keras.ops.convert_to_numpy(network(semantic, training=False))
        for network in (stock, generator)
    )
    assert np.std(expected) > 0.01
    assert np.abs(found - expected).max() < 1e-4


@pytest.mark.parametrize(
    "options",
    [
        {"normalization": "instance_affine", "upsampling": "bilinear"},
        {"normalization": "batch", "upsampling": "nearest", "dropout": 0.5},
        {"normalization": "group", "padding": "zero"},
        {"normalization": "none", "upsampling": "pixel_shuffle"},
        {"padding": "replicate", "num_downsamplings": 0},
    ],
    ids=lambda options: "-".join(str(option) for option in options.values()),
)
def test_a_global_generator_paints_as_before(options):
    check_paints_alike(GlobalGenerator(2, **{**GLOBAL, **options}), (7, 9))


@pytest.mark.parametrize("size", [(1, 1), (13, 22)])
def test_a_local_enhancer_paints_as_before(size):
    check_paints_alike(LocalEnhancer(3, **LOCAL), size)


def test_wide_blocks_become_stock_convolutions():
    # of 128 channels: those that have a faster way on processors
    options = {**GLOBAL, "filters": 128, "num_downsamplings": 0}
    check_paints_alike(GlobalGenerator(1, **options), (5, 4))


def test_the_generator_stays_as_it_is():
    generator = GlobalGenerator(2, **GLOBAL)
    config, weights = generator.get_config(), generator.get_weights()
    stock_generator(generator).set_weights([w + 1 for w in weights])
    assert generator.get_config() == config
    assert all(map(np.array_equal, generator.get_weights(), weights))
