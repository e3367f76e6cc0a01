"""What is said of a preprocessing layer that cannot be used."""

import re

LARGEST = 2**24  # the last integer up to which float32 holds all
_LONGEST = 200  # letters: some errors print whole images


def name_of(layer):
    """Returns what to call a layer: some have no `repr` that works."""
    return getattr(layer, "__name__", type(layer).__name__)


def error_words(error):
    """Returns the type of an error and the line that says what it is.

    Keras has that line in bold between others, autograph below a traceback.

    >>> error_words(KeyError("boxes"))
    "KeyError: 'boxes'"
    """
    text = str(error).rpartition("\x1b[1m")[2].partition("\x1b[0m")[0]
    if "in user code:" in text:
        text = re.split(r"\n\s*\n\s*\w+: ", text)[-1]
    line = next(iter(text.strip().splitlines()), "")
    if len(line) > _LONGEST:
        line = line[:_LONGEST].rstrip() + " ..."
    return f"{type(error).__name__}: {line}"


def failed_words(layer, error):
    return (
        "`layer` must take a dict of `images` and `segmentation_masks` of one "
        f"pair. Received: layer={name_of(layer)}, which raised "
        f"{error_words(error)}"
    )


def mixing_words(layer):
    return (
        "`layer` must change one pair at a time: layers which mix images are "
        "not possible, since there are no classes in between. "
        f"Received: layer={name_of(layer)}"
    )


def shape_words(layer, key, before, after):
    """Returns what is wrong with shapes, tuples in which None is unknown."""
    before, after = tuple(before), tuple(after)
    sides = zip(before[1:3], after[1:3], strict=False)
    if len(after) == len(before) and any(
        old != new for old, new in sides if None not in (old, new)
    ):
        return size_words(layer)
    return (
        "`layer` must return images and masks of the shapes that it took. "
        f"Received: layer={name_of(layer)}, which returned {key} of shape "
        f"{after} instead of {before}"
    )


def size_words(layer):
    return (
        "`layer` must keep the size of images and masks. "
        f"Received: layer={name_of(layer)}, which changes it. Crop and resize "
        "with the arguments `image_size` and `resize_mode`."
    )


def new_values_words(layer):
    return (
        "`layer` must leave only numbers in the masks that they held before. "
        f"Received: layer={name_of(layer)}, which blends labels, or fills in a "
        "number of its own. Where it has a fill_mode, take reflect or nearest."
    )


def too_large_words(layer):
    return (
        f"With a `layer`, labels and instances must be at most {LARGEST}: it "
        "gets them as float32, which has no more whole numbers. "
        f"Received: larger ones for layer={name_of(layer)}"
    )
