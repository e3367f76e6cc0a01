import keras
import numpy as np
import pytest
from keras import ops

from keras_pix2pixhd.config import RunConfig
from keras_pix2pixhd.data import CARVANA, TOY_CARS, ClassTable
from keras_pix2pixhd.models import grow_gan
from keras_pix2pixhd.runs import build_gan
from tests.small_gan import small_gan

TINY = RunConfig().replace(
    {
        "image_size": (32, 32),
        "filters": 4,
        "num_downsamplings": 1,
        "num_residual_blocks": 1,
        "discriminator_filters": 4,
    }
)


def weights(settings):
    gan = build_gan(TINY.replace(settings), CARVANA)
    return [ops.convert_to_numpy(v) for v in gan.trainable_variables]


def test_the_settings_reach_the_networks_and_the_training():
    config = TINY.replace(
        {
            "label_channels": 5,
            "use_instance_edges": True,
            "num_downsamplings": 2,
            "num_residual_blocks": 3,
            "discriminator_filters": 6,
            "discriminator_layers": 2,
            "discriminator_scales": 3,
            "generator_learning_rate": 0.125,
            "discriminator_learning_rate": 0.25,
            "beta_1": 0.375,
            "beta_2": 0.75,
            "epsilon": 0.5,
            "adversarial_weight": 2.0,
            "feature_matching_weight": 3.0,
            "perceptual_weight": 4.0,
        }
    )
    gan = build_gan(config, CARVANA)
    generator = gan.generator.get_config()
    assert generator["input_channels"] == 5 + 1
    assert generator["filters"] == 4
    assert generator["num_downsamplings"] == 2
    assert generator["num_residual_blocks"] == 3
    discriminator = gan.discriminator.get_config()
    assert discriminator["input_channels"] == 5 + 1 + 3
    assert discriminator["filters"] == 6
    assert discriminator["num_layers"] == 2
    assert discriminator["num_scales"] == 3
    assert gan.class_table is CARVANA
    assert gan.weights_of_losses == {
        "adversarial": 2.0,
        "feature_matching": 3.0,
        "perceptual": 4.0,
    }
    assert float(gan.generator_optimizer.learning_rate) == 0.125
    assert float(gan.discriminator_optimizer.learning_rate) == 0.25
    for adam in (gan.generator_optimizer, gan.discriminator_optimizer):
        assert (adam.beta_1, adam.beta_2, adam.epsilon) == (0.375, 0.75, 0.5)


def test_the_seed_decides_the_weights():
    first, same, other = (weights({"seed": seed}) for seed in (0, 0, 1))
    equal = [np.array_equal(a, b) for a, b in zip(first, same, strict=True)]
    assert all(equal)
    assert any(
        not np.array_equal(a, b) for a, b in zip(first, other, strict=True)
    )


@pytest.mark.parametrize("kind", ["bfloat16", "float16"])
def test_mixed_precision_keeps_the_weights_in_float32(kind):
    gan = build_gan(TINY.replace({"mixed_precision": kind}), CARVANA)
    assert gan.dtype_policy.name == f"mixed_{kind}"
    for network in (gan.generator, gan.discriminator):
        convolutions = [
            layer
            for layer in network._flatten_layers()
            if isinstance(layer, keras.layers.Conv2D)
        ]
        last = {"output_conv", "score_conv"}
        dtypes = {
            name: {
                layer.compute_dtype
                for layer in convolutions
                if (layer.name in last) == (name == "last")
            }
            for name in ("others", "last")
        }
        assert dtypes == {"others": {kind}, "last": {"float32"}}
        assert {v.dtype for v in network.trainable_variables} == {"float32"}


def test_fewer_channels_than_classes_are_refused():
    words = "number of classes.*Received: label_channels=1, num_classes=2"
    with pytest.raises(ValueError, match=words):
        build_gan(TINY.replace({"label_channels": 1}), CARVANA)


def test_the_rates_fall_to_zero_at_the_end():
    config = TINY.replace(
        {
            "generator_learning_rate": 1.0,
            "epochs": 3,
            "decay_epochs": 2,
            "steps_per_epoch": 5,
        }
    )
    schedule = build_gan(config, CARVANA).generator_optimizer._learning_rate
    rates = [float(schedule(step)) for step in (0, 5, 10, 15)]
    assert rates == [1.0, 1.0, 0.5, 0.0]
    config = config.replace({"steps_per_epoch": None})
    gan = build_gan(config, CARVANA, steps_per_epoch=5)
    assert float(gan.generator_optimizer._learning_rate(10)) == 0.5


