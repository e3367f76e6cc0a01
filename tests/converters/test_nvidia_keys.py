import pytest

from keras_pix2pixhd.converters.nvidia_keys import rows
from keras_pix2pixhd.models import (
    GlobalGenerator,
    InstanceFeatureEncoder,
    LocalEnhancer,
    MultiscaleDiscriminator,
)


def keys(network, **style):
    return [row.conv_key for row in rows(network, **style)]


def generator(downs, blocks):
    return GlobalGenerator(
        2, filters=1, num_downsamplings=downs, num_residual_blocks=blocks
    )


def test_default_generator():
    # the indices of the reference's defaults: 1; 4,7,10,13; 16..24;
    # 25,28,31,34; 38
    expected = [f"model.{i}" for i in (1, 4, 7, 10, 13)]
    for i in range(16, 25):
        expected += [f"model.{i}.conv_block.{j}" for j in (1, 5)]
    expected += [f"model.{i}" for i in (25, 28, 31, 34, 38)]
    assert keys(generator(4, 9)) == expected


def test_generator_without_halvings_or_blocks():
    assert keys(generator(0, 0)) == ["model.1", "model.5"]


def test_dropout_moves_the_second_convolution_of_a_block():
    found = keys(generator(0, 1), dropout=True)
    assert found == [
        "model.1",
        "model.4.conv_block.1",
        "model.4.conv_block.6",
        "model.6",
    ]


def test_normalization_comes_after_its_convolution():
    first, one, two, last = rows(generator(0, 1))
    assert first == ("input_conv", "input_norm", "model.1", "model.2")
    assert one[2:] == ("model.4.conv_block.1", "model.4.conv_block.2")
    assert two == (
        "block1/conv2",
        "block1/norm2",
        "model.4.conv_block.5",
        "model.4.conv_block.6",
    )
    assert last == ("output_conv", None, "model.6", None)


def test_default_encoder():
    network = InstanceFeatureEncoder(filters=1)
    indices = (1, 4, 7, 10, 13, 16, 19, 22, 25, 29)
    assert keys(network) == [f"model.{i}" for i in indices]


def test_local_enhancers():
    network = LocalEnhancer(
        2,
        filters=1,
        num_enhancers=2,
        num_local_residual_blocks=2,
        num_global_downsamplings=1,
        num_global_residual_blocks=1,
    )
    assert keys(network) == [
        "model.1",
        "model.4",
        "model.7.conv_block.1",
        "model.7.conv_block.5",
        "model.8",
        "model1_1.1",
        "model1_1.4",
        "model1_2.0.conv_block.1",
        "model1_2.0.conv_block.5",
        "model1_2.1.conv_block.1",
        "model1_2.1.conv_block.5",
        "model1_2.2",
        "model2_1.1",
        "model2_1.4",
        "model2_2.0.conv_block.1",
        "model2_2.0.conv_block.5",
        "model2_2.1.conv_block.1",
        "model2_2.1.conv_block.5",
        "model2_2.2",
        "model2_2.6",
    ]


@pytest.mark.parametrize(
    "feature_matching, expected",
    [
        (True, [f"scale{s}_layer{i}.0" for s in (0, 1) for i in range(5)]),
        (False, [f"layer{s}.{i}" for s in (0, 1) for i in (0, 2, 5, 8, 11)]),
    ],
)
def test_discriminator(feature_matching, expected):
    network = MultiscaleDiscriminator(2, filters=1)
    assert keys(network, feature_matching=feature_matching) == expected


def test_scale_0_is_the_coarsest():
    layers = [row.conv for row in rows(MultiscaleDiscriminator(2, filters=1))]
    assert layers[0] == "level1/layer0_conv"
    assert layers[4] == "level1/score_conv"
    assert layers[5] == "level0/layer0_conv"
