"""A `DataReport` as JSON."""

import json

from keras_pix2pixhd.whole_file import whole_file


def report_to_dict(report):
    """Implements `DataReport.to_dict`."""
    found = {
        "clean": report.clean,
        "layout": report.layout,
        "pairs": report.pairs,
        "pairs_without_problem": report.good_pairs,
        "kinds": list(report.kinds),
        "sizes": [
            {"height": height, "width": width, "pairs": count}
            for (height, width), count in report.sizes.items()
        ],
        "formats": report.formats,
        **(_classes(report) if report.class_table is not None else {}),
        "instances": report.instances,
        "corrupt": _problems(report, "corrupt"),
        "unequal_size": _problems(report, "unequal_size"),
        "unpaired": report.unpaired,
        "duplicates": report.duplicates,
        "warnings": report.warnings,
    }
    return found


def _classes(report):
    table = report.class_table
    return {
        "classes": [
            {
                "name": name,
                "color": list(color),
                "pixels": report.pixels[name],
                "share": report.share(report.pixels[name]),
                "images": report.images[name],
            }
            for name, color in zip(table.names, table.colors, strict=True)
        ],
        "never_seen": report.never_seen,
        "void": {
            "pixels": report.void_pixels,
            "share": report.share(report.void_pixels),
            "images": report.void_images,
            "everywhere": report.void_everywhere,
        },
        "outside_table": {
            "values": [
                {"value": value, "pixels": pixels, "files": files}
                for value, pixels, files in report.outside_table.most_common()
            ],
            "other_pixels": report.outside_table.other_pixels,
            "files": _problems(report, "outside_table"),
        },
    }


def _problems(report, kind):
    return [problem.to_dict() for problem in report.problems_of(kind)]


def write_json(content, path):
    """Writes a file of JSON, whole or not at all, and its folder.

    Args:
        content: What `json.dumps` takes.
        path: The file.

    Raises:
        ValueError: If it cannot be written.
    """
    with whole_file(path) as part:
        part.write_text(json.dumps(content, indent=1) + "\n")
