"""`pix2pixhd train-segmenter`."""

import shlex

from keras_pix2pixhd.cli.progress import progress_line
from keras_pix2pixhd.cli.quiet_start import import_keras_quietly

# what --smoke shrinks; options that are given win
_SMOKE = {
    "image_size": (32, 48),
    "steps": 4,
    "batch_size": 2,
    "filters": 4,
    "subset": 24,
}


def add_arguments(parser):
    """Adds the options; those without a default have that of the library."""
    add = parser.add_argument
    add("--data", metavar="DIR", required=True, help="data folder with classes")
    add("--layout", metavar="NAME", help="its layout; default: recognised")
    add("--classes", metavar="FILE", help="class table; default: in the folder")
    add("--output", metavar="DIR", help="default segmenters")
    add(
        "--image-size",
        nargs=2,
        type=int,
        metavar=("HEIGHT", "WIDTH"),
        help="size to train at: that at which images will be judged, so of a "
        "run its image_size; default: as stored, scaled so that the long side "
        "is at most 448",
    )
    add("--steps", type=int, metavar="N", help="training steps, default 500")
    add("--batch-size", type=int, metavar="N", help="pairs a step, default 8")
    add("--filters", type=int, metavar="N", help="at full size, default 16")
    add(
        "--seed",
        type=int,
        metavar="N",
        help="default 0; also of the split, where there is none in the data: "
        "give that of the run to judge, and so with the next two",
    )
    add(
        "--train-fraction",
        type=float,
        metavar="SHARE",
        help="of the pairs, where there is no split in the data; default 0.925",
    )
    add("--subset", type=int, metavar="N", help="pairs to pick; default: all")
    add(
        "--smoke",
        action="store_true",
        help="shrink network, images, data and steps: the whole of it in "
        "seconds",
    )


_SETTINGS = (
    "layout",
    "classes",
    "output",
    "image_size",
    "steps",
    "batch_size",
    "filters",
    "seed",
    "train_fraction",
    "subset",
)


def run(options):
    """Trains, and prints the scores on the held-out images."""
    given = {name: getattr(options, name) for name in _SETTINGS}
    given = {name: value for name, value in given.items() if value is not None}
    settings = {**(_SMOKE if options.smoke else {}), **given}
    import_keras_quietly()
    from keras_pix2pixhd.segmentation import train_segmenter

    with progress_line("trained") as progress:
        path, metrics = train_segmenter(
            options.data, progress=progress, **settings
        )
    print(_text(metrics))
    print(
        f"segmenter: {path / 'segmenter.keras'}\n"
        f"protocol:  {path / 'segmenter.json'}\n"
        f"Next:\n  pix2pixhd evaluate RUN --segmenter {shlex.quote(str(path))}"
    )


def _text(metrics):
    """Returns the scores, a line for each class."""
    classes = metrics["class_iou"].items()
    width = max(len(name) for name, _ in classes)
    return "\n".join(
        [
            f"held-out images: {metrics['images']}",
            f"  pixel accuracy {metrics['pixel_accuracy']:.4f}, "
            f"mean IoU {metrics['mean_iou']:.4f}",
            *(f"  {name:<{width}}  {iou:.4f}" for name, iou in classes),
        ]
    )
