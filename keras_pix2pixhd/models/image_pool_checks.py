"""What an `ImagePool` refuses."""


def checked_pair(image_size):
    """Returns the height and the width."""
    try:
        height, width = image_size
    except (TypeError, ValueError):
        raise ValueError(
            "image_size must be (height, width). Received: "
            f"image_size={image_size!r}"
        ) from None
    return height, width


def checked_specs(specs, image_size):
    """Returns the specs of samples, all of the pool's size, as tuples."""
    for name, (shape, _) in specs.items():
        if tuple(shape[:2]) != image_size:
            raise ValueError(
                f"{name} must have the pool's size {image_size}. "
                f"Received: shape={tuple(shape)}"
            )
    return {
        name: (tuple(shape), dtype) for name, (shape, dtype) in specs.items()
    }


def check_samples(items, specs, size, image_size):
    """Refuses a batch of other names or sizes, or larger than the pool."""
    if items.keys() != specs.keys():
        raise ValueError(
            f"A sample must have the names {sorted(specs)}. "
            f"Received: {sorted(items)}"
        )
    for name, (shape, _) in specs.items():
        received = tuple(items[name].shape)
        pairs = zip(received[1:], shape, strict=False)
        same = all(a in (None, b) for a, b in pairs)
        if len(received) != len(shape) + 1 or not same:
            raise ValueError(
                f"{name} must be (batch, {', '.join(map(str, shape))}): "
                f"the pool's image_size is {image_size}. Received: "
                f"shape={received}. A pool needs images of one size."
            )
        if received[0] is not None and received[0] > size:
            raise ValueError(
                "The batch must not be larger than the pool. Received: a "
                f"batch of {received[0]} for a pool of size={size}"
            )