def test_every_option_reaches_the_networks():
    config = TINY.replace(
        {
            "generator": "local",
            "num_enhancers": 2,
            "num_local_residual_blocks": 2,
            "normalization": "group",
            "dropout": 0.25,
            "padding": "zero",
            "upsampling": "pixel_shuffle",
            "discriminator": "pixel",
            "discriminator_normalization": "batch",
            "discriminator_output": "sigmoid",
            "spectral_normalization": True,
            "features": "labels",
            "feature_channels": 4,
            "encoder_filters": 5,
            "encoder_downsamplings": 1,
        }
    )
    gan = build_gan(config, CARVANA)
    generator = gan.generator.get_config()
    expected = {
        "input_channels": 2 + 4,
        "filters": 4,
        "num_enhancers": 2,
        "num_local_residual_blocks": 2,
        "num_global_downsamplings": 1,
        "num_global_residual_blocks": 1,
        "normalization": "group",
        "dropout": 0.25,
        "padding": "zero",
        "upsampling": "pixel_shuffle",
    }
    assert expected.items() <= generator.items()
    discriminator = gan.discriminator.get_config()
    expected = {
        "input_channels": 2 + 3,
        "kind": "pixel",
        "normalization": "batch",
        "output_activation": "sigmoid",
        "spectral_normalization": True,
    }
    assert expected.items() <= discriminator.items()
    encoder = gan.feature_encoder.get_config()
    expected = {
        "feature_channels": 4,
        "filters": 5,
        "num_downsamplings": 1,
        "normalization": "group",
        "padding": "zero",
        "upsampling": "pixel_shuffle",
    }
    assert expected.items() <= encoder.items()
    assert gan.features_follow == "labels"


def test_every_option_reaches_the_losses():
    config = TINY.replace(
        {
            "adversarial_loss": "hinge",
            "r1_weight": 0.5,
            "image_pool_size": 3,
            "diff_augment": "cutout",
            "seed": 4,
            "features": "instances",
        }
    )
    gan = build_gan(config, CARVANA)
    assert type(gan.adversarial_loss).__name__ == "HingeLoss"
    assert gan.r1_weight == 0.5
    assert gan.image_pool.size == 3
    assert (gan.diff_augment.policy, gan.diff_augment.seed) == ("cutout", 4)
    assert gan.features_follow == "instances"


LOCAL = TINY.replace(
    {"generator": "local", "filters": 2, "discriminator_scales": 3}
)


def test_a_model_grows_from_a_coarser_one():
    coarse = build_gan(TINY, CARVANA)
    config = LOCAL.replace({"freeze_epochs": 2, "coarse_model": "somewhere"})
    gan = build_gan(config, CARVANA, steps_per_epoch=5, coarse=coarse)
    assert gan.freeze_steps == 10
    assert gan.discriminator.num_scales == 3
    inside = gan.generator.get_layer("down1_conv").kernel
    expected = coarse.generator.get_layer("down1_conv").kernel
    difference = ops.convert_to_numpy(inside) - ops.convert_to_numpy(expected)
    assert not difference.any()


def test_a_coarser_model_of_other_settings_is_refused_by_their_names():
    coarse = build_gan(
        TINY.replace({"filters": 8, "discriminator_filters": 6}), CARVANA
    )
    config = LOCAL.replace({"num_residual_blocks": 2})
    words = (
        "be as the settings say. Received: filters=4, not 2; "
        "num_residual_blocks=1, not 2; discriminator_filters=6, not 4. Set"
    )
    with pytest.raises(ValueError, match=words):
        build_gan(config, CARVANA, coarse=coarse)


@pytest.mark.parametrize(
    "settings, words",
    [
        ({"use_instance_edges": True}, "use_instance_edges=True, not False"),
        ({"label_channels": 5}, "label_channels=5, not 2"),
        ({"features": "labels"}, "feature_channels=3, not 0"),
    ],
)
def test_a_coarser_model_that_sees_other_things_is_refused(settings, words):
    coarse = build_gan(TINY.replace(settings), CARVANA)
    with pytest.raises(ValueError, match=f"Received: {words}"):
        build_gan(LOCAL, CARVANA, coarse=coarse)


