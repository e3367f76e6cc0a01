"""The check of a data folder, and the files that it leaves."""

import pathlib

from keras_pix2pixhd.data.check import check_data
from keras_pix2pixhd.data.checking.contact_sheet import draw_contact_sheet
from keras_pix2pixhd.data.files.file_system import RemotePath, as_path
from keras_pix2pixhd.data.layouts.read_pairs import read_pairs
from keras_pix2pixhd.png_file import write_png


def check_folder(
    folder,
    output=None,
    layout=None,
    classes=None,
    components=False,
    samples=12,
    workers=None,
    progress=None,
):
    """Checks a data folder; writes `report.json` and `sheet.png`.

    Args:
        folder: The data folder; nothing is written into it.
        output: Folder to write to. Defaults to `None`: `data_check/NAME`
            below the current folder, NAME being that of `folder`.
        layout: Name of a layout of `read_pairs`. Defaults to `None`: it is
            recognised.
        classes: File of a class table, for a folder of `images/`, `labels/`
            or `masks/`, and maybe `instances/`. Defaults to `None`.
        components: Whether to take the connected regions of the label maps
            for instances. Defaults to `False`.
        samples: Int, how many pairs the sheet shows. Defaults to `12`.
        workers, progress: Those of `check_data`.

    Returns:
        `(report, paths)`: the `DataReport`, and the files that were written.
        There is no sheet if no pair can be read.

    Raises:
        ValueError: If the folder cannot be read as pairs, or `output` is
            inside of it or cannot be written.
    """
    folder = as_path(folder)
    pairs = read_pairs(folder, layout, "skip", classes)
    output = _checked_output(folder, output)
    layout = pairs.layout
    if components:
        pairs = pairs.with_components()
    report = check_data(pairs, workers, progress)
    report.layout = layout
    paths = [output / "report.json"]
    report.save(paths[0])
    sheet = draw_contact_sheet(pairs, report, samples)
    path = output / "sheet.png"
    if sheet is None:
        path.unlink(missing_ok=True)  # that of an earlier check
    else:
        write_png(sheet, path)
        paths.append(path)
    return report, paths


def _checked_output(folder, output):
    if isinstance(folder, RemotePath):
        return pathlib.Path(output or f"data_check/{folder.name}")
    folder = folder.resolve()
    output = pathlib.Path(output or f"data_check/{folder.name}").resolve()
    if output.is_relative_to(folder):
        raise ValueError(
            "The report must not go into the data folder. "
            f'Received: "{output}" inside "{folder}". Name another folder '
            "with --output (`output` in Python)."
        )
    return output
