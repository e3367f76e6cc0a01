"""`pix2pixhd plot`."""

from keras_pix2pixhd.cli.quiet_start import import_keras_quietly


def add_arguments(parser):
    add = parser.add_argument
    add(
        "runs",
        nargs="+",
        metavar="RUN",
        help="run folders, or their history.csv; several share each chart",
    )
    add(
        "--output",
        metavar="DIR",
        help="default RUN/curves for one run, else curves",
    )


def run(options):
    """Draws the curves, and says where they are."""
    import_keras_quietly()
    from keras_pix2pixhd.curves import plot_run

    page = plot_run(options.runs, options.output)
    print(f"curves: {page}\ncharts: .svg files beside it")