@pytest.mark.parametrize(
    "settings, words",
    [
        ({"features": "labels"}, "features=labels, not instances"),
        ({"encoder_filters": 4}, "encoder_filters=4, not 16"),
    ],
)
def test_a_coarser_model_with_another_encoder_is_refused(settings, words):
    config = TINY.replace({"features": "instances", **settings})
    coarse = build_gan(config, CARVANA)
    wanted = LOCAL.replace({"features": "instances"})
    with pytest.raises(ValueError, match=f"Received: {words}"):
        build_gan(wanted, CARVANA, coarse=coarse)


def test_a_coarser_model_of_other_classes_is_refused():
    coarse = build_gan(TINY, TOY_CARS)
    words = f"a model of {len(TOY_CARS)} classes, the data has 2. Give both"
    with pytest.raises(ValueError, match=words):
        build_gan(LOCAL, CARVANA, coarse=coarse)
    other = ClassTable(["sky", "car"], [0, 1], [(0, 0, 0), (255, 255, 255)])
    coarse = build_gan(TINY, other)
    with pytest.raises(ValueError, match="2 classes with other names, ids or"):
        build_gan(LOCAL, CARVANA, coarse=coarse)


def test_a_coarser_model_that_knows_a_number_of_classes_learns_the_names():
    coarse = small_gan(2, label_channels=3)
    gan = grow_gan(coarse)
    config = LOCAL.replace(
        {
            "discriminator_layers": 2,
            "num_local_residual_blocks": 3,
            "discriminator_scales": 3,
            "label_channels": 3,
        }
    )
    assert gan.class_table == 2
    grown = build_gan(config, CARVANA, coarse=coarse)
    assert grown.class_table == CARVANA


def test_a_pool_smaller_than_the_batch_is_refused():
    config = TINY.replace({"image_pool_size": 2, "batch_size": 3})
    words = "at least batch_size. Received: image_pool_size=2, batch_size=3"
    with pytest.raises(ValueError, match=words):
        build_gan(config, CARVANA)


def test_data_without_classes_make_a_model_without():
    gan = build_gan(TINY, None)
    assert gan.class_table is None
    assert gan.generator.input_shape[-1] == 3
    assert gan.discriminator.input_shape[-1] == 3 + 3


def test_a_one_hot_vector_is_no_setting_for_data_without_classes():
    words = "null or 3 for data without classes.*Received: label_channels=32"
    with pytest.raises(ValueError, match=words):
        build_gan(TINY.replace({"label_channels": 32}), None)


def test_what_has_no_classes_grows_without():
    coarse = build_gan(TINY, None)
    assert build_gan(LOCAL, None, coarse=coarse).class_table is None
    words = "a model of no classes, the data has 2. Give both"
    with pytest.raises(ValueError, match=words):
        build_gan(LOCAL, CARVANA, coarse=coarse)


def test_every_setting_of_the_updates_reaches_the_training():
    cosine = '{"class_name": "CosineDecay", "config": {"decay_steps": 10}}'
    config = TINY.replace(
        {
            "accumulation_steps": 3,
            "clip_norm": 2.5,
            "schedule": cosine,
            "generator_learning_rate": 0.25,
            "discriminator_learning_rate": 0.5,
            "steps_per_execution": 4,
            "jit_compile": "false",
            "ema_decay": 0.75,
        }
    )
    gan = build_gan(config, CARVANA)
    assert (gan.accumulation_steps, gan.clip_norm) == (3, 2.5)
    assert gan.optimizer.accumulation_steps == 3
    assert gan.optimizer.clip_norm == 2.5
    assert gan.steps_per_execution == 4
    assert gan.jit_compile is False
    assert gan.ema_decay == 0.75
    rates = [
        float(optimizer.learning_rate)
        for optimizer in (gan.generator_optimizer, gan.discriminator_optimizer)
    ]
    assert rates == [0.25, 0.5]


def test_xla_is_used_where_it_is_asked_for():
    assert build_gan(TINY.replace({"jit_compile": "true"}), CARVANA).jit_compile
    assert build_gan(TINY, CARVANA).clip_norm is None
