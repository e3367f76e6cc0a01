"""Whether a preprocessing layer moves images and label maps alike."""

import itertools

import numpy as np

from keras_pix2pixhd.data.augmenting.layer_words import name_of

_DRAWS = 16
_BLOCKS = 8  # down and across
_SMALLEST = 32  # pixels a side, less would not show the blocks
_SIZE = (64, 96)
# Far apart, and without the 0 that layers fill in: what is blended, or filled
# in, is a number that was not there.
_VALUES = np.array([7, 60, 131, 250], "uint8")
_FLAT = 4.0  # standard deviation, of 255 levels, that shows no pattern
_SHIFTS = (-4, -2, 0, 2, 4)


def check_alignment(layer, apply, image_size=None, channels=0, instance=False):
    """Tries a layer on drawn pairs, in which image and maps show the same.

    The maps are random blocks of a few numbers, and each number is a colour
    of the image. A layer that moves all alike, and changes colours however
    it likes, leaves an image that can be told from the maps: little of what
    varies in it varies within a number. See `_shown`.

    Args:
        layer: The layer, for the words of an error.
        apply: Function from a dict of arrays, `image` uint8 `(N, H, W, 3)` in
            [0, 255], `label` uint8 `(N, H, W)` and, if any, `instance` int32
            `(N, H, W)`, to N dicts of NumPy arrays without the first
            dimension: what the layer makes of each pair.
        image_size: `(height, width)` of the pairs to come. Defaults to
            `None`: they have many.
        channels: Channels of the label maps if they are colours, else 0.
            Defaults to `0`.
        instance: Whether there is an instance map. Defaults to `False`.

    Raises:
        ValueError: If image and maps do not show the same afterwards.
    """
    if not image_size or min(image_size) < _SMALLEST:
        image_size = _SIZE
    pairs = _drawn_pairs(image_size, channels, instance)
    for after in apply(pairs):
        image = after.pop("image")
        for kind, numbers in after.items():
            for number_map in numbers.reshape(*numbers.shape[:2], -1).T:
                if not _is_aligned(image, number_map.T):
                    raise ValueError(_words(layer, kind))


def _words(layer, kind):
    return (
        f"`layer` must move the image and the {kind} map alike. Received: "
        f"layer={name_of(layer)}, which moves images and masks apart: after "
        "it, test patterns that were the same in both no longer fitted. A "
        "layer must draw its numbers once for both, as keras.layers.RandomFlip "
        "does."
    )


def _drawn_pairs(image_size, channels, instance):
    """Random blocks, asymmetric: no flip of one is another by chance."""
    random = np.random.default_rng(0)
    height, width = image_size
    blocks = random.integers(len(_VALUES), size=(_DRAWS, _BLOCKS, _BLOCKS))
    rows = np.arange(height) * _BLOCKS // height
    columns = np.arange(width) * _BLOCKS // width
    numbers = blocks[:, rows[:, None], columns]
    # In each channel an order of its own, so that it tells all numbers apart.
    levels = random.permuted(
        np.tile(np.linspace(20, 235, len(_VALUES)), (_DRAWS, 3, 1)), axis=2
    )
    images = np.stack(
        [level.T[n] for level, n in zip(levels, numbers, strict=True)]
    )
    labels = _VALUES[numbers]
    if channels:
        labels = np.repeat(labels[..., None], channels, axis=-1)
    pairs = {"image": images.astype("uint8"), "label": labels}
    if instance:
        pairs["instance"] = 101 * _VALUES[numbers].astype("int32")
    return pairs


def _is_aligned(image, numbers):
    """Whether an image shows a map at least as well where it is as beside."""
    step = [max(1, length // 64) for length in numbers.shape]
    image = image[:: step[0], :: step[1]].astype("float64")
    numbers = numbers[:: step[0], :: step[1]]
    channels = [c for c in np.moveaxis(image, -1, 0) if c.std() > _FLAT]
    if not channels:
        return True  # All white, or all black: nothing to see.
    here = _shown(channels, numbers)
    beside = max(
        _shown(channels, np.roll(numbers, shift, (0, 1)))
        for shift in itertools.product(_SHIFTS, _SHIFTS)
    )
    return here > 0.3 and here > beside - 0.1


def _shown(channels, numbers):
    """The share of the variance that lies between the numbers, not within.

    1 if the level of each pixel follows from its number, near 0 if the two
    have nothing to do with each other. The best of the channels counts.
    """
    _, index = np.unique(numbers.ravel(), return_inverse=True)
    counts = np.bincount(index)
    shares = []
    for channel in channels:
        levels = channel.ravel()
        means = np.bincount(index, levels) / counts
        between = (counts * (means - levels.mean()) ** 2).sum()
        shares.append(between / (levels.size * levels.var()))
    return max(shares)
