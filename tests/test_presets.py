import dataclasses

import pytest

from keras_pix2pixhd.config import RunConfig
from keras_pix2pixhd.data import TOY_CARS
from keras_pix2pixhd.presets import PRESETS, preset, smoke

MATLAB = {
    "image_size": (576, 768),
    "label_channels": 32,
    "filters": 64,
    "num_downsamplings": 4,
    "num_residual_blocks": 9,
    "discriminator_filters": 64,
    "discriminator_layers": 3,
    "discriminator_scales": 2,
    "adversarial_loss": "lsgan",
    "adversarial_weight": 1.0,
    "feature_matching_weight": 10.0,
    "perceptual_weight": 5.0,
    "perceptual": "imagenet",
    "generator_learning_rate": 2e-4,
    "discriminator_learning_rate": 2e-4,
    "beta_1": 0.5,
    "beta_2": 0.999,
    "batch_size": 1,
    "flip": True,
    "train_fraction": 0.925,
    "subset": 701,
    "epochs": 28,
    "decay_epochs": 0,
    "steps_per_epoch": None,
    "steps": None,
    "mixed_precision": "none",
    "use_instance_edges": False,
}


@pytest.mark.parametrize("name", MATLAB)
def test_carvana_has_the_values_of_the_matlab_project(name):
    assert getattr(preset("carvana"), name) == MATLAB[name]


@pytest.mark.parametrize("name", PRESETS)
def test_a_preset_knows_its_name_and_is_documented(name):
    assert preset(name).preset == name
    assert f"`{name}`" in preset.__doc__


MATLAB_EXAMPLE = {
    **MATLAB,
    "subset": None,
    "epochs": 60,
    "normalization": "instance_affine",
    "discriminator_normalization": "instance_affine",
    "dropout": 0.0,
    "padding": "reflect",
    "upsampling": "transposed",
    "discriminator": "patch",
    "discriminator_output": "none",
}


@pytest.mark.parametrize("name", MATLAB_EXAMPLE)
def test_matlab_has_the_values_of_the_example(name):
    assert getattr(preset("matlab"), name) == MATLAB_EXAMPLE[name]


NVIDIA_512 = {
    **MATLAB,
    "image_size": (512, 1024),
    "label_channels": None,
    "use_instance_edges": True,
    "perceptual_weight": 10.0,
    "subset": None,
    "epochs": 200,
    "decay_epochs": 100,
    "features": "none",
    "generator": "global",
    "normalization": "instance",
    "discriminator_normalization": "instance",
    "image_pool_size": 0,
    "epsilon": 1e-8,
}
NVIDIA_1024 = {
    **NVIDIA_512,
    "image_size": (1024, 2048),
    "generator": "local",
    "filters": 32,
    "num_enhancers": 1,
    "num_local_residual_blocks": 3,
    "discriminator_scales": 3,
    "coarse_epochs": 200,
    "coarse_decay_epochs": 100,
    "freeze_epochs": 10,
    "epochs": 100,
    "decay_epochs": 50,
}


@pytest.mark.parametrize("name", NVIDIA_1024)
def test_the_nvidia_presets_have_the_values_of_the_reference(name):
    if name in NVIDIA_512:
        assert getattr(preset("nvidia-512"), name) == NVIDIA_512[name]
    assert getattr(preset("nvidia-1024"), name) == NVIDIA_1024[name]


def test_carvana_small_differs_from_carvana():
    assert preset("carvana-small").image_size == (128, 176)
    assert preset("carvana-small").steps_per_epoch == 500
    assert not preset("carvana-small").flip
    assert preset("carvana-small").diff_augment == "color,translation,cutout"
    assert preset("carvana-small").ema_decay == 0.999
    assert preset("carvana").flip and preset("carvana").ema_decay == 0


@pytest.mark.parametrize("name", PRESETS)
def test_every_preset_has_room_for_the_classes_of_toy_cars(name):
    """So that each runs without any data."""
    assert (preset(name).label_channels or 99) >= len(TOY_CARS)


@pytest.mark.parametrize(
    "wrong, near",
    [("carvana-smal", "carvana-small"), ("tox", "toy"), ("Carvana", "carvana")],
)
def test_an_unknown_preset_is_refused_with_the_nearest(wrong, near):
    with pytest.raises(ValueError) as error:
        preset(wrong)
    assert str(error.value) == (
        f"There is no preset {wrong!r}. Did you mean {near!r}? "
        "The presets are: toy, carvana-small, carvana, matlab, nvidia-512, "
        "nvidia-1024"
    )


@pytest.mark.parametrize("wrong", [5, None, ["toy"], ""])
def test_what_is_no_name_at_all_is_refused(wrong):
    with pytest.raises(ValueError, match="There is no preset"):
        preset(wrong)


@pytest.mark.parametrize("name", PRESETS)
def test_smoke_only_shrinks(name):
    config, small = preset(name), smoke(preset(name))
    for field in dataclasses.fields(RunConfig):
        before = getattr(config, field.name)
        after = getattr(small, field.name)
        if field.name == "image_size":
            assert after <= before and max(after) <= 96
        elif field.name == "perceptual":
            assert (before, after) in (("imagenet", "random"), ("none",) * 2)
        elif isinstance(before, int):
            assert after <= before
        elif before is not None:
            assert after == before
    assert small.filters == 8
    assert small.subset == 24


def test_smoke_does_not_enlarge_what_is_smaller():
    tiny = {
        "image_size": (40, 48),
        "filters": 2,
        "epochs": 1,
        "steps_per_epoch": 1,
        "subset": 4,
        "toy_scenes": 8,
        "evaluation_images": 1,
    }
    config = smoke(preset("toy").replace(tiny))
    assert {name: getattr(config, name) for name in tiny} == tiny


def test_smoke_ends_after_its_few_steps_whatever_steps_said():
    config = smoke(preset("carvana").replace({"steps": 100000}))
    assert (config.steps, config.epochs, config.steps_per_epoch) == (None, 2, 3)


def test_smoke_keeps_the_shape_and_leaves_room_for_five_taps():
    assert smoke(preset("carvana")).image_size == (72, 96)
    long = preset("toy").replace({"image_size": (96, 9600)})
    assert smoke(long).image_size == (32, 96)


def test_smoke_keeps_perceptual_weights_of_a_file():
    config = preset("carvana").replace({"perceptual": "vgg.npz"})
    assert smoke(config).perceptual == "vgg.npz"
