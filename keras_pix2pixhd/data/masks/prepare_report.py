from keras_pix2pixhd.data.checking.report_json import write_json
from keras_pix2pixhd.data.checking.report_text import file_and_values, listed
from keras_pix2pixhd.data.checking.report_words import many
from keras_pix2pixhd.data.checking.value_tally import ValueTally
from keras_pix2pixhd.data.files.file_system import one_line

_COLORS = 20


class PrepareReport:
    """What `prepare_labels` did and found; `print` shows it in words.

    Args:
        output: Folder of the label maps.
        class_table: The `ClassTable`.
        unknown, tolerance: Those of `prepare_labels`.
        matcher: The `ColorMatcher` that was used.

    Attributes:
        masks: Int, how many masks there were.
        written: Int, how many label maps were written.
        outside_table: `ValueTally` of the colours of no class.
        problems: List of `Problem`: masks with such colours, and those that
            cannot be read.
        snapped_pixels, snapped_masks: How many pixels got the class of a near
            colour, and in how many masks.
    """

    def __init__(self, output, class_table, unknown, tolerance, matcher):
        self.output = output
        self.class_table = class_table
        self.unknown = unknown
        self.tolerance = tolerance
        self.masks = self.written = 0
        self.outside_table = ValueTally()
        self.problems = []
        self.snapped_pixels = self.snapped_masks = 0
        self._matcher = matcher

    def add(self, found):
        """Adds one mask: its `Problem` or `None`, its `Matched` or `None`."""
        problem, matched = found
        self.masks += 1
        if problem is not None:
            self.problems.append(problem)
        if problem is None or (self.unknown == "void" and matched is not None):
            self.written += 1
        if matched is not None:
            self.outside_table.add(matched.unknown, matched.counts)
            self.snapped_pixels += matched.snapped
            self.snapped_masks += matched.snapped > 0

    @property
    def clean(self):
        """Whether every mask was written."""
        return self.written == self.masks

    def colors(self):
        """Returns the colours of no class, the most pixels first.

        Returns:
            List of dicts: `"color"`, `"pixels"`, `"files"`, and `"nearest"`,
            the class whose colour is nearest, `"nearest_color"`, and
            `"distance"`, levels of their most different channel.
        """
        ranked = self.outside_table.most_common()
        nearest = self._matcher.nearest([color for color, *_ in ranked])
        return [
            {
                "color": list(color),
                "pixels": pixels,
                "files": files,
                "nearest": name,
                "nearest_color": list(other),
                "distance": distance,
            }
            for (color, pixels, files), (name, other, distance) in zip(
                ranked, nearest, strict=True
            )
        ]

    def __str__(self):
        lines = [
            f"masks    {self.masks:,}",
            f"written  {many(self.written, 'label map')} to "
            f"{one_line(self.output)}",
        ]
        if self.tolerance:
            lines.append(
                f"snapped  {many(self.snapped_pixels, 'pixel')} within "
                f"{many(self.tolerance, 'level')} of the colour of a class, "
                f"in {many(self.snapped_masks, 'mask')}"
            )
        lines += self._about_colors()
        lines += listed("files that cannot be read", self._reasons())
        return "\n".join(lines)

    def _about_colors(self):
        found = self.colors()
        if not found:
            return []
        void = self.unknown == "void"
        more = len(found) - _COLORS
        files = [
            f"  {file_and_values(problem)}"
            for problem in self.problems
            if problem.kind == "outside_table"
        ]
        return [
            f"colours outside the class table{', made void' * void}: "
            f"{len(found):,}",
            *(f"  {_color(entry)}" for entry in found[:_COLORS]),
            *([f"  and {more:,} more"] if more > 0 else []),
            *([self._hint()] if more > 0 else []),
            *listed(f"masks with them{', not written' * (not void)}", files),
        ]

    def _hint(self):
        most = self._matcher.largest_tolerance
        return (
            "  So many come from antialiasing or JPEG: a tolerance, here of at "
            f"most {many(most, 'level')}, takes near colours for a class's."
        )

    def _reasons(self):
        return [
            f"  {one_line(problem.reason)}"
            for problem in self.problems
            if problem.kind == "corrupt"
        ]

    def to_dict(self):
        """Returns the whole report as a dict of JSON's types."""
        return {
            "clean": self.clean,
            "masks": self.masks,
            "written": self.written,
            "unknown": self.unknown,
            "tolerance": self.tolerance,
            "snapped": {
                "pixels": self.snapped_pixels,
                "masks": self.snapped_masks,
            },
            "colors_outside_table": self.colors(),
            "other_pixels": self.outside_table.other_pixels,
            "files": [problem.to_dict() for problem in self.problems],
        }

    def save(self, path):
        """Writes the whole report as JSON; `ValueError` if it cannot."""
        write_json(self.to_dict(), path)


def _color(entry):
    color, other = tuple(entry["color"]), tuple(entry["nearest_color"])
    return (
        f"{color}: {many(entry['pixels'], 'pixel')} in "
        f"{many(entry['files'], 'file')}; nearest {entry['nearest']} {other}, "
        f"{many(entry['distance'], 'level')} away"
    )
