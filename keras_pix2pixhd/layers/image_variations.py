"""The variations of `DiffAugment`: what each number drawn does.

Every function takes `draw`, a dict of `(batch,)` floats in [0, 1), and
`(batch, height, width, channels)` floats; and returns these varied, one
sample by its own numbers. Gradients flow through all of them.
"""

from keras import ops

# what a policy needs to be drawn for each sample
DRAWS = {
    "color": ("brightness", "saturation", "contrast"),
    "translation": ("down", "right"),
    "cutout": ("row", "column"),
}


def color(draw, image):
    """Varies brightness, saturation and contrast, in that order."""
    brightness, saturation, contrast = (
        ops.reshape(draw[name], (-1, 1, 1, 1)) for name in DRAWS["color"]
    )
    x = ops.cast(image, "float32") + (brightness - 0.5)
    grey = ops.mean(x, axis=-1, keepdims=True)
    x = grey + 2.0 * saturation * (x - grey)
    mean = ops.mean(x, axis=(1, 2, 3), keepdims=True)
    x = mean + (contrast + 0.5) * (x - mean)
    return ops.cast(x, image.dtype)


def translation(draw, x):
    """Moves by up to an eighth of each side; what comes in is 0."""
    batch, height, width, channels = ops.shape(x)
    rows, row_inside = _moved(draw["down"], height)
    columns, column_inside = _moved(draw["right"], width)
    # whole pixels of the flat batch are taken: no index per channel
    first = ops.arange(batch, dtype="int32")[:, None, None] * (height * width)
    places = first + rows[:, :, None] * width + columns[:, None, :]
    pixels = ops.reshape(x, (-1, channels))
    moved = ops.take(pixels, ops.reshape(places, (-1,)), axis=0)
    inside = row_inside[:, :, None] & column_inside[:, None, :]
    moved = ops.reshape(moved, (batch, height, width, channels))
    return ops.multiply(moved, ops.cast(inside[..., None], x.dtype))


def _moved(draw, size):
    """Where each place comes from, `(batch, size)`, and if that exists."""
    most = (size + 4) // 8
    offset = _integer(draw, 2 * most + 1) - most
    source = ops.arange(size, dtype="int32")[None] - offset[:, None]
    inside = (source >= 0) & (source < size)
    # around the border: each source once, so no gradient adds up
    return source % size, inside


def cutout(draw, x):
    """Sets a window of half the height and half the width to 0."""
    _, height, width, _ = ops.shape(x)
    rows = _window(draw["row"], height)
    columns = _window(draw["column"], width)
    kept = ops.logical_not(rows[:, :, None] & columns[:, None, :])
    return ops.multiply(x, ops.cast(kept[..., None], x.dtype))


def _window(draw, size):
    """Which places are in it, `(batch, size)`; its middle is anywhere."""
    length = (size + 1) // 2
    middle = _integer(draw, size + 1 - length % 2)
    start = (middle - length // 2)[:, None]
    places = ops.arange(size, dtype="int32")[None]
    return (places >= start) & (places < start + length)


def _integer(draw, count):
    """Turns [0, 1) into 0 ... count - 1, all alike."""
    number = ops.floor(ops.multiply(draw, ops.cast(count, "float32")))
    # a draw just below 1 may round up to `count`
    return ops.minimum(ops.cast(number, "int32"), count - 1)
