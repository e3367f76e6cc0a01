"""`pix2pixhd train`."""

import argparse

from keras_pix2pixhd.cli.quiet_start import import_keras_quietly
from keras_pix2pixhd.cli.train_settings import resolve, resumed_changes
from keras_pix2pixhd.config import RunConfig
from keras_pix2pixhd.config_checks import check_together
from keras_pix2pixhd.presets import PRESETS


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
    _add_of_runs(add)
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


def _add_of_runs(add):
    add(
        "--resume",
        metavar="RUN",
        help="go on with a run folder where its last checkpoint was written, "
        "with its settings; options may change some (docs/resuming.md)",
    )
    add(
        "--init-from",
        metavar="MODEL",
        help="begin a new run with the weights of a run folder or .keras file",
    )
    add(
        "--strategy",
        metavar="NAME",
        help="none; mirrored: all GPUs; multi_worker: machines of TF_CONFIG",
    )
    add(
        "--deterministic",
        action="store_const",
        const="true",
        help="only operations that give the same bits each time",
    )


def run(options):
    """Trains, goes on with a run, or prints the settings."""
    if options.resume is not None:
        return _resume(options)
    config = resolve(options)
    check_together(config)
    if options.dry_run:
        print(config.to_json(), end="")
        return
    import_keras_quietly()
    from keras_pix2pixhd.runs import train

    train(config)


def _resume(options):
    changes = resumed_changes(options)
    import_keras_quietly()
    from keras_pix2pixhd.runs import resume
    from keras_pix2pixhd.runs.records.kept_settings import (
        changed_settings,
        settings_of_run,
    )
    from keras_pix2pixhd.runs.resume import finished

    if options.dry_run:
        config = settings_of_run(options.resume)
        config, _ = changed_settings(config, changes)
        check_together(config)
        print(config.to_json(), end="")
        return
    said = finished(options.resume, changes)
    if said is not None:
        print(said)
        return
    resume(options.resume, changes)
