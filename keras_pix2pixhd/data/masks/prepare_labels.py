"""Colour masks to label maps of ids, a folder at a time."""

from keras_pix2pixhd.data.checking.problem import outside_table, unreadable
from keras_pix2pixhd.data.class_table import ClassTable
from keras_pix2pixhd.data.masks.color_codes import read_codes
from keras_pix2pixhd.data.masks.color_matcher import ColorMatcher
from keras_pix2pixhd.data.masks.mask_folders import (
    checked_output,
    find_masks,
    place_of_classes,
    read_classes,
    write_classes,
)
from keras_pix2pixhd.data.masks.prepare_report import PrepareReport
from keras_pix2pixhd.data.parallel import parallel_map
from keras_pix2pixhd.png_file import write_png


def prepare_labels(
    colors,
    output,
    class_table,
    unknown="error",
    tolerance=0,
    workers=None,
    progress=None,
):
    """Turns a folder of colour masks into label maps of ids.

    Each mask becomes a PNG of one channel, of 8 bits, or 16 if the table has
    ids beyond 255; each class is written as the first of its ids. Beside
    `output` go `classes.json`, unless the same classes are there, and
    `NAME_report.json`; what `find_colors` wrote there gives way to it, if
    nobody edited it. So `DATA/labels` with `DATA/images` is a folder that
    `read_pairs` reads. Files that are there are replaced, each whole or not
    at all.

    Args:
        colors: Folder of masks, in any format that `ImageDatastore` reads.
        output: Folder to write to; not `colors`.
        class_table: `ClassTable`, or the file of one.
        unknown: What happens to colours of no class. `"error"` (default): a
            mask with some is not written. `"void"`: they get the table's
            first void id.
        tolerance: Int >= 0. Colours at most that many levels from the colour
            of a class, in each channel, are taken for it, as antialiasing
            and JPEG make them. Less than half the distance between any two
            classes. Defaults to `0`.
        workers: Int >= 1, number of threads. Defaults to `None`: the number
            of cores.
        progress: Function that is called after each mask with how many are
            done and how many there are. Defaults to `None`.

    Returns:
        `PrepareReport`. What is wrong with a mask is in there, not raised.

    Raises:
        ValueError: If a folder or an argument is not as it must be.

    Example:

    >>> import pathlib, tempfile
    >>> from PIL import Image
    >>> from keras_pix2pixhd.data import CARVANA
    >>> folder = pathlib.Path(tempfile.mkdtemp())
    >>> (folder / "masks").mkdir()
    >>> Image.new("RGB", (3, 2), "white").save(folder / "masks" / "car.png")
    >>> report = prepare_labels(folder / "masks", folder / "labels", CARVANA)
    >>> report.written, report.clean
    (1, True)
    >>> np.asarray(Image.open(folder / "labels" / "car.png")).tolist()
    [[1, 1, 1], [1, 1, 1]]
    """
    if not isinstance(class_table, ClassTable):
        class_table = read_classes(class_table)
    _check_unknown(unknown, class_table)
    matcher = ColorMatcher(class_table, tolerance)
    masks = find_masks(colors)
    output = checked_output(colors, output)
    classes = place_of_classes(output, class_table)
    report = PrepareReport(output, class_table, unknown, tolerance, matcher)

    def prepare(mask):
        return _prepare(mask, output, matcher, unknown)

    for found in parallel_map(prepare, masks, workers):
        report.add(found)
        if progress is not None:
            progress(report.masks, len(masks))
    report.save(output.with_name(f"{output.name}_report.json"))
    if report.written:
        write_classes(class_table, classes)
    return report


def _prepare(mask, output, matcher, unknown):
    """Writes one mask; returns (problem, matched), either may be None."""
    try:
        matched = matcher.match(read_codes(mask))
    except ValueError as error:
        return unreadable(mask.stem, mask, error), None
    matched_without_ids = matched._replace(ids=None)
    problem = None
    if matched.unknown:
        problem = outside_table(
            mask.stem,
            mask,
            "Every colour of a mask must belong to a class of the table.",
            matched.unknown,
            matched.counts,
        )
    if problem is None or unknown == "void":
        write_png(matched.ids, output / f"{mask.stem}.png")
    return problem, matched_without_ids


def _check_unknown(unknown, table):
    if unknown not in ("error", "void"):
        raise ValueError(
            "`unknown` must be 'error' or 'void'. "
            f"Received: unknown={unknown!r}"
        )
    if unknown == "void" and not table.void_ids:
        raise ValueError(
            "Unknown colours can become void only if the class table has a "
            "void id. Received: a table without. Add a row named void with "
            'an id and no colour, or "void_ids" in JSON.'
        )
