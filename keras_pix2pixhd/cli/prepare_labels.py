"""`pix2pixhd prepare-labels`."""

import argparse
import os
import shlex

from keras_pix2pixhd.cli.progress import progress_line
from keras_pix2pixhd.cli.quiet_start import import_keras_quietly

_SHOWN = 40


def add_arguments(parser):
    parser.formatter_class = argparse.RawDescriptionHelpFormatter
    parser.epilog = (
        "without --classes, the colours of the masks are counted and a class\n"
        "table to edit is written beside OUT as classes.csv: name the "
        "classes,\nthen run again with --classes.\n\n"
        "exit code: 0 all masks are written, 1 some are not, 2 the user's "
        "mistake"
    )
    add = parser.add_argument
    add("colors", metavar="COLOURS", help="the folder of colour masks")
    add("output", metavar="OUT", help="the folder for label maps of ids")
    add("--classes", metavar="FILE", help="class table: .json, .yaml or .csv")
    add(
        "--unknown",
        choices=("error", "void"),
        default="error",
        help="colours of no class: leave the mask out and say so (error, the "
        "default), or make them void",
    )
    add(
        "--tolerance",
        type=int,
        default=0,
        metavar="N",
        help="take colours at most N levels from that of a class for it, in "
        "each channel; default 0",
    )
    add(
        "--workers",
        type=int,
        metavar="N",
        help="threads, default one for each core",
    )


def run(options):
    """Writes label maps; returns 1 if some masks could not be written."""
    import_keras_quietly()
    from keras_pix2pixhd.data import find_colors, prepare_labels

    if options.classes is None:
        with progress_line("counted") as progress:
            tally, path = find_colors(
                options.colors, options.output, options.workers, progress
            )
        print(_table(tally))
        _print_if_ids(list(tally.pixels))
        print(f"classes: {os.path.relpath(path)}; name them there, then run")
        print(f"  {_next_command(options, path)}")
        return 0
    with progress_line("prepared") as progress:
        report = prepare_labels(
            options.colors,
            options.output,
            options.classes,
            unknown=options.unknown,
            tolerance=options.tolerance,
            workers=options.workers,
            progress=progress,
        )
    print(report)
    return 0 if report.clean else 1


def _next_command(options, path):
    """Returns the same command with the classes that were written."""
    words = ["pix2pixhd", "prepare-labels", options.colors, options.output]
    if options.workers is not None:
        words += ["--workers", str(options.workers)]
    return shlex.join([*words, "--classes", os.path.relpath(path)])


def _print_if_ids(colors):
    from keras_pix2pixhd.data.masks.color_codes import all_small_greys, pack
    from keras_pix2pixhd.data.masks.prepare_text import LIKE_IDS

    if any(map(any, colors)) and all_small_greys(pack(colors)):
        print(f"these look like ids already: if so, {LIKE_IDS}")


def _table(tally):
    """Returns the colours, a line for each."""
    rows = tally.most_common()
    lines = [f"{'colour':<18}{'pixels':>15}{'masks':>9}"]
    lines += [
        f"{str(color):<18}{pixels:>15,}{files:>9,}"
        for color, pixels, files in rows[:_SHOWN]
    ]
    if len(rows) > _SHOWN:
        lines += [
            f"and {len(rows) - _SHOWN:,} more. So many come from antialiasing "
            "or JPEG: keep the",
            "rows of the true colours, and use --tolerance for the others.",
        ]
    return "\n".join(lines)
