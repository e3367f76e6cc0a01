import pytest

from keras_pix2pixhd.config import RunConfig
from keras_pix2pixhd.presets import preset
from keras_pix2pixhd.runs.stages import stages


def changed(**settings):
    return RunConfig().replace(settings)


def test_an_ordinary_run_has_one_stage():
    config = changed(epochs=3)
    assert stages(config) == [(".", config)]


def test_a_generator_in_a_file_is_grown_in_one_stage():
    config = changed(generator="local", coarse_model="run", freeze_epochs=1)
    assert stages(config) == [(".", config)]


def test_the_reference_recipe_in_numbers():
    """512p: 64 filters, 2 scales, 100 + 100 epochs; 1024p grown from it."""
    coarse, fine = stages(preset("nvidia-1024"))
    assert coarse.folder == "coarse-512x1024"
    assert fine == (".", preset("nvidia-1024"))
    different = {
        name: getattr(coarse.config, name)
        for name in RunConfig.about()
        if getattr(coarse.config, name) != getattr(preset("nvidia-512"), name)
    }
    assert different == {
        "preset": "nvidia-1024",
        "coarse_decay_epochs": 100,
    }


def test_two_enhancers_are_trained_one_after_the_other():
    config = changed(
        generator="local",
        num_enhancers=2,
        filters=4,
        image_size=(101, 150),
        discriminator_scales=2,
        epochs=9,
        coarse_epochs=5,
        freeze_epochs=2,
        steps=100,
    )
    first, second, third = (stage.config for stage in stages(config))
    kinds = [(c.generator, c.num_enhancers) for c in (first, second, third)]
    assert kinds == [("global", 1), ("local", 1), ("local", 2)]
    assert [c.filters for c in (first, second, third)] == [16, 8, 4]
    assert first.image_size == (26, 38)
    assert second.image_size == (51, 75)
    assert [c.discriminator_scales for c in (first, second)] == [1, 1]
    assert [c.epochs for c in (first, second, third)] == [5, 5, 9]
    assert [c.freeze_epochs for c in (first, second, third)] == [0, 2, 2]
    assert [c.steps for c in (first, second, third)] == [None, None, 100]
    folders = [stage.folder for stage in stages(config)]
    assert folders == ["coarse-26x38", "coarse-51x75", "."]


@pytest.mark.parametrize(
    "settings, words",
    [
        (
            {"coarse_epochs": 1},
            "for generator=local, which grows. Received: generator=global",
        ),
        (
            {"coarse_model": "run"},
            "for generator=local, which grows. Received: generator=global",
        ),
        (
            {"generator": "local", "coarse_epochs": 2, "coarse_model": "run"},
            "grows either.*Received: coarse_epochs=2, coarse_model=run",
        ),
        (
            {"generator": "local", "coarse_epochs": 2, "init_from": "run"},
            "begins with the weights of the coarser.*Received: init_from=run",
        ),
        (
            {"generator": "local", "freeze_epochs": 3},
            "grew from a trained one.*Received: freeze_epochs=3",
        ),
    ],
)
def test_settings_that_do_not_fit_each_other_are_refused(settings, words):
    with pytest.raises(ValueError, match=words):
        stages(changed(**settings))
