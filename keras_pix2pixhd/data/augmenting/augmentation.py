from dataclasses import dataclass
from math import isfinite
from numbers import Real
from typing import Any

_FROM_0 = ("rotation", "brightness", "contrast", "saturation", "hue")
_MOST = 100  # far beyond use; much larger factors overflow float32
_LIMITS = {"zoom": (1, _MOST), **{name: (0, _MOST) for name in _FROM_0}}
_LIMITS |= {"rotation": (0, 180), "hue": (0, 0.5)}


@dataclass(frozen=True)
class Augmentation:
    """What is changed at random in the pairs of a training set.

    Each pair is drawn for anew in each epoch. What moves pixels moves those
    of image, label and instance alike, and the maps are resampled nearest: no
    number appears in them that was not there. The steps come in this order:
    zoom, rotation, flip, colours, `layer`. The colours are those of
    torchvision's `ColorJitter`, in the order of the arguments.

    Args:
        flip: Whether to flip half of the pairs from left to right. Defaults
            to `True`.
        zoom: Float in [1, 100]. A pair is enlarged by a factor drawn from
            [1, `zoom`], and a random window of the former size is cut from
            it. Defaults to `1.0`: never.
        rotation: Degrees in [0, 180]. A pair is turned about its centre by an
            angle drawn from [-`rotation`, `rotation`], what comes in at the
            corners is mirrored at the border. Defaults to `0.0`: never.
        brightness: Float in [0, 100]. The image is multiplied by a factor
            drawn from [1 - `brightness`, 1 + `brightness`], never below 0.
            Defaults to `0.0`: never.
        contrast: Float in [0, 100]. The same for how far the image's colours
            are from its mean grey. Defaults to `0.0`: never.
        saturation: Float in [0, 100]. The same for how far each pixel is from
            its own grey. Defaults to `0.0`: never.
        hue: Share of the colour circle in [0, 0.5]; hues are turned by what
            is drawn from [-`hue`, `hue`]. Defaults to `0.0`: never.
        layer: A Keras or keras-cv preprocessing layer, or any callable, that
            takes and returns a dict of `images` float32 `(1, H, W, 3)` in
            [0, 255] and `segmentation_masks` float32 `(1, H, W, C)`: the label
            map and, if any, the instance map. It must keep the sizes, and the
            two aligned: that is tested when the data set is made. Defaults to
            `None`.

    Raises:
        ValueError: If an argument is out of range.

    Reference:
        - https://docs.pytorch.org/vision/stable/generated/torchvision.transforms.ColorJitter.html

    Example:

    >>> from keras_pix2pixhd import Augmentation
    >>> Augmentation(zoom=1.2, rotation=5, brightness=0.2).zoom
    1.2
    """

    flip: bool = True
    zoom: float = 1.0
    rotation: float = 0.0
    brightness: float = 0.0
    contrast: float = 0.0
    saturation: float = 0.0
    hue: float = 0.0
    layer: Any = None

    def __post_init__(self):
        if not isinstance(self.flip, bool):
            raise ValueError(
                f"`flip` must be True or False. Received: flip={self.flip!r}"
            )
        for name, (low, high) in _LIMITS.items():
            _check_number(name, getattr(self, name), low, high)
        if self.layer is not None and not callable(self.layer):
            raise ValueError(
                "`layer` must be None, a preprocessing layer or a callable "
                "from dict to dict. "
                f"Received: layer={self.layer!r}"
            )


def checked_augmentation(augment):
    """Returns the `Augmentation` that the argument `augment` stands for.

    Args:
        augment: `True` for flips, `False` for nothing, or an `Augmentation`.

    Returns:
        `Augmentation`, or `None` if nothing is to be done.

    Raises:
        ValueError: If it is anything else.
    """
    if isinstance(augment, bool):
        return Augmentation() if augment else None
    if not isinstance(augment, Augmentation):
        raise ValueError(
            "`augment` must be True, False or an `Augmentation`. "
            f"Received: augment={augment!r}"
        )
    return None if augment == Augmentation(flip=False) else augment


def _check_number(name, value, low, high):
    is_number = isinstance(value, Real) and not isinstance(value, bool)
    if is_number and isfinite(value) and low <= value <= high:
        return
    raise ValueError(
        f"`{name}` must be a number in [{low}, {high}]. "
        f"Received: {name}={value!r}"
    )
