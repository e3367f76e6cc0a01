"""What features must be before anything is computed with them."""

import numpy as np


def checked_features(features, name="features", dimensions=None):
    """Returns features as a NumPy array.

    Args:
        features: `(n, d)` array of finite numbers, of a size that float32
            holds.
        name: str, what an error calls them.
        dimensions: int, the only `d` that fits, or `None` for any.

    Returns:
        NumPy array `(n, d)`, of its own floating dtype, else float64.

    Raises:
        ValueError: if they are anything else.
    """
    features = np.asarray(features)
    if features.ndim != 2 or not features.shape[1]:
        raise ValueError(
            f"{name} must be (images, dimensions). Received: "
            f"shape={features.shape}"
        )
    if features.dtype.kind not in "fiu":
        raise ValueError(
            f"{name} must be numbers. Received: dtype={features.dtype}"
        )
    if features.dtype.kind != "f":
        features = features.astype("float64")
    if dimensions not in (None, features.shape[1]):
        raise ValueError(
            f"{name} must have as many dimensions as those before, "
            f"{dimensions}. Received: {features.shape[1]}. Take all features "
            "from the same network."
        )
    if not np.isfinite(features).all():
        raise ValueError(
            f"{name} must be finite. Received: NaN or infinity. The images "
            "or the weights of the feature network are broken."
        )
    largest = np.abs(features).max(initial=0)
    if largest > np.finfo("float32").max:
        raise ValueError(
            f"{name} must be numbers that float32 holds: the squares of "
            f"larger ones overflow. Received: values of up to {largest:.3g}"
        )
    return features
