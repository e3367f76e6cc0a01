"""`pix2pixhd import-nvidia`."""

import pathlib

from keras_pix2pixhd.cli.quiet_start import import_keras_quietly


def add_arguments(parser):
    add = parser.add_argument
    add("checkpoint_dir", help="folder with latest_net_G.pth and its siblings")
    add("output", help="the .keras file to write")
    add("--epoch", default="latest", help="of the files, default latest")
    add(
        "--classes",
        metavar="N|cityscapes|FILE.json",
        help="number of classes, 0 for a model that paints from images, or a "
        "class table; default from opt.txt",
    )
    edges = parser.add_mutually_exclusive_group()
    edges.add_argument(
        "--instance-edges",
        action="store_true",
        default=None,
        help="the networks see the borders between instances",
    )
    edges.add_argument(
        "--no-instance-edges", dest="instance_edges", action="store_false"
    )
    add(
        "--features",
        choices=("none", "instances", "labels"),
        help="what instance features follow; default from opt.txt",
    )


def run(options):
    """Converts, and says what was loaded, ignored and missing."""
    import_keras_quietly()
    from keras_pix2pixhd.converters import import_nvidia
    from keras_pix2pixhd.converters.model_file import (
        check_new_model_file,
        save_new_model,
    )

    check_new_model_file(options.output)
    gan = import_nvidia(
        options.checkpoint_dir,
        epoch=options.epoch,
        class_table=_class_table(options.classes),
        use_instance_edges=options.instance_edges,
        features=options.features,
        report=print,
    )
    save_new_model(gan, options.output)
    print(f"model: {options.output}")


def _class_table(text):
    from keras_pix2pixhd.data import CITYSCAPES, ClassTable

    if text is None:
        return None
    if text.isdecimal():
        return int(text)
    if text == "cityscapes":
        return CITYSCAPES
    if not pathlib.Path(text).is_file():
        raise ValueError(
            "--classes must be a number, the word cityscapes, or a JSON file "
            f"of a class table. Received: {text!r}"
        )
    return ClassTable.load(text)
