"""Works that differ in one number each."""

AXES = {
    "pixels": "pixels of an image",
    "batch": "images in a batch",
    "filters": "filters of the first layers",
    "scales": "scales of the discriminator",
}
# of the base's height and width, and of its filters
_SIDES = (0.5, 0.75, 1, 1.5, 2)
_FILTERS = (0.25, 0.5, 1, 2)
_BATCHES = (1, 2, 4, 8)
_SCALES = (1, 2, 3, 4)


def sweep(base, axis):
    """The works of one axis, in the order of its number.

    Args:
        base: `Work` that the others are like.
        axis: one of `AXES`; `"scales"` for training only.

    Returns:
        Dict from the number on the axis to `Work`.

    Raises:
        ValueError: if the base is too small to be made smaller.
    """
    if axis == "pixels":
        works = [_resized(base, factor) for factor in _SIDES]
        return {work.image_size[0] * work.image_size[1]: work for work in works}
    if axis == "batch":
        return {n: base.replace(batch_size=n) for n in _BATCHES}
    if axis == "scales":
        return {n: base.replace(num_scales=n) for n in _SCALES}
    widths = [round(base.filters * factor) for factor in _FILTERS]
    return {n: base.replace(filters=n, discriminator_filters=n) for n in widths}


def _resized(base, factor):
    size = tuple(16 * round(n * factor / 16) for n in base.image_size)
    return base.replace(image_size=size)
