"""What the key of a metric says, in plain language."""

import dataclasses
import re

from keras_pix2pixhd.metrics.directions import direction
from keras_pix2pixhd.metrics.readings import READINGS, SHORT

_BETTER = {"min": "lower", "max": "higher", None: None}
_DISTRIBUTION = re.compile(
    r"(?P<kind>fid|frechet|kid|precision|recall|nearest_training)"
    r"_(?P<network>.+?)_n(?P<generated>\d+)(?:_[rt](?P<real>\d+))?"
    r"(?:_s(?P<subsets>\d+)x(?P<size>\d+))?(?:_k(?P<neighbours>\d+))?$"
)
_SCALES = re.compile(r"ms_ssim_(\d+)_scales?$")
_DIVERSITY = re.compile(r"diversity_(.+)_s(\d+)$")


@dataclasses.dataclass(frozen=True)
class MetricName:
    """Name and meaning of a metric.

    Attributes:
        key: str, as in `metrics.json`.
        name: str, in plain language.
        detail: str, what the key tells besides: network, numbers of images.
        unit: str, or `""`.
        better: `"higher"`, `"lower"` or `None`.
        reading: str, a sentence on how to read it, or `""`.
        short: str, a name where there is little room.
        family: str, what is equal for the same measure on other images.

    Example:

    >>> metric = MetricName.of("frechet_mobilenetv1_224_n192_r808")
    >>> metric.name, metric.better, metric.family
    ('Fréchet distance', 'lower', 'frechet_mobilenetv1_224')
    >>> metric.detail
    'mobilenetv1_224; 192 generated, 808 real images'
    """

    key: str
    name: str
    detail: str
    unit: str
    better: str | None
    reading: str
    short: str
    family: str

    @classmethod
    def of(cls, key):
        """Returns the `MetricName` of a key, known or not."""
        stem, detail, family = _taken_apart(key)
        if stem not in READINGS:
            name = key.replace("_", " ")
            return cls(key, name, "", "", None, "", name, key)
        name, unit, reading = READINGS[stem]
        short, better = SHORT.get(stem, name), _BETTER[direction(key)]
        return cls(key, name, detail, unit, better, reading, short, family)

    def axis_label(self):
        """Returns name and unit.

        >>> MetricName.of("psnr").axis_label()
        'Peak signal-to-noise ratio (dB)'
        """
        return f"{self.name} ({self.unit})" if self.unit else self.name


def _taken_apart(key):
    """Returns stem, detail and family of a key."""
    if match := _DISTRIBUTION.match(key):
        family = f"{match['kind']}_{match['network']}"
        return match["kind"], _of_distribution(match), family
    if match := _SCALES.match(key):
        return "ms_ssim", f"{match[1]} of five scales", key
    if match := _DIVERSITY.match(key):
        distance = MetricName.of(match[1])
        stem = "diversity_l1" if match[1] == "l1" else "diversity"
        return stem, f"{match[2]} styles, {distance.name.lower()}", key
    if key.startswith("perceptual_"):
        detail = key.removeprefix("perceptual_").replace("_", " ")
        return "perceptual", detail, key
    return key, "", key


def _of_distribution(match):
    generated, real = match["generated"], match["real"] or match["generated"]
    if match["kind"] == "nearest_training":
        return f"{match['network']}; {real} training photographs"
    detail = f"{match['network']}; {generated} generated, {real} real images"
    if generated == real:
        detail = f"{match['network']}; {generated} images of each kind"
    if match["subsets"]:
        detail += f"; {match['subsets']} subsets of {match['size']}"
    if match["neighbours"]:
        detail += f"; {match['neighbours']} neighbours"
    return detail
