import re

import pytest

from keras_pix2pixhd.config_values import converted
from keras_pix2pixhd.data.resize_modes import RESIZE_MODES


@pytest.mark.parametrize(
    "kind, value, expected",
    [
        (int, "3", 3),
        (int, 3, 3),
        (int, "3.0", 3),
        (int, "1e3", 1000),
        (float, "0.5", 0.5),
        (float, "2e-4", 2e-4),
        (float, 1, 1.0),
        (bool, "true", True),
        (bool, "False", False),
        (bool, True, True),
        (str, "lsgan", "lsgan"),
        (tuple, "64x96", (64, 96)),
        (tuple, "64,96", (64, 96)),
        (tuple, "[64, 96]", (64, 96)),
        (tuple, "64 96", (64, 96)),
        (tuple, ["64", "96"], (64, 96)),
        (tuple, (64, 96), (64, 96)),
        (int | None, "null", None),
        (int | None, "none", None),
        (int | None, None, None),
        (int | None, "7", 7),
        (str | None, None, None),
        (str | None, "here", "here"),
    ],
)
def test_text_and_json_become_the_type_of_the_setting(kind, value, expected):
    result = converted("x", kind, value)
    assert result == expected
    assert type(result) is type(expected)


FINITE = "a finite number of at least 0, also in float32 (to 3.4e38)"
WHOLE = "an integer of at least 1 and below 2**32"
DIFF_AUGMENT = "none, or some of color,translation,cutout, each once"
SIZE = "height and width, two integers in [1, 65535]"


@pytest.mark.parametrize(
    "name, kind, value, allowed",
    [
        ("zoom", float, "0.9", "a finite number of at least 1"),
        ("zoom", float, "Infinity", "a finite number of at least 1"),
        ("rotation", float, 181, "a number in [0, 180]"),
        ("hue", float, "0.6", "a number in [0, 0.5]"),
        ("epochs", int, "many", WHOLE),
        ("epochs", int, "1.5", WHOLE),
        ("epochs", int, "0", WHOLE),
        ("epochs", int, True, WHOLE),
        ("epochs", int, "true", WHOLE),
        ("epochs", int, None, WHOLE),
        ("epochs", int, "null", WHOLE),
        ("epochs", int, [3], WHOLE),
        ("epochs", int, "NaN", WHOLE),
        ("epochs", int, "Infinity", WHOLE),
        ("epochs", int, 2**32, WHOLE),
        ("epochs", int, "[" * 100000, WHOLE),
        ("subset", int | None, "0", WHOLE + ", or null"),
        ("seed", int, "-1", "an integer of at least 0 and below 2**32"),
        ("seed", int, 2**32, "an integer of at least 0 and below 2**32"),
        ("epsilon", float, "-1", FINITE),
        ("epsilon", float, "nan", FINITE),
        ("epsilon", float, "Infinity", FINITE),
        ("epsilon", float, 10**400, FINITE),
        ("epsilon", float, False, FINITE),
        ("clip_norm", float, 1e-320, FINITE),
        ("clip_norm", float, "1e39", FINITE),
        ("generator_learning_rate", float, 1e39, FINITE),
        ("beta_1", float, "1", "a number of at least 0 and below 1"),
        ("beta_2", float, "-0.1", "a number of at least 0 and below 1"),
        ("train_fraction", float, "1", "a number between 0 and 1, exclusive"),
        ("train_fraction", float, 0, "a number between 0 and 1, exclusive"),
        ("flip", bool, "yes", "true or false"),
        ("flip", bool, 1, "true or false"),
        ("output", str, "", "text"),
        ("output", str, 5, "text"),
        ("data", str | None, "", "text, or null"),
        ("image_size", tuple, "64", SIZE),
        ("image_size", tuple, "64x96x3", SIZE),
        ("image_size", tuple, "0x96", SIZE),
        ("image_size", tuple, ["64", "wide"], SIZE),
        ("image_size", tuple, 64, SIZE),
        ("image_size", tuple, None, SIZE),
        ("diff_augment", str, "colour", DIFF_AUGMENT),
        ("diff_augment", str, "color,color", DIFF_AUGMENT),
        ("diff_augment", str, "none,cutout", DIFF_AUGMENT),
        ("diff_augment", str, "", DIFF_AUGMENT),
        ("adversarial_loss", str, "wgan", "one of lsgan, bce, hinge"),
        ("instances", str, "edges", "one of files, components"),
        ("features", str, "all", "one of none, instances, labels"),
        ("generator", str, "unet", "one of global, local"),
        (
            "normalization",
            str,
            "layer",
            "one of instance, instance_affine, batch, group, none",
        ),
        ("padding", str, "same", "one of reflect, replicate, zero"),
        (
            "upsampling",
            str,
            "bicubic",
            "one of transposed, bilinear, nearest, pixel_shuffle",
        ),
        ("discriminator", str, "image", "one of patch, pixel"),
        ("discriminator_output", str, "tanh", "one of none, sigmoid"),
        ("dropout", float, "1", "a number of at least 0 and below 1"),
        (
            "mixed_precision",
            str,
            "half",
            "one of none, bfloat16, float16",
        ),
        (
            "perceptual_preprocessing",
            str,
            "bgr",
            "one of auto, keras, torchvision, none",
        ),
        (
            "perceptual_normalization",
            str,
            "mean",
            "one of mean_activation, none",
        ),
    ],
)
def test_a_value_that_does_not_fit_is_refused(name, kind, value, allowed):
    words = f"The setting {name} must be {allowed}. Received: {value!r}"
    with pytest.raises(ValueError, match=f"^{re.escape(words)}$"):
        converted(name, kind, value)


@pytest.mark.parametrize(
    "name",
    ["num_downsamplings", "num_residual_blocks", "seed", "validation_every"],
)
def test_nothing_of_it_is_allowed_where_that_makes_sense(name):
    assert converted(name, int, "0") == 0


@pytest.mark.parametrize(
    "value", ["none", "cutout", "translation,color", "color,translation,cutout"]
)
def test_any_order_of_some_policies_is_one_of_diff_augment(value):
    assert converted("diff_augment", str, value) == value


@pytest.mark.parametrize("value, text", [(True, "true"), (False, "false")])
def test_true_and_false_of_json_are_values_of_a_choice(value, text):
    assert converted("jit_compile", str, value) == text
    words = f"strategy must be one of none, .*Received: {value}"
    with pytest.raises(ValueError, match=words):
        converted("strategy", str, value)


def test_every_mode_of_the_data_is_a_value_of_the_setting():
    for mode in RESIZE_MODES:
        assert converted("resize_mode", str, mode) == mode
    with pytest.raises(ValueError, match=", ".join(RESIZE_MODES)):
        converted("resize_mode", str, "squash")
