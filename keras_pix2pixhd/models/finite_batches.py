"""Batches whose numbers are all finite."""

import keras
from keras import ops

_MARK = "finite"


def finite_batch(batch):
    """Replaces what is not finite, and marks the samples that it was in.

    A NaN that went through a network would stay in its batch statistics.

    Args:
        batch: dict of arrays or tensors, `(batch, ...)`.

    Returns:
        A dict like it. If there are floats among them, zeros are where they
        were not finite, and `finite`, `(batch,)` bool, says which samples
        were.

    Example:

    >>> batch = {"image": np.array([[0.5, 0.5], [np.nan, 0.5]], "float32")}
    >>> batch = finite_batch(batch)
    >>> ops.convert_to_numpy(batch["image"]).tolist()
    [[0.5, 0.5], [0.0, 0.5]]
    >>> ops.convert_to_numpy(batch["finite"]).tolist()
    [True, False]
    """
    found, marks = {}, []
    for name, values in batch.items():
        dtype = keras.backend.standardize_dtype(values.dtype)
        if keras.backend.is_float_dtype(dtype):
            values = ops.convert_to_tensor(values)
            finite = ops.isfinite(values)
            values = ops.where(finite, values, ops.zeros_like(values))
            axes = tuple(range(1, len(values.shape)))
            marks.append(ops.all(finite, axis=axes))
        found[name] = values
    if marks:
        found[_MARK] = ops.all(ops.stack(marks), axis=0)
    return found


def with_finite_batch(data):
    """`finite_batch` of what a training step is given by Keras."""
    x, *others = keras.utils.unpack_x_y_sample_weight(data)
    x = finite_batch(x)
    return (x, *others) if isinstance(data, tuple) else x


def without_mark(batch):
    """The batch without what `finite_batch` added, for all but `all_finite`.

    Batches of another kind than dicts are left as they are.
    """
    if not isinstance(batch, dict):
        return batch
    return {name: values for name, values in batch.items() if name != _MARK}


def all_finite(batch, losses):
    """Whether a marked batch and its losses are finite, a bool scalar."""
    finite = ops.all(ops.isfinite(ops.stack(losses)))
    if _MARK in batch:
        finite = ops.logical_and(finite, ops.all(batch[_MARK]))
    return finite
