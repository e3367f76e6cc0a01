"""A `DataReport` in words."""

from keras_pix2pixhd.data.checking.report_words import first_few, many, percent
from keras_pix2pixhd.data.files.file_system import one_line

_FILES = 100  # of each problem; the JSON has all
_VALUES = 8
_SIZES = 12
_KINDS = {
    "image": "photographs",
    "label": "label maps",
    "instance": "instances",
}


def report_to_text(report):
    """Implements `DataReport.__str__`."""
    parts = [
        _head(report),
        _classes(report),
        _instances(report),
        _problems(report),
        _warnings(report),
    ]
    return "\n\n".join(part for part in parts if part)


def _head(report):
    lines = [f"{'layout':<16}{report.layout}"] if report.layout else []
    lines.append(f"{'pairs':<16}{report.pairs:,}")
    for kind, forms in report.formats.items():
        listed = ", ".join(f"{form}: {n:,}" for form, n in forms.items())
        lines.append(f"{_KINDS[kind]:<16}{listed or 'none readable'}")
    sizes = [
        f"{height} x {width}: {count:,}"
        for (height, width), count in report.sizes.items()
    ]
    more = len(sizes) - _SIZES
    tail = f", and {more:,} more" if more > 0 else ""
    listed = ", ".join(sizes[:_SIZES]) + tail
    lines.append(f"{'height x width':<16}{listed or 'none'}")
    return "\n".join(lines)


def _classes(report):
    if not report.pixels or not report.good_pairs:
        return ""
    rows = [("class", "pixels", "share", "pairs with it")]
    for name, pixels in report.pixels.items():
        if pixels:
            share = percent(report.share(pixels))
            rows.append(
                (name, f"{pixels:,}", share, f"{report.images[name]:,}")
            )
    if report.void_pixels:
        share = percent(report.share(report.void_pixels))
        void = f"{report.void_pixels:,}", share, f"{report.void_images:,}"
        rows.append(("(void)", *void))
    width = max(len(row[0]) for row in rows)
    table = "\n".join(
        f"{a:<{width}}  {b:>15}  {c:>8}  {d:>14}" for a, b, c, d in rows
    )
    never = report.never_seen
    return table + f"\nnever seen: {', '.join(never)}" * bool(never)


def _instances(report):
    found = report.instances
    if found is None:
        return ""
    count, pixels = (
        "{min:,} / {median:,} / {max:,}".format(**found[key])
        for key in ("per_image", "pixels")
    )
    low, high = found["ids"]
    lines = [
        f"{'instances':<16}{found['instances']:,}, numbered {low} to {high}",
        f"{'  per pair':<16}{count}  (least / median / most)",
        f"{'  pixels':<16}{pixels}",
    ]
    if report.class_table is not None:
        lines.append(f"  of more than one class: {found['crossing_classes']:,}")
    return "\n".join(lines)


def _problems(report):
    if report.clean:
        return "problems: none"
    parts = ["PROBLEMS: training would fail"]
    if not report.pairs:
        parts.append("no photograph has a label map of its name")
    if report.void_everywhere:
        parts.append(
            "no pixel of any class: every label map is void, and training "
            "would learn nothing. Are the class table and its void ids the "
            "right ones?"
        )
    parts += [
        *listed("files that cannot be read", _reasons(report, "corrupt")),
        *_outside(report),
        *listed("files without a partner", _lonely(report)),
        *listed("pairs of unequal size", _reasons(report, "unequal_size")),
    ]
    return "\n".join(parts)


def listed(title, lines):
    """Returns a title with the number of lines, and the first of them."""
    if not lines:
        return []
    more = len(lines) - _FILES
    tail = [f"  and {more:,} more"] if more > 0 else []
    return [f"{title}: {len(lines):,}", *lines[:_FILES], *tail]


def _reasons(report, kind):
    return [f"  {one_line(p.reason)}" for p in report.problems_of(kind)]


def _outside(report):
    problems = report.problems_of("outside_table")
    if not problems:
        return []
    tally = report.outside_table
    lines = [
        f"  {value}: {many(pixels, 'pixel')} in {many(files, 'file')}"
        for value, pixels, files in tally.most_common()
    ]
    more = len(lines) - _VALUES
    more = [f"  and {more:,} more"] if more > 0 else []
    files = [f"  {file_and_values(problem)}" for problem in problems]
    return [
        f"values outside the class table: {len(lines):,}",
        *lines[:_VALUES],
        *more,
        *listed("files with such values", files),
    ]


def file_and_values(problem):
    """Returns a label map and its values of no class, on one line."""
    values = [f"{value} ({count:,})" for value, count in problem.values]
    more = len(values) + problem.more_values - _VALUES
    tail = f" and {more:,} more" if more > 0 else ""
    return f"{one_line(problem.files[0])}: {', '.join(values[:_VALUES])}{tail}"


def _lonely(report):
    return [
        f"  {_KINDS[kind]}: {one_line(path)}"
        for kind, paths in report.unpaired.items()
        for path in paths
    ]


def _warnings(report):
    lines = [f"- {sentence}" for sentence in report.warnings]
    if report.duplicates:
        lines += [
            f"    {first_few(names)}" for names in report.duplicates[:_VALUES]
        ]
    return "\n".join(["warnings:", *lines]) if lines else ""
