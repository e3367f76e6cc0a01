import keras
import numpy as np
import pytest
from keras import ops

from keras_pix2pixhd.models import (
    GlobalGenerator,
    InstanceFeatureEncoder,
    LocalEnhancer,
    MultiscaleDiscriminator,
    Pix2PixHDGAN,
    grow_gan,
)
from keras_pix2pixhd.models.growing import grow_discriminator, grow_generator
from tests.small_gan import largest_difference, small_gan, values

EVERY_OPTION = {
    "normalization": "batch",
    "dropout": 0.25,
    "padding": "replicate",
    "upsampling": "nearest",
}


def global_generator(**changes):
    arguments = {"filters": 4, "num_downsamplings": 1, "num_residual_blocks": 1}
    return GlobalGenerator(3, **{**arguments, **changes})


def features_below_painting(generator):
    """What a global generator computes before its painting layer."""
    layer = generator.get_layer(f"up{generator.num_downsamplings}_relu")
    return keras.Model(generator.inputs, layer.output)


def test_the_grown_generator_has_the_trained_one_inside(rng):
    coarse = global_generator()
    grown = grow_generator(coarse, num_local_residual_blocks=2)
    assert isinstance(grown, LocalEnhancer)
    assert (grown.filters, grown.num_enhancers) == (2, 1)
    assert grown.num_local_residual_blocks == 2
    inside = keras.Model(grown.inputs, grown.get_layer("up1_relu").output)
    x = rng.random((1, 16, 24, 3), "float32")
    half = grown.get_layer("half1")(x)
    found = ops.convert_to_numpy(inside(x))
    expected = ops.convert_to_numpy(features_below_painting(coarse)(half))
    assert found.shape == (1, 8, 12, 4)
    assert np.abs(found - expected).max() <= 1e-6


def test_every_option_is_carried_over():
    config = grow_generator(global_generator(**EVERY_OPTION)).get_config()
    assert EVERY_OPTION.items() <= config.items()


def test_statistics_of_batch_normalization_are_carried_over():
    coarse = global_generator(normalization="batch")
    mean = coarse.get_layer("input_norm").moving_mean
    mean.assign(ops.full(mean.shape, 0.5))
    grown = grow_generator(coarse)
    found = ops.convert_to_numpy(grown.get_layer("input_norm").moving_mean)
    assert found.tolist() == [0.5] * 4


def test_a_local_enhancer_grows_once_more():
    once = grow_generator(global_generator(), 1)
    twice = grow_generator(once, 1)
    assert (twice.filters, twice.num_enhancers) == (1, 2)
    for layer in once.layers:
        if layer.weights and layer.name != "output_conv":
            same = twice.get_layer(layer.name)
            pair = values(layer.weights), values(same.weights)
            assert largest_difference(*pair) == 0


def test_the_finest_scale_is_fresh_and_the_others_move_up_by_one():
    coarse = MultiscaleDiscriminator(5, filters=2, num_scales=2)
    grown = grow_discriminator(coarse)
    assert grown.num_scales == 3
    for i in range(2):
        old = values(coarse.get_layer(f"level{i}").weights)
        new = values(grown.get_layer(f"level{i + 1}").weights)
        fresh = values(grown.get_layer("level0").weights)
        assert largest_difference(old, new) == 0
        assert largest_difference(old, fresh) > 0


def test_scales_beyond_the_wanted_number_are_dropped():
    coarse = MultiscaleDiscriminator(5, filters=2, num_scales=2)
    grown = grow_discriminator(coarse, num_scales=2)
    old = values(coarse.get_layer("level0").weights)
    new = values(grown.get_layer("level1").weights)
    assert grown.num_scales == 2
    assert largest_difference(old, new) == 0


def featured_gan():
    return Pix2PixHDGAN(
        GlobalGenerator(
            5 + 1 + 2, filters=4, num_downsamplings=1, num_residual_blocks=1
        ),
        MultiscaleDiscriminator(5 + 1 + 3, filters=4, num_layers=1),
        class_table=4,
        label_channels=5,
        use_instance_edges=True,
        feature_encoder=InstanceFeatureEncoder(
            feature_channels=2, filters=2, num_downsamplings=1
        ),
        features_follow="labels",
    )


def test_a_whole_gan_grows_with_its_labels_edges_and_encoder():
    coarse = featured_gan()
    before = values(coarse.weights)
    grown = grow_gan(coarse)
    assert grown.num_classes == 4
    assert grown.semantic_input.label_channels == 5
    assert grown.semantic_input.use_instance_edges
    assert grown.features_follow == "labels"
    assert grown.feature_encoder is not coarse.feature_encoder
    pair = (values(g.feature_encoder.weights) for g in (coarse, grown))
    assert largest_difference(*pair) == 0
    assert largest_difference(before, values(coarse.weights)) == 0


def test_a_gan_grows_from_a_file(tmp_path):
    coarse = small_gan()
    coarse.save(tmp_path / "coarse.keras")
    grown = grow_gan(keras.saving.load_model(tmp_path / "coarse.keras"))
    layer = grown.generator.get_layer("down1_conv")
    expected = coarse.generator.get_layer("down1_conv")
    assert (
        largest_difference(values(layer.weights), values(expected.weights)) == 0
    )


def test_the_grown_model_can_have_another_policy():
    grown = grow_gan(small_gan(), dtype="mixed_bfloat16")
    assert grown.dtype_policy.name == "mixed_bfloat16"
    for network in (grown.generator, grown.discriminator):
        assert network.get_config()["dtype"]["config"]["name"] == (
            "mixed_bfloat16"
        )


def test_odd_filters_are_refused():
    words = "even number of filters.*Received: filters=3"
    with pytest.raises(ValueError, match=words):
        grow_generator(global_generator(filters=3))


def test_enhancers_of_different_depth_are_refused():
    once = grow_generator(global_generator(), 1)
    words = "num_local_residual_blocks=3 for a generator with 1"
    with pytest.raises(ValueError, match=words):
        grow_generator(once, 3)


@pytest.mark.parametrize(
    "grow, wanted",
    [
        (grow_generator, "GlobalGenerator or a LocalEnhancer"),
        (grow_discriminator, "MultiscaleDiscriminator"),
    ],
)
def test_networks_of_other_classes_are_refused(grow, wanted):
    other = keras.Sequential([keras.Input((2,)), keras.layers.Dense(1)])
    words = f"to grow must be a {wanted}. Received: a Sequential"
    with pytest.raises(ValueError, match=words):
        grow(other)


@pytest.mark.parametrize("other", [None, "runs/0001-toy", global_generator()])
def test_what_is_no_gan_is_refused(other):
    words = "What grows must be a Pix2PixHDGAN. Received: a .*load_gan"
    with pytest.raises(ValueError, match=words):
        grow_gan(other)


@pytest.mark.parametrize("blocks", ["two", 1.5])
def test_a_number_of_blocks_that_is_none_is_refused(blocks):
    words = f"num_local_residual_blocks must be an integer. Received.*{blocks}"
    with pytest.raises(ValueError, match=words):
        grow_gan(small_gan(), blocks)
