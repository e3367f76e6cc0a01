"""`pix2pixhd generate`."""

import argparse
import itertools
import re
import sys

from keras_pix2pixhd.cli.progress import progress_line
from keras_pix2pixhd.cli.quiet_start import import_keras_quietly

_SHOWN = 10  # label maps that failed


def add_arguments(parser):
    add = parser.add_argument
    add("model", help="a run folder, or a .keras file")
    add(
        "input",
        help="a label map, or a folder of label maps; images for a model "
        "without classes",
    )
    add("output", help="a .png file for a label map, a folder for a folder")
    add(
        "--image-size",
        nargs=2,
        type=int,
        metavar=("HEIGHT", "WIDTH"),
        help="paint at this size, then scale back to the label map's",
    )
    add(
        "--instances",
        metavar="DIR",
        help="instance map or folder of them, or the word components: the "
        "connected regions of the label map; for models that see instances",
    )
    add(
        "--features",
        metavar="KIND",
        help="for models with instance features: sample (draw from the run's "
        "features.npz; every class of the label maps must be in it), encode "
        "(take those of --images), or another file of fitted features",
    )
    add(
        "--images",
        metavar="DIR",
        help="photograph or folder of them, for --features encode: named as "
        "the label maps, of their size",
    )
    add("--seed", type=int, default=0, help="of the draws, default 0")
    add(
        "--styles",
        type=int,
        metavar="N",
        help="versions of each label map: NAME_style1.png, ...",
    )
    add(
        "--part",
        choices=("left", "right"),
        help="paint from this half of side-by-side files; for models without "
        "classes",
    )
    add(
        "--batch-size",
        type=int,
        default=1,
        metavar="N",
        help="neighbours of one size that are painted at once, default 1",
    )
    add(
        "--workers",
        type=int,
        default=1,
        metavar="N",
        help="processes that share the work and the processor cores of this "
        "machine, default 1; each loads the model",
    )
    add(
        "--shard",
        type=_shard,
        metavar="I/N",
        help="paint the I-th of N equal parts of the folder, 1/N to N/N, for "
        "machines that share it",
    )
    add(
        "--overwrite",
        action="store_true",
        help="paint again what is there, and replace photographs of other "
        "models and settings; without it, what is done is skipped",
    )
    add(
        "--keep-going",
        action="store_true",
        help="leave out label maps that cannot be read, and list them at the "
        "end and in failed.txt; the exit code is 1 then",
    )


def _shard(text):
    """Reads I/N, and returns (index, count); the index begins with 0."""
    found = re.fullmatch("([0-9]+)/([0-9]+)", text, re.ASCII)
    number, count = map(int, found.groups()) if found else (0, 0)
    if not 1 <= number <= count:
        raise argparse.ArgumentTypeError(
            f"must be I/N, two integers with 1 <= I <= N. Received: {text!r}"
        )
    return number - 1, count


def run(options):
    """Paints, and says how many photographs there are, and where.

    Returns:
        1 if a label map could not be read, else 0.
    """
    import_keras_quietly()
    from keras_pix2pixhd.generation import generate_folder

    with progress_line("painted") as progress:
        photographs = generate_folder(
            options.model,
            options.input,
            options.output,
            image_size=options.image_size and tuple(options.image_size),
            instances=options.instances,
            features=options.features,
            images=options.images,
            seed=options.seed,
            styles=options.styles,
            part=options.part,
            batch_size=options.batch_size,
            shard=options.shard,
            workers=options.workers,
            overwrite=options.overwrite,
            keep_going=options.keep_going,
            progress=progress,
        )
    print(_summary(photographs, options))
    for path, reason in itertools.islice(photographs.failed.items(), _SHOWN):
        print(f"failed: {reason or path}", file=sys.stderr)
    left = len(photographs.failed) - _SHOWN
    if left > 0:
        print(f"and {left} more, see failed*.txt there", file=sys.stderr)
    return int(bool(photographs.failed))


def _summary(photographs, options):
    painted, there = photographs.painted, photographs.there
    text = f"{painted} photograph{'s' * (painted != 1)}"
    if there:
        text += f" painted, {there} {'was' if there == 1 else 'were'} there"
    if photographs.failed:
        text += f"; {len(photographs.failed)} label maps failed"
    # styles of one label map are files of other names
    styled = options.styles is not None and photographs
    return f"{text}: {photographs[0].parent if styled else options.output}"
