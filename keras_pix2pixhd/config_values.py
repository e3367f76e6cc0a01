"""Values of settings: their types and what is allowed."""

import json
import math

from keras_pix2pixhd.argument_checks import is_float32

_NORMALIZATIONS = ("instance", "instance_affine", "batch", "group", "none")
# as in data.resize_modes, which is too slow to import for a --help
_RESIZE_MODES = (
    "resize",
    "resize_and_crop",
    "crop",
    "scale_width",
    "scale_width_and_crop",
    "scale_shortside",
    "scale_shortside_and_crop",
    "none",
    "none_32",
)
_CHOICES = {
    "resize_mode": _RESIZE_MODES,
    "instances": ("files", "components"),
    "features": ("none", "instances", "labels"),
    "generator": ("global", "local"),
    "normalization": _NORMALIZATIONS,
    "padding": ("reflect", "replicate", "zero"),
    "upsampling": ("transposed", "bilinear", "nearest", "pixel_shuffle"),
    "discriminator": ("patch", "pixel"),
    "discriminator_normalization": _NORMALIZATIONS,
    "discriminator_output": ("none", "sigmoid"),
    "adversarial_loss": ("lsgan", "bce", "hinge"),
    "perceptual_preprocessing": ("auto", "keras", "torchvision", "none"),
    "perceptual_normalization": ("mean_activation", "none"),
    "mixed_precision": ("none", "bfloat16", "float16"),
    "jit_compile": ("auto", "true", "false"),
    "strategy": ("none", "mirrored", "multi_worker"),
}
# what is not listed must be at least 1 if it is an int, 0 if a float
_AT_LEAST = dict.fromkeys(
    (
        "num_downsamplings",
        "num_residual_blocks",
        "num_local_residual_blocks",
        "encoder_downsamplings",
        "image_pool_size",
        "seed",
        "decay_epochs",
        "coarse_epochs",
        "coarse_decay_epochs",
        "freeze_epochs",
        "validation_every",
    ),
    0,
)
# seeds of NumPy end here; nothing else needs as much
_BELOW = 2**32
_DIFF_AUGMENT = ("color", "translation", "cutout")
_AT_MOST = {"rotation": 180, "hue": 0.5}
_BELOW_ONE = ("beta_1", "beta_2", "dropout", "ema_decay")


def converted(name, kind, value):
    """Returns `value` as the type `kind` of the setting `name`, checked.

    Args:
        name: str, the setting.
        kind: its annotation: `int`, `float`, `bool`, `str`, `tuple` (a
            height and a width), or one of these `| None`.
        value: of that type, or text that stands for it.

    Raises:
        ValueError: if the value does not fit, with what is allowed.
    """
    optional = not isinstance(kind, type)
    if optional:
        if value is None or value in ("null", "none", "None"):
            return None
        kind = next(k for k in kind.__args__ if k is not type(None))
    given = value
    if name in _CHOICES and isinstance(value, bool):
        given = json.dumps(value)  # JSON of a choice that is so called
    result = _CONVERTERS[kind](given)
    allowed = _allowed(name, kind)
    if result is None or not _fits(name, result):
        null = ", or null" if optional else ""
        raise ValueError(
            f"The setting {name} must be {allowed}{null}. Received: {value!r}"
        )
    return result


def _allowed(name, kind):
    if name in _CHOICES:
        return f"one of {', '.join(_CHOICES[name])}"
    if name == "diff_augment":
        return f"none, or some of {','.join(_DIFF_AUGMENT)}, each once"
    if name == "train_fraction":
        return "a number between 0 and 1, exclusive"
    if name in _BELOW_ONE:
        return "a number of at least 0 and below 1"
    if name == "zoom":
        return "a finite number of at least 1"
    if name in _AT_MOST:
        return f"a number in [0, {_AT_MOST[name]}]"
    return {
        int: f"an integer of at least {_AT_LEAST.get(name, 1)} and below 2**32",
        float: "a finite number of at least 0, also in float32 (to 3.4e38)",
        bool: "true or false",
        str: "text",
        tuple: "height and width, two integers in [1, 65535]",
    }[kind]


def _fits(name, value):
    if name in _CHOICES:
        return value in _CHOICES[name]
    if name == "diff_augment":
        parts = value.split(",")
        once = len(parts) == len(set(parts))
        return value == "none" or once and set(parts) <= set(_DIFF_AUGMENT)
    if name == "train_fraction":
        return 0 < value < 1
    if name in _BELOW_ONE:
        return 0 <= value < 1
    if name == "zoom":
        return 1 <= value < math.inf
    if name in _AT_MOST:
        return 0 <= value <= _AT_MOST[name]
    if isinstance(value, bool):
        return True
    if isinstance(value, int):
        return _AT_LEAST.get(name, 1) <= value < _BELOW
    if isinstance(value, float):
        return is_float32(value) and value >= 0
    if isinstance(value, tuple):
        return min(value) >= 1 and max(value) <= 65535
    return bool(value)


def _parsed(value):
    if isinstance(value, str):
        try:
            return json.loads(value)
        except (ValueError, RecursionError):
            return None
    return value


def _integer(value):
    value = _parsed(value)
    whole = isinstance(value, (int, float)) and value == value // 1
    return int(value) if whole and not isinstance(value, bool) else None


def _number(value):
    value = _parsed(value)
    if isinstance(value, bool) or not isinstance(value, (int, float)):
        return None
    try:
        return float(value)
    except OverflowError:
        return None


def _boolean(value):
    value = _parsed(value.lower() if isinstance(value, str) else value)
    return value if isinstance(value, bool) else None


def _text(value):
    return value if isinstance(value, str) else None


def _size(value):
    if isinstance(value, str):
        value = value.replace(",", " ").replace("x", " ").strip("[]()").split()
    try:
        sides = tuple(_integer(side) for side in value)
    except TypeError:
        return None
    return sides if len(sides) == 2 and None not in sides else None


_CONVERTERS = {
    int: _integer,
    float: _number,
    bool: _boolean,
    str: _text,
    tuple: _size,
}
