"""`pix2pixhd prepare-records`."""

from keras_pix2pixhd.cli.progress import progress_line
from keras_pix2pixhd.cli.quiet_start import import_keras_quietly


def add_arguments(parser):
    add = parser.add_argument
    add("folder", metavar="DIR", help="the data folder")
    add(
        "output",
        metavar="OUT",
        help="new or empty folder for the TFRecord files, maybe gs://...; "
        "train --data OUT",
    )
    add("--layout", help="layout of DIR, such as camvid11; default: recognised")
    add("--classes", metavar="FILE", help="class table; default: in DIR")
    add(
        "--instances",
        choices=("components",),
        help="take the connected regions of the label maps for instances",
    )
    add(
        "--shards",
        type=int,
        default=8,
        metavar="N",
        help="files of each side, default 8; as many as workers, or a multiple",
    )
    add(
        "--train-fraction",
        type=float,
        default=0.925,
        metavar="SHARE",
        help="share of the pairs to train on, where the data has no split of "
        "its own; default 0.925",
    )
    add("--seed", type=int, default=0, help="of a random split, default 0")
    add("--subset", type=int, metavar="N", help="pairs to pick at random")
    add(
        "--workers",
        type=int,
        metavar="N",
        help="threads that read, default one for each core",
    )


def run(options):
    """Writes the records and says what is in them."""
    import_keras_quietly()
    from keras_pix2pixhd.data import prepare_records

    with progress_line("written") as progress:
        parts = prepare_records(
            options.folder,
            options.output,
            layout=options.layout,
            classes=options.classes,
            components=options.instances == "components",
            train_fraction=options.train_fraction,
            seed=options.seed,
            subset=options.subset,
            shards=options.shards,
            workers=options.workers,
            progress=progress,
        )
    files = sum(len(pairs.side.files) for pairs in parts[:2])
    print(f"{parts.note}, in {files} files")
    print(f"records: {options.output}")
    print(f"next: pix2pixhd train --data {options.output}")
