"""`pix2pixhd evaluate`."""

from keras_pix2pixhd.cli.progress import progress_lines
from keras_pix2pixhd.cli.quiet_start import import_keras_quietly


def add_arguments(parser):
    add = parser.add_argument
    add(
        "models",
        nargs="+",
        metavar="RUN",
        help="run folders, .keras files, or folders of images that another "
        "program generated, named as the pairs; several are compared",
    )
    _add_data(parser)
    _add_networks(parser)
    add(
        "--features",
        metavar="KIND",
        default="encode",
        help="for models with instance features: encode (default: those of "
        "the real photograph), sample (draw from the run's features.npz), or "
        "another file of fitted features",
    )
    add(
        "--styles",
        type=int,
        default=0,
        metavar="N",
        help="compare so many styles of a label map: the diversity of such "
        "models",
    )
    add(
        "--instances",
        choices=("files", "components"),
        help="for models that see instances; default: as trained",
    )
    add("--seed", type=int, default=0, help="of all draws, default 0")
    add(
        "--examples",
        type=int,
        default=4,
        metavar="N",
        help="best, worst and random images in the report, default 4 each",
    )
    add(
        "--save-images",
        action="store_true",
        help="keep the generated images, in generated/",
    )
    add(
        "--output",
        metavar="DIR",
        help="default RUN/evaluation for one run, else a number in "
        "evaluations/; an earlier evaluation there is replaced",
    )


def _add_data(parser):
    add = parser.add_argument
    add("--data", metavar="DIR", help="data folder; default: that of the run")
    add("--layout", metavar="NAME", help="its layout; default: as trained")
    add("--classes", metavar="FILE", help="class table; default: as trained")
    add(
        "--side",
        choices=("held_out", "train", "all"),
        default="held_out",
        help="pairs to evaluate on, by the split of the run",
    )
    add(
        "--images",
        type=int,
        metavar="N",
        help="how many of them, evenly spread; default: all",
    )
    add(
        "--image-size",
        nargs=2,
        type=int,
        metavar=("HEIGHT", "WIDTH"),
        help="size to paint and compare at; default: as trained",
    )
    add(
        "--batch-size",
        type=int,
        default=1,
        metavar="N",
        help="pairs painted at once, default 1",
    )
    add(
        "--training-images",
        type=int,
        default=1000,
        metavar="N",
        help="training photographs to look for near ones in, with a feature "
        "network; default 1000",
    )


def _add_networks(parser):
    add = parser.add_argument
    add(
        "--metrics",
        metavar="A,B",
        help="of l1, psnr, ssim, ms_ssim, perceptual, class_color_error, "
        "segmentation, frechet, kid, precision_recall; default: all that the "
        "networks below allow",
    )
    add(
        "--feature-network",
        metavar="NETWORK",
        help="for distances between distributions: inceptionv3 (a download), "
        "its weights .h5, a .keras or a .tflite file",
    )
    add(
        "--perceptual",
        metavar="WEIGHTS",
        help="VGG19 weights for the perceptual distance: imagenet (a "
        "download), or an .h5, .npz or .pth file",
    )
    add(
        "--segmenter",
        metavar="FILE",
        help="what train-segmenter made, or a .keras file",
    )
    add(
        "--cache",
        metavar="DIR",
        help="keep the features of real images here for the next evaluation",
    )


def run(options):
    """Evaluates, and prints the numbers and where the report is."""
    import_keras_quietly()
    from keras_pix2pixhd import evaluation

    given = dict(vars(options))
    for name in ("verb", "run"):
        given.pop(name, None)
    given["perceptual_weights"] = given.pop("perceptual")
    if given["metrics"] is not None:
        names = map(str.strip, given["metrics"].split(","))
        given["metrics"] = [name for name in names if name]
    if given["image_size"] is not None:
        given["image_size"] = tuple(given["image_size"])
    with progress_lines() as progress:
        found = evaluation.evaluate(**given, progress=progress)
    print(evaluation.summary_text(found, chosen=options.metrics is not None))
