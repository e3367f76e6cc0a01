"""`pix2pixhd train`."""

import argparse

from keras_pix2pixhd.cli.quiet_start import import_keras_quietly
from keras_pix2pixhd.config import RunConfig, read_settings
from keras_pix2pixhd.presets import PRESETS, preset, smoke


def add_arguments(parser):
    """Adds the options; each names the setting that it changes."""
    parser.formatter_class = argparse.RawDescriptionHelpFormatter
    parser.epilog = "settings for --set and --config:\n" + "\n".join(
        f"  {name:<28}{about}" for name, about in RunConfig.about().items()
    )
    add = parser.add_argument
    add("--data", help="data folder; without it, toy cars are drawn")
    add("--layout", help="layout of that folder; default: recognised")
    add("--classes", metavar="FILE", help="class table; default: in the folder")
    add(
        "--preset",
        metavar="NAME",
        help=f"{', '.join(PRESETS)}; default carvana-small with --data, "
        "else toy",
    )
    add("--output", help="folder of the run folders, default runs")
    add(
        "--config",
        metavar="FILE",
        help="JSON file of settings, such as a run's config.json; later "
        "options win over it",
    )
    add(
        "--set",
        metavar="KEY=VALUE",
        action="append",
        default=[],
        help="any setting; may be given again",
    )
    add(
        "--image-size",
        nargs=2,
        metavar=("HEIGHT", "WIDTH"),
        help="size to train at",
    )
    add("--steps", help="training steps in all")
    add("--epochs", help="rows of history, sample grids and saved models")
    add("--batch-size", help="pairs per step")
    add("--seed", help="of weights, order, flips, partition and subset")
    add("--subset", help="pairs to pick at random")
    add("--mixed-precision", metavar="KIND", help="none, bfloat16, float16")
    add(
        "--perceptual",
        metavar="WEIGHTS",
        help="VGG19 weights: none, imagenet, random, or a file",
    )
    add(
        "--smoke",
        action="store_true",
        help="shrink networks, images, data and steps: a whole run in seconds; "
        "VGG19 weights that would be downloaded become random ones",
    )
    add(
        "--dry-run",
        action="store_true",
        help="print the settings as JSON and stop, without a look at the data",
    )


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
)


def resolve(options):
    """Returns the `RunConfig` of parsed options.

    What is said later wins: preset, `--config`, `--smoke`, `--set`, and the
    options of their own.
    """
    read = {} if options.config is None else read_settings(options.config)
    assigned = dict(map(_assignment, options.set))
    given = {flag: getattr(options, flag) for flag in FLAGS}
    given = {name: value for name, value in given.items() if value is not None}
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


def run(options):
    """Trains, or prints the settings."""
    config = resolve(options)
    if options.dry_run:
        print(config.to_json(), end="")
        return
    import_keras_quietly()
    from keras_pix2pixhd.runs import train

    train(config)
