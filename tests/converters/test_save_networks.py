"""What is written, key by key, against what the reference wrote."""

import re

import keras
import numpy as np
import pytest
from keras import ops

from keras_pix2pixhd.converters import (
    load_nvidia_discriminator,
    load_nvidia_encoder,
    load_nvidia_generator,
    save_nvidia_discriminator,
    save_nvidia_encoder,
    save_nvidia_generator,
)
from keras_pix2pixhd.converters.save_networks import (
    discriminator_state_dict,
    encoder_state_dict,
    generator_state_dict,
)
from keras_pix2pixhd.models import (
    GlobalGenerator,
    InstanceFeatureEncoder,
    LocalEnhancer,
    MultiscaleDiscriminator,
)
from tests.golden import loading

NONE = "no key"


def assert_written(found, expected, idle):
    """The same keys in the same order, zeros for what is idle."""
    assert list(found) == list(expected)
    for key, value in expected.items():
        assert found[key].dtype == value.dtype
        if re.fullmatch(idle, key) or key.endswith("num_batches_tracked"):
            value = np.zeros_like(value)
        np.testing.assert_array_equal(found[key], value)


@pytest.mark.parametrize(
    "case, needed",
    [
        ("global", "model.19.bias"),
        ("local", "model1_2.5.bias"),
        ("local_2_enhancers", "model2_2.5.bias"),
    ],
)
def test_generators_are_written_as_the_reference_does(case, needed):
    state = loading.state_dict(case)
    found = generator_state_dict(load_nvidia_generator(state))
    assert_written(found, state, rf"(?!{needed}).*bias")


def test_batch_normalization_is_written_as_the_reference_does():
    state = loading.state_dict("global_batchnorm")
    assert_written(
        generator_state_dict(load_nvidia_generator(state)), state, NONE
    )


def test_encoder_is_written_as_the_reference_does():
    state = loading.state_dict("encoder")
    found = encoder_state_dict(load_nvidia_encoder(state))
    assert_written(found, state, r"(?!model.17.bias).*bias")


@pytest.mark.parametrize(
    "case, idle",
    [
        ("disc", r"scale\d_layer[123].0.bias"),
        ("disc_3_scales_2_layers", r"scale\d_layer[12].0.bias"),
        ("disc_batchnorm", NONE),
    ],
)
def test_discriminators_are_written_as_the_reference_does(case, idle):
    state = loading.state_dict(case)
    found = discriminator_state_dict(load_nvidia_discriminator(state))
    assert_written(found, state, idle)


def test_without_feature_matching_the_keys_are_in_sequence():
    state = loading.state_dict("disc_no_features_sigmoid")
    network = load_nvidia_discriminator(state, output_activation="sigmoid")
    found = discriminator_state_dict(network, feature_matching=False)
    assert_written(found, state, r"layer\d.[258].bias")


def test_old_running_statistics_are_not_written():
    network = load_nvidia_generator(
        loading.state_dict("global_old_running_stats")
    )
    assert not any("running" in key for key in generator_state_dict(network))


def test_dropout_leaves_no_trace():
    network = GlobalGenerator(
        2, filters=2, num_downsamplings=0, num_residual_blocks=1, dropout=0.5
    )
    found = [key for key in generator_state_dict(network) if "weight" in key]
    assert found == [
        "model.1.weight",
        "model.4.conv_block.1.weight",
        "model.4.conv_block.5.weight",
        "model.6.weight",
    ]


def test_networks_of_lower_precision_are_written_in_float32():
    network = InstanceFeatureEncoder(
        filters=2, num_downsamplings=1, dtype="bfloat16"
    )
    state = encoder_state_dict(network)
    assert {array.dtype.name for array in state.values()} == {"float32"}


@pytest.mark.parametrize(
    "save, load, case",
    [
        (save_nvidia_generator, load_nvidia_generator, "local"),
        (save_nvidia_generator, load_nvidia_generator, "global_batchnorm"),
        (save_nvidia_encoder, load_nvidia_encoder, "encoder"),
        (save_nvidia_discriminator, load_nvidia_discriminator, "disc"),
    ],
)
def test_files_give_the_network_again(tmp_path, save, load, case):
    pytest.importorskip("torch")
    network = load(loading.state_dict(case))
    save(network, tmp_path / "x.pth")
    again = load(tmp_path / "x.pth")
    for one, other in zip(again.weights, network.weights, strict=True):
        np.testing.assert_array_equal(
            ops.convert_to_numpy(one), ops.convert_to_numpy(other)
        )


