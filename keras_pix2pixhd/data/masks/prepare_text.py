"""A `PrepareReport` in words."""

from keras_pix2pixhd.data.checking.report_text import file_and_values, listed
from keras_pix2pixhd.data.checking.report_words import many, percent
from keras_pix2pixhd.data.files.file_system import one_line

_COLORS = 20
LIKE_IDS = "train on them as they are, without prepare-labels"


def prepare_report_to_text(report):
    """Implements `PrepareReport.__str__`."""
    lines = [
        f"masks    {report.masks:,}",
        f"written  {many(report.written, 'label map')} to "
        f"{one_line(report.output)}",
        *_about_colors(report),
        *listed("files that cannot be read", _reasons(report)),
        *_totals(report),
    ]
    if report.like_ids:
        lines.append(f"these look like ids already: if so, {LIKE_IDS}")
    return "\n".join(lines)


def _about_colors(report):
    found = report.colors()
    if not found:
        return []
    void = report.unknown == "void"
    more = len(found) - _COLORS
    files = [
        f"  {file_and_values(problem)}"
        for problem in report.problems
        if problem.kind == "outside_table"
    ]
    return [
        f"colours outside the class table{', made void' * void}: "
        f"{len(found):,}",
        *(f"  {_color(entry)}" for entry in found[:_COLORS]),
        *([f"  and {more:,} more", _hint(report)] if more > 0 else []),
        *listed(f"masks with them{', not written' * (not void)}", files),
    ]


def _color(entry):
    color, other = tuple(entry["color"]), tuple(entry["nearest_color"])
    return (
        f"{color}: {many(entry['pixels'], 'pixel')} in "
        f"{many(entry['files'], 'file')}; nearest {entry['nearest']} {other}, "
        f"{many(entry['distance'], 'level')} away"
    )


def _hint(report):
    return (
        "  So many come from antialiasing or JPEG: a tolerance, here of at "
        f"most {many(report.largest_tolerance, 'level')}, takes near colours "
        "for a class's."
    )


def _reasons(report):
    return [
        f"  {one_line(problem.reason)}"
        for problem in report.problems
        if problem.kind == "corrupt"
    ]


def _totals(report):
    lines = []
    if report.class_table.void_ids and report.pixels:
        share = percent(report.void_pixels / report.pixels)
        black = report.black_pixels
        of_black = (
            f"; {black:,} of them black, which is void in a table with void "
            "ids and no black class"
        )
        lines.append(
            f"void     {many(report.void_pixels, 'pixel')} of "
            f"{report.pixels:,} written, {share}{of_black * (black > 0)}"
        )
    if report.tolerance:
        lines.append(
            f"snapped  {many(report.snapped_pixels, 'pixel')} within "
            f"{many(report.tolerance, 'level')} of the colour of a class, "
            f"in {many(report.snapped_masks, 'mask')}"
        )
    most = report.largest_tolerance
    lines.append(
        f"a tolerance of up to {many(most, 'level')} is unambiguous"
        if most
        else "no tolerance is unambiguous: the colours of two classes are too "
        "near each other"
    )
    return lines
