"""3x3 convolutions with fewer multiplications, for processors."""

import keras
import numpy as np
from keras import ops

# Lavin and Gray's F(2x2, 3x3): 4x4 pixels and 3x3 weights become 4x4
# products, which become 2x2 results. Each of these is a Kronecker square.
_PIXELS = np.array(
    [[1, 0, -1, 0], [0, 1, 1, 0], [0, -1, 1, 0], [0, 1, 0, -1]], "float32"
)
_WEIGHTS = np.array(
    [[1, 0, 0], [0.5, 0.5, 0.5], [0.5, -0.5, 0.5], [0, 0, 1]], "float32"
)
_RESULTS = np.array([[1, 1, 1, 0], [0, 1, -1, -1]], "float32")
PIXELS, WEIGHTS, RESULTS = (
    np.kron(matrix, matrix) for matrix in (_PIXELS, _WEIGHTS, _RESULTS)
)


def winograd_convolution(x, kernel):
    """A 3x3 convolution of stride 1 with 16 multiplications for 36.

    Tiles of 4x4 pixels and the kernel are transformed, multiplied by sixteen
    matrix products over the channels, and transformed back. The same is
    done for its gradient, so that nothing but `x` and `kernel` is kept for it.

    Args:
        x: `(batch, height, width, channels)` float32, height and width at
            least 3.
        kernel: `(3, 3, channels, filters)` float32.

    Returns:
        `(batch, height - 2, width - 2, filters)` float32.

    Reference:
        [Lavin & Gray, 2016](https://arxiv.org/abs/1509.09308).

    Example:

    >>> x, kernel = ops.ones((1, 5, 4, 1)), ops.ones((3, 3, 1, 1))
    >>> y = ops.convert_to_numpy(winograd_convolution(x, kernel))
    >>> y[0, ..., 0].tolist()
    [[9.0, 9.0], [9.0, 9.0], [9.0, 9.0]]
    """
    _, height, width, _ = ops.shape(x)
    if _is_even(height) and _is_even(width):
        return _even(x, kernel)
    # what is in the row and column that may be added is never read
    x = ops.concatenate([x, x[:, : height % 2]], axis=1)
    x = ops.concatenate([x, x[:, :, : width % 2]], axis=2)
    return _even(x, kernel)[:, : height - 2, : width - 2]


def _is_even(size):
    """Whether it is known to be; in a graph it can be a tensor."""
    return isinstance(size, int) and size % 2 == 0


@ops.custom_gradient
def _even(x, kernel):
    channels, filters = kernel.shape[2:]
    shape = ops.shape(x)
    weights = _weights(_after(x, kernel))
    y = _results(ops.matmul(_pixels(x), weights), _tiles(shape), filters)

    def gradient(*args, upstream=None):
        outer = _upstream(args[0] if upstream is None else upstream, filters)
        of_kernel = ops.matmul(_swapped(_pixels(x)), outer)
        of_kernel = ops.matmul(
            WEIGHTS.T, ops.reshape(of_kernel, (16, channels * filters))
        )
        weights = _weights(_after(of_kernel, kernel))
        inner = ops.matmul(outer, _swapped(weights))
        return (
            _spread(inner, _tiles(shape), channels),
            ops.reshape(of_kernel, (3, 3, channels, filters)),
        )

    return y, gradient


def _after(first, value):
    """The value, not before `first` is there.

    A graph of TensorFlow begins all that waits for nothing: it would
    transform all kernels of a network at once, and hold them.
    """
    if keras.backend.backend() != "tensorflow":
        return value
    import tensorflow as tf

    with tf.control_dependencies([first]):
        return tf.identity(value)


def _tiles(shape):
    """Of an image: how many, high and wide."""
    batch, height, width, _ = shape
    return batch, height // 2 - 1, width // 2 - 1


def _swapped(matrices):
    return ops.transpose(matrices, (0, 2, 1))


def _weights(kernel):
    """`(3, 3, channels, filters)` to `(16, channels, filters)`."""
    channels, filters = kernel.shape[2:]
    flat = ops.reshape(kernel, (9, channels * filters))
    return ops.reshape(ops.matmul(WEIGHTS, flat), (16, channels, filters))


def _pixels(x):
    """`(batch, height, width, channels)` to `(16, tiles, channels)`."""
    batch, high, wide = _tiles(ops.shape(x))
    channels = x.shape[-1]
    pairs = ops.reshape(x, (batch, high + 1, 2, wide + 1, 2, channels))
    rows = ops.stack(
        [pairs[:, i // 2 : high + i // 2, i % 2] for i in range(4)]
    )
    pixels = ops.stack(
        [rows[:, :, :, j // 2 : wide + j // 2, j % 2] for j in range(4)], axis=1
    )
    flat = ops.matmul(PIXELS, ops.reshape(pixels, (16, -1)))
    return ops.reshape(flat, (16, -1, channels))


def _spread(tiles, counts, channels):
    """The transpose of `_pixels`: every pixel is in up to four tiles."""
    batch, high, wide = counts
    flat = ops.matmul(PIXELS.T, ops.reshape(tiles, (16, -1)))
    pairs = ops.reshape(flat, (2, 2, 2, 2, batch, high, wide, channels))
    # whether a pixel is in the second half of its tile is where it goes
    pairs = _shifted(pairs[0], 4) + _shifted(pairs[1], 4, second=True)
    pairs = _shifted(pairs[:, 0], 4) + _shifted(pairs[:, 1], 4, second=True)
    return _interleaved(pairs, (batch, high + 1, wide + 1), channels)


def _shifted(x, axis, second=False):
    """One longer along an axis, from its start or one behind it."""
    sides = [(0, 0)] * len(x.shape)
    sides[axis] = (1, 0) if second else (0, 1)
    return ops.pad(x, sides)


def _results(products, counts, filters):
    """`(16, tiles, filters)` to `(batch, height, width, filters)`."""
    flat = ops.matmul(RESULTS, ops.reshape(products, (16, -1)))
    return _interleaved(flat, counts, filters)


def _upstream(y, filters):
    """The transpose of `_results`."""
    batch, height, width, _ = ops.shape(y)
    y = ops.reshape(y, (batch, height // 2, 2, width // 2, 2, filters))
    flat = ops.reshape(ops.transpose(y, (2, 4, 0, 1, 3, 5)), (4, -1))
    return ops.reshape(ops.matmul(RESULTS.T, flat), (16, -1, filters))


def _interleaved(quarters, counts, channels):
    """The pixels of even and odd rows and columns, as one image."""
    batch, high, wide = counts
    x = ops.reshape(quarters, (2, 2, batch, high, wide, channels))
    x = ops.transpose(x, (2, 3, 0, 4, 1, 5))
    return ops.reshape(x, (batch, 2 * high, 2 * wide, channels))