def test_file_without_feature_matching_gives_the_network_again(tmp_path):
    pytest.importorskip("torch")
    network = MultiscaleDiscriminator(
        3, filters=2, output_activation="sigmoid", normalization="batch"
    )
    save_nvidia_discriminator(network, tmp_path / "x.pth", False)
    again = load_nvidia_discriminator(
        tmp_path / "x.pth", output_activation="sigmoid"
    )
    for one, other in zip(again.weights, network.weights, strict=True):
        np.testing.assert_array_equal(
            ops.convert_to_numpy(one), ops.convert_to_numpy(other)
        )


SMALL = {"filters": 2, "num_residual_blocks": 1, "num_downsamplings": 1}


@pytest.mark.parametrize(
    "change, instead",
    [
        ({"upsampling": "bilinear"}, "upsampling='transposed'"),
        ({"upsampling": "pixel_shuffle"}, "upsampling='transposed'"),
        ({"padding": "zero"}, "padding='reflect'"),
        ({"normalization": "group"}, "normalization='instance'"),
        ({"normalization": "instance_affine"}, "normalization='instance'"),
        ({"normalization": "none"}, "normalization='instance'"),
    ],
)
def test_what_the_reference_has_not_is_refused(tmp_path, change, instead):
    network = GlobalGenerator(2, **SMALL, **change)
    ((name, value),) = change.items()
    words = f"networks have {name}=.*Received: {name}='{value}'.*{instead}"
    with pytest.raises(ValueError, match=words):
        save_nvidia_generator(network, tmp_path / "x.pth")
    assert list(tmp_path.iterdir()) == []


def test_local_enhancers_and_encoders_are_checked_too():
    local = LocalEnhancer(
        2,
        filters=1,
        num_local_residual_blocks=0,
        num_global_downsamplings=0,
        num_global_residual_blocks=0,
        padding="zero",
    )
    encoder = InstanceFeatureEncoder(filters=2, upsampling="nearest")
    with pytest.raises(ValueError, match="Received: padding='zero'"):
        generator_state_dict(local)
    with pytest.raises(ValueError, match="Received: upsampling='nearest'"):
        encoder_state_dict(encoder)


@pytest.mark.parametrize(
    "change, words",
    [
        ({"kind": "pixel"}, "Received: kind='pixel'.*kind='patch'"),
        ({"spectral_normalization": True}, "spectral_normalization=False"),
        ({"normalization": "none"}, "Received: normalization='none'"),
    ],
)
def test_discriminators_that_the_reference_has_not_are_refused(change, words):
    network = MultiscaleDiscriminator(3, filters=2, **change)
    with pytest.raises(ValueError, match=words):
        discriminator_state_dict(network)


def test_sigmoid_with_feature_matching_is_refused():
    network = MultiscaleDiscriminator(3, filters=2, output_activation="sigmoid")
    words = "leaves the sigmoid out.*Pass feature_matching=False"
    with pytest.raises(ValueError, match=words):
        discriminator_state_dict(network)


def test_wider_discriminators_than_the_references_are_refused():
    network = MultiscaleDiscriminator(1, 513, num_layers=1, num_scales=1)
    with pytest.raises(ValueError, match="512 filters. Received: filters=513"):
        discriminator_state_dict(network)


@pytest.mark.parametrize(
    "save, wanted",
    [
        (save_nvidia_generator, "GlobalGenerator or LocalEnhancer"),
        (save_nvidia_encoder, "InstanceFeatureEncoder"),
        (save_nvidia_discriminator, "MultiscaleDiscriminator"),
    ],
)
def test_other_networks_are_refused(tmp_path, save, wanted):
    network = keras.Sequential([keras.Input((1,)), keras.layers.Dense(1)])
    words = f"The network must be a {wanted}. Received: Sequential"
    with pytest.raises(ValueError, match=words):
        save(network, tmp_path / "x.pth")
