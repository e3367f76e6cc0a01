"""The scores of each class."""

from keras_pix2pixhd.charts.bar import bar
from keras_pix2pixhd.charts.markup import element
from keras_pix2pixhd.charts.number_text import is_finite, number
from keras_pix2pixhd.charts.page_parts import (
    data_table,
    run_label,
    section,
)
from keras_pix2pixhd.evaluation.report.segmenter_name import segmenter_name


def class_section(evaluation):
    """Returns the table of classes, or `None` where no class has a score."""
    runs = evaluation.runs
    overlaps = [_overlap(run, "generated") for run in runs]
    real = next((r for run in runs if (r := _overlap(run, "real"))), {})
    errors = [run.metrics.get("class_color_error") or {} for run in runs]
    columns = _columns(runs, overlaps, real, errors)
    names = _names(evaluation.protocol, [*overlaps, real, *errors])
    if not names:
        return None
    rows = [
        [_class_cell(name, color)]
        + [_cell(scores.get(name), most, i) for scores, most, i, _ in columns]
        for name, color in names.items()
    ]
    several = len(runs) > 1
    note = _note(any(overlaps), any(errors), evaluation.protocol)
    head = ["class", *(text if several else "" for *_, text in columns)]
    return section(
        "classes",
        "Classes",
        element("p", note, class_="note"),
        _table(head, rows, overlaps, real, errors, several),
    )


def _columns(runs, overlaps, real, errors):
    """Returns scores, what fills a bar, colour and heading of each column."""
    columns = []
    names = [run_label(run.name) for run in runs]
    if any(overlaps):
        columns += [(o, 1, i, names[i]) for i, o in enumerate(overlaps)]
    if real:
        columns.append((real, 1, 5, "real images"))
    if any(errors):
        values = [v for e in errors for v in e.values() if is_finite(v)]
        most = max(values, default=0)
        columns += [(e, most, i, names[i]) for i, e in enumerate(errors)]
    return columns


def _table(head, rows, overlaps, real, errors, several):
    """One row of headings for one run, two for several."""
    iou, error = "IoU", "colour error"
    if not several:
        head = ["class"]
        head += [f"{iou}, generated"] if any(overlaps) else []
        head += [f"{iou}, real"] if real else []
        head += [error] if any(errors) else []
        return data_table("Scores of each class", head, rows)
    count = len(overlaps)
    groups = [("", 1)]
    if any(overlaps):
        groups.append((iou, count + bool(real)))
    if any(errors):
        groups.append((error, count))
    return data_table("Scores of each class", head, rows, groups)


def _overlap(run, kind):
    segmentation = run.metrics.get("segmentation") or {}
    return (segmentation.get(kind) or {}).get("class_iou") or {}


def _names(protocol, columns):
    """Returns class -> colour of all classes that have a score, in order."""
    classes = (protocol.get("data") or {}).get("classes") or []
    colors = {row["name"]: row.get("color") for row in classes}
    scored = dict.fromkeys(name for scores in columns for name in scores)
    ordered = [name for name in colors if name in scored]
    ordered += [name for name in scored if name not in colors]
    return {name: colors.get(name) for name in ordered}


def _class_cell(name, color):
    swatch = None
    if color is not None:
        fill = "#" + "".join(f"{int(part):02x}" for part in color)
        square = element(
            "rect", width=13, height=13, rx=3, fill=fill, stroke="#8a8a8a"
        )
        swatch = element(
            "svg",
            square,
            class_="swatch",
            width=13,
            height=13,
            aria_hidden="true",
        )
    return element("th", swatch, element("bdi", name), scope="row")


def _cell(value, most, index):
    return element("td", number(value, 3), bar(value, most, index))


def _note(overlap, error, protocol):
    notes = []
    if overlap:
        name = segmenter_name(protocol)
        notes.append(
            f"IoU: the overlap of where {name or 'a segmentation network'} "
            "sees the class and where it was asked for, from 0 to 1."
        )
    if error:
        notes.append(
            "Colour error: how far the mean colour of the class is from that "
            "in the real photograph, in grey levels."
        )
    return " ".join(notes)
