import pytest

from keras_pix2pixhd.models.global_generator import GlobalGenerator
from keras_pix2pixhd.models.multiscale_discriminator import (
    MultiscaleDiscriminator,
)
from tests.golden import loading


def generator(**changes):
    arguments = {
        "input_channels": 6,
        "filters": 4,
        "num_downsamplings": 2,
        "num_residual_blocks": 2,
    }
    return GlobalGenerator(**{**arguments, **changes})


def test_unknown_case_is_refused():
    with pytest.raises(KeyError, match="no case 'globe'"):
        loading.state_dict("globe")


def test_key_left_over_is_refused():
    state = {**loading.state_dict("global"), "model.99.weight": 0}
    with pytest.raises(ValueError, match=r"without a layer.*model\.99"):
        loading.load_generator(generator(), state)


def test_missing_key_is_refused():
    state = loading.state_dict("global")
    del state["model.4.weight"]
    with pytest.raises(KeyError, match=r"lacks 'model\.4\.weight'"):
        loading.load_generator(generator(), state)


def test_other_shape_is_refused():
    with pytest.raises(ValueError, match=r"\(7, 7, 6, 8\).*\(7, 7, 6, 4\)"):
        loading.load_generator(
            generator(filters=8), loading.state_dict("global")
        )


def test_residual_block_left_over_is_refused():
    with pytest.raises((KeyError, ValueError)):
        loading.load_generator(
            generator(num_residual_blocks=1), loading.state_dict("global")
        )


def test_scale_left_over_is_refused():
    network = MultiscaleDiscriminator(9, filters=4, num_scales=1)
    with pytest.raises(ValueError, match="without a layer.*scale1_layer0"):
        loading.load_discriminator(network, loading.state_dict("disc"))


def test_batch_normalization_left_over_is_refused():
    network = MultiscaleDiscriminator(10, filters=4)
    with pytest.raises(ValueError, match=r"without a layer.*layer1\.1\.bias"):
        loading.load_discriminator(
            network, loading.state_dict("disc_batchnorm")
        )
