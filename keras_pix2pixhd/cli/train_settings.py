"""From the options of `pix2pixhd train` to settings."""

from keras_pix2pixhd.config import RunConfig, read_settings
from keras_pix2pixhd.presets import preset, smoke

# options that are called as their settings
FLAGS = (
    "data",
    "layout",
    "classes",
    "output",
    "image_size",
    "steps",
    "epochs",
    "batch_size",
    "seed",
    "subset",
    "mixed_precision",
    "perceptual",
    "init_from",
    "strategy",
    "deterministic",
)
# of a new run only
_NEW = ("preset", "config", "output", "smoke", "init_from")


def resolve(options):
    """Returns the `RunConfig` of the parsed options of a new run.

    What is said later wins: preset, `--config`, `--smoke`, `--set`, and the
    options of their own.
    """
    read = {} if options.config is None else read_settings(options.config)
    assigned, given = _assigned(options), _given(options)
    settings = read | assigned | given
    data = RunConfig().replace({"data": settings.get("data")}).data
    _check_one_preset(options.preset, read)
    name = options.preset or settings.get("preset")
    name = name or ("toy" if data is None else "carvana-small")
    config = preset(name).replace({**read, "preset": name})
    if "epochs" in given and "steps" not in given:
        config = config.replace({"steps": None})
    if options.smoke:
        config = smoke(config)
    return config.replace({**assigned, "preset": name}).replace(given)


def resumed_changes(options):
    """Returns the settings that a resumed run is to change, a dict.

    Raises:
        ValueError: if an option is given that is for a new run.
    """
    options_of = {name: f"--{name.replace('_', '-')}" for name in _NEW}
    refused = [
        word for name, word in options_of.items() if _is_set(options, name)
    ]
    if refused:
        raise ValueError(
            f"{', '.join(options_of.values())} are for a new run. Received: "
            f"{', '.join(refused)} with --resume {options.resume}. Leave "
            f"{'it' if len(refused) == 1 else 'them'} out: a run keeps its "
            "settings."
        )
    return _assigned(options) | _given(options)


def _is_set(options, name):
    return getattr(options, name) not in (None, False)


def _assigned(options):
    return dict(map(_assignment, options.set))


def _given(options):
    given = {flag: getattr(options, flag) for flag in FLAGS}
    return {name: value for name, value in given.items() if value is not None}


def _check_one_preset(name, read):
    """A run's config.json is complete: with another preset it would win."""
    other = read.get("preset")
    if None not in (name, other) and name != other:
        raise ValueError(
            "--preset and --config must not name different presets. "
            f"Received: --preset {name} and a file of the preset {other!r}. "
            "Leave --preset out, or remove what should not count from the "
            "file."
        )


def _assignment(text):
    name, equals, value = text.partition("=")
    if not equals:
        raise ValueError(f"--set takes KEY=VALUE. Received: {text!r}")
    return name, value
