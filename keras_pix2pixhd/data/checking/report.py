import dataclasses

from keras_pix2pixhd.data.checking.report_json import report_to_dict, write_json
from keras_pix2pixhd.data.checking.report_text import report_to_text
from keras_pix2pixhd.data.checking.value_tally import ValueTally
from keras_pix2pixhd.data.class_table import ClassTable


@dataclasses.dataclass
class DataReport:
    """What `check_data` found; `print` shows it in words.

    Sizes, classes, instances and duplicates are those of the pairs without a
    problem.

    Args:
        pairs: Int, number of pairs.
        kinds: What a pair holds: `"image"`, `"label"`, maybe `"instance"`.
        class_table: The `ClassTable` of the label maps, or `None`.
        sizes: Dict from `(height, width)` to the number of pairs.
        formats: Dict by kind of dicts from format and mode, as in
            `"JPEG RGB"`, to the number of files.
        pixels: Dict from the name of a class to its pixels; empty without
            classes.
        images: Dict from the name of a class to the number of pairs with it.
        void_pixels: Int, the pixels of no class.
        void_images: Int, the number of pairs with such pixels.
        problems: List of `Problem`, in the order of the pairs.
        outside_table: `ValueTally` of the ids and colours of no class.
        unpaired: Dict by kind of lists of the files without a partner.
        instances: Dict of numbers, see `InstanceTally.summary`, or `None`.
        duplicates: List of lists of the names of pairs whose photographs are
            equal to the pixel.
        warnings: List of sentences: what may be meant, but often is not.
        layout: The name of the folder's layout, or `None`.

    Example:

    >>> import tempfile
    >>> from keras_pix2pixhd.data import (
    ...     check_data, read_pairs, write_toy_cars)
    >>> folder = tempfile.mkdtemp()
    >>> _ = write_toy_cars(folder, 2, image_size=(32, 48), seed=0)
    >>> report = check_data(read_pairs(folder))
    >>> report.clean, report.sizes
    (True, {(32, 48): 2})
    """

    pairs: int
    kinds: tuple
    class_table: ClassTable | None = None
    sizes: dict = dataclasses.field(default_factory=dict)
    formats: dict = dataclasses.field(default_factory=dict)
    pixels: dict = dataclasses.field(default_factory=dict)
    images: dict = dataclasses.field(default_factory=dict)
    void_pixels: int = 0
    void_images: int = 0
    problems: list = dataclasses.field(default_factory=list)
    outside_table: ValueTally = dataclasses.field(default_factory=ValueTally)
    unpaired: dict = dataclasses.field(default_factory=dict)
    instances: dict | None = None
    duplicates: list = dataclasses.field(default_factory=list)
    warnings: list = dataclasses.field(default_factory=list)
    layout: str | None = None

    @property
    def clean(self):
        """Whether training would read these data and learn from them."""
        fine = not (self.problems or self.unpaired or self.void_everywhere)
        return bool(self.pairs) and fine

    @property
    def void_everywhere(self):
        """Whether no pixel of the label maps is of any class."""
        return bool(self.void_pixels) and not any(self.pixels.values())

    @property
    def good_pairs(self):
        """The number of pairs without a problem."""
        return sum(self.sizes.values())

    @property
    def total_pixels(self):
        """The number of pixels of the label maps, void included."""
        return sum(self.pixels.values()) + self.void_pixels

    @property
    def never_seen(self):
        """The names of the classes that no label map has."""
        return [name for name, count in self.pixels.items() if not count]

    def share(self, pixels):
        """Returns `pixels` as a share of all pixels, in [0, 1]."""
        return pixels / max(self.total_pixels, 1)

    def problems_of(self, kind):
        """Returns the problems of one kind, a list of `Problem`."""
        return [problem for problem in self.problems if problem.kind == kind]

    def __str__(self):
        return report_to_text(self)

    def to_dict(self):
        """Returns the whole report as a dict of JSON's types."""
        return report_to_dict(self)

    def save(self, path):
        """Writes the whole report as JSON.

        Args:
            path: The file; written whole or not at all, its folder is made.

        Raises:
            ValueError: If it cannot be written.
        """
        write_json(self.to_dict(), path)
