from keras_pix2pixhd.data.checking.report_json import write_json
from keras_pix2pixhd.data.checking.value_tally import ValueTally
from keras_pix2pixhd.data.masks.prepare_text import prepare_report_to_text


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
        pixels: Int, the pixels of the label maps that were written.
        void_pixels, black_pixels: How many of them are void, and how many of
            these because they are black in a table with void ids.
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
        self.pixels = self.void_pixels = self.black_pixels = 0
        self._all_like_ids = True
        self._matcher = matcher

    def add(self, found):
        """Adds one mask: its `Problem` or `None`, its `Matched` or `None`."""
        problem, matched = found
        self.masks += 1
        if problem is not None:
            self.problems.append(problem)
        if matched is None:
            return
        self.outside_table.add(matched.unknown, matched.counts)
        self.snapped_pixels += matched.snapped
        self.snapped_masks += matched.snapped > 0
        self._all_like_ids &= matched.like_ids
        if problem is None or self.unknown == "void":
            self.written += 1
            self.pixels += matched.pixels
            self.black_pixels += matched.black
            self.void_pixels += matched.black + sum(matched.counts)

    @property
    def clean(self):
        """Whether every mask was written."""
        return self.written == self.masks

    @property
    def largest_tolerance(self):
        """The largest with which no colour is near two classes, an int."""
        return self._matcher.largest_tolerance

    @property
    def like_ids(self):
        """Whether all masks look like label maps of ids already."""
        return self._all_like_ids and any(map(any, self.outside_table.pixels))

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
        return prepare_report_to_text(self)

    def to_dict(self):
        """Returns the whole report as a dict of JSON's types."""
        return {
            "clean": self.clean,
            "masks": self.masks,
            "written": self.written,
            "unknown": self.unknown,
            "tolerance": self.tolerance,
            "void": {
                "pixels": self.void_pixels,
                "black_pixels": self.black_pixels,
                "of_pixels": self.pixels,
            },
            "largest_tolerance": self.largest_tolerance,
            "looks_like_ids": self.like_ids,
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
