"""`pix2pixhd generate`."""

from keras_pix2pixhd.cli.progress import progress_line
from keras_pix2pixhd.cli.quiet_start import import_keras_quietly


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


def run(options):
    """Paints, and says where the photographs are."""
    import_keras_quietly()
    from keras_pix2pixhd.generation import generate_folder

    with progress_line("painted") as progress:
        written = generate_folder(
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
            progress=progress,
        )
    count = f"{len(written)} photograph{'s' * (len(written) != 1)}"
    styled = options.styles is not None  # then under other names
    print(f"{count}: {written[0].parent if styled else options.output}")
