"""`pix2pixhd features`."""

from keras_pix2pixhd.cli.progress import progress_line
from keras_pix2pixhd.cli.quiet_start import import_keras_quietly


def add_arguments(parser):
    actions = parser.add_subparsers(
        dest="action", required=True, metavar="ACTION"
    )
    fit = actions.add_parser(
        "fit",
        help="find the styles of each class in the training photographs",
    )
    fit.add_argument(
        "folder", metavar="RUN", help="a run folder, or a .keras file"
    )
    fit.add_argument(
        "--data", help="data folder, if the run's has moved, or for a file"
    )
    fit.add_argument(
        "--clusters", type=int, default=10, help="styles per class, default 10"
    )
    fit.add_argument(
        "--seed", type=int, default=0, help="of the k-means, default 0"
    )
    fit.add_argument(
        "--output", metavar="FILE", help="default features.npz beside the model"
    )
    show = actions.add_parser("show", help="list the classes and their styles")
    show.add_argument(
        "folder", metavar="RUN|FILE", help="a run folder, or a file of features"
    )


def run(options):
    """Fits, or shows what was fitted."""
    import_keras_quietly()
    from keras_pix2pixhd.runs.run_features import (
        find_features,
        fit_run_features,
    )

    if options.action == "show":
        print(_table(find_features(options.folder)))
        return
    with progress_line("encoded") as progress:
        clusters, path = fit_run_features(
            options.folder,
            data=options.data,
            clusters=options.clusters,
            seed=options.seed,
            output=options.output,
            progress=progress,
        )
    print(_table(clusters))
    print(f"features: {path}")


def _table(clusters):
    """Returns what was fitted, a line for each class that has styles."""
    rows = [("class", "styles", "samples")]
    names = getattr(
        clusters.class_table, "names", map(str, range(clusters.num_classes))
    )
    for name, styles, samples in zip(
        names, clusters.centers, clusters.samples, strict=True
    ):
        if len(styles):
            rows.append((name, len(styles), samples))
    width = max(len(name) for name, *_ in rows)
    empty = clusters.num_classes - len(rows) + 1
    return "\n".join(
        [
            f"{clusters.feature_channels} numbers that follow "
            f"{clusters.follow}, from {len(clusters.images)} photographs of "
            f"{clusters.source or 'an unnamed source'}",
            *(f"{a:<{width}}  {b:>6}  {c:>7}" for a, b, c in rows),
            *([f"classes without styles: {empty}"] if empty else []),
        ]
    )
