"""How a folder is painted."""

import dataclasses

from keras_pix2pixhd.argument_checks import checked_count
from keras_pix2pixhd.data.resizing import checked_size


@dataclasses.dataclass(frozen=True)
class Options:
    """Arguments of `generate_folder` that have the same names there.

    Raises:
        ValueError: if a number is none.
    """

    image_size: object = None
    instances: object = None
    features: object = None
    images: object = None
    seed: int = 0
    styles: int | None = None
    part: str | None = None
    batch_size: int = 1
    overwrite: bool = False
    keep_going: bool = False

    def __post_init__(self):
        checked = {
            "image_size": checked_size(self.image_size),
            "seed": checked_count("seed", self.seed, least=0),
            "batch_size": checked_count("batch_size", self.batch_size),
        }
        if self.styles is not None:
            checked["styles"] = checked_count("styles", self.styles)
        for name, value in checked.items():
            object.__setattr__(self, name, value)
