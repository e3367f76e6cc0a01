"""What augmented pairs must be like, however they were augmented."""

import numpy as np

LARGE = 2**24 + 1  # the first integer that float32 cannot hold


def block_pair(size=(60, 80), side=20, seed=0):
    """A pair of blocks: red is 50 x label, instance is LARGE x label."""
    random = np.random.default_rng(seed)
    blocks = random.integers(0, 5, [length // side for length in size])
    label = np.kron(blocks, np.ones((side, side), int))
    image = np.stack([50 * label, 255 - 50 * label, 0 * label], axis=-1)
    return {
        "image": image.astype("uint8"),
        "label": label.astype("uint8"),
        "instance": (LARGE * label).astype("int32"),
    }


def place_pair(size=(60, 80)):
    """A pair whose instances are the places: instance = row * 1000 + column.

    After any change it tells where each pixel has come from; see `places`.
    """
    rows, columns = np.indices(size)
    return {
        "image": np.zeros((*size, 3), "uint8"),
        "label": np.zeros(size, "uint8"),
        "instance": (rows * 1000 + columns).astype("int32"),
    }


def places(instance):
    """Returns the rows and the columns that the pixels have come from."""
    return np.divmod(np.asarray(instance), 1000)


def inside(label, margin=4):
    """Where all labels within `margin` pixels are equal: nothing blends."""
    padded = np.pad(label, margin, mode="edge")
    windows = np.lib.stride_tricks.sliding_window_view(
        padded, (2 * margin + 1,) * 2
    )
    return windows.min(axis=(2, 3)) == windows.max(axis=(2, 3))


def check_aligned(before, after):
    """Image, label and instance of a `block_pair` show the same blocks."""
    for kind, array in before.items():
        assert after[kind].shape == array.shape
        assert after[kind].dtype == array.dtype
    label = after["label"].astype(int)
    assert set(np.unique(label)) <= set(np.unique(before["label"]))
    assert (after["instance"] == LARGE * label).all()
    clear = inside(label)
    assert clear.mean() > 0.2
    red = after["image"][..., 0].astype(int)
    assert np.abs(red - 50 * label)[clear].max() <= 1


def check_turned(instance, degrees):
    """A `place_pair` was turned about its centre; returns the angle."""
    height, width = instance.shape
    rows, columns = places(instance)
    middle = complex((width - 1) / 2, (height - 1) / 2)
    to = np.arange(width) + 1j * np.arange(height)[:, None] - middle
    source = columns + 1j * rows - middle
    # Around the centre, where nothing is mirrored.
    near = (np.abs(to) < min(height, width) / 2 - 1) & (np.abs(to) > 1)
    assert np.abs(np.abs(source) - np.abs(to))[near].max() < 0.72
    angle = np.angle((source * to.conj())[near].sum())
    moved = (to * np.exp(1j * angle) - source)[near]
    # Half a pixel, as nearest does, and what the angle found is off by.
    assert max(np.abs(moved.real).max(), np.abs(moved.imag).max()) < 0.6
    assert np.abs(moved.mean()) < 0.02
    assert abs(np.degrees(angle)) <= degrees + 0.1
    return np.degrees(angle)


def check_zoomed(instance, zoom):
    """A `place_pair` is a box enlarged; returns its top, left and size."""
    height, width = instance.shape
    rows, columns = places(instance)
    assert (rows == rows[:, :1]).all()
    assert (columns == columns[:1]).all()
    corner, size = [], []
    for found in (rows[:, 0], columns[0]):
        length, box = len(found), found[-1] - found[0] + 1
        assert round(length / zoom) <= box <= length
        # Nearest: the middle of a new pixel falls into the old one.
        exact = (np.arange(length) + 0.5) * box / length
        assert np.abs(found - found[0] + 0.5 - exact).max() <= 0.5 + 1e-3
        corner.append(int(found[0]))
        size.append(int(box))
    assert abs(size[0] / height - size[1] / width) < 1 / min(height, width)
    return *corner, *size
