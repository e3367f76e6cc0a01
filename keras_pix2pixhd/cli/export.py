"""`pix2pixhd export`."""

import os

from keras_pix2pixhd.cli.quiet_start import import_keras_quietly


def add_arguments(parser):
    add = parser.add_argument
    add("model", help="a run folder, or a .keras file")
    add(
        "--format",
        default="saved-model",
        help="saved-model (default), for TF Serving; onnx; litert; or keras",
    )
    add(
        "--weights",
        default="float32",
        help="what they are kept in: float32 (default), float16, bfloat16 "
        "(not litert) or int8 (litert only)",
    )
    add(
        "--output",
        default="saved_models",
        metavar="DIR",
        help="where DIR/NAME/1, 2, ... (saved-model) or DIR/NAME/FORMAT are "
        "written; default saved_models",
    )
    add("--name", help="of the model; default that of the run")
    add(
        "--license",
        metavar="FILE",
        help="terms of the weights; default the licence of this package",
    )
    saved = parser.add_argument_group("of saved-model")
    saved.add_argument(
        "--processor",
        choices=("cpu", "gpu"),
        help="what it will run on; default what this machine has",
    )
    saved.add_argument(
        "--max-pixels",
        type=int,
        metavar="N",
        help="the most pixels of a request, default 16777216",
    )
    saved.add_argument(
        "--strict",
        action="store_true",
        default=None,
        help="refuse PNG files with ids or colours that the class table does "
        "not have, rather than take them for void",
    )


def run(options):
    """Exports, says how far it is from the model and where it is."""
    if options.format != "keras":  # a graph of TensorFlow's, of any model
        os.environ["KERAS_BACKEND"] = "tensorflow"
    import_keras_quietly()
    from keras_pix2pixhd.export import ParityError
    from keras_pix2pixhd.export.export_run import export_run

    chosen = {
        name: getattr(options, name)
        for name in ("processor", "max_pixels", "strict")
        if getattr(options, name) is not None
    }
    try:
        export_run(
            options.model,
            options.output,
            options.name,
            format=options.format,
            weights=options.weights,
            license_file=options.license,
            report=print,
            **chosen,
        )
    except ParityError as error:
        print(f"pix2pixhd: {error}")
        return 1
    return 0
