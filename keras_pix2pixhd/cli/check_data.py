"""`pix2pixhd check-data`."""

import argparse
import os

from keras_pix2pixhd.cli.progress import progress_line
from keras_pix2pixhd.cli.quiet_start import import_keras_quietly


def add_arguments(parser):
    parser.formatter_class = argparse.RawDescriptionHelpFormatter
    parser.epilog = (
        "exit code: 0 all is well (there may be warnings), 1 training would "
        "fail,\n2 the folder cannot be read as a data set"
    )
    add = parser.add_argument
    add("folder", metavar="DIR", help="the data folder; it is only read")
    add(
        "--layout",
        metavar="NAME",
        help="layout of the folder, such as camvid11; default: recognised",
    )
    add(
        "--classes",
        metavar="FILE",
        help="class table (.json, .yaml or .csv), for a folder of images/, "
        "labels/ or masks/, and maybe instances/",
    )
    add(
        "--output",
        metavar="FOLDER",
        help="where report.json and sheet.png go; default data_check/NAME",
    )
    add(
        "--instances",
        choices=("components",),
        help="take the connected regions of the label maps for instances",
    )
    add(
        "--samples",
        type=int,
        default=12,
        metavar="N",
        help="pairs on the sheet, default 12",
    )
    add(
        "--workers",
        type=int,
        metavar="N",
        help="threads that read, default one for each core",
    )


def run(options):
    """Checks, prints the report, and returns 1 if training would fail."""
    import_keras_quietly()
    from keras_pix2pixhd.data.checking.check_folder import check_folder
    from keras_pix2pixhd.data.files.file_system import one_line

    with progress_line("checked") as progress:
        report, paths = check_folder(
            options.folder,
            output=options.output,
            layout=options.layout,
            classes=options.classes,
            components=options.instances == "components",
            samples=options.samples,
            workers=options.workers,
            progress=progress,
        )
    print(report)
    print()
    for path in paths:
        print(f"{path.stem}: {one_line(os.path.relpath(path))}")
    return 0 if report.clean else 1
