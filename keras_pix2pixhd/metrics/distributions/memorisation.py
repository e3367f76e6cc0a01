"""Whether generated images are copies of training images."""

import numpy as np

from keras_pix2pixhd.metrics.distributions.nearest import nearest_references


def memorisation(generated, held_out, training, key):
    """Compares the distances to the nearest training image.

    A model that copies its training images is nearer to them than the real
    held-out images are. Where generated and real images look alike and
    nothing is copied, about half of the generated ones are closer.

    Other differences move the share as well: noise and artefacts lower it,
    and images with less in them, blurred or of low contrast, are closer to
    everything. A share far above a half is a reason to look at the pairs of
    nearest images; it is no proof.

    Args:
        generated: `(n, dimensions)` features of generated images.
        held_out: `(n, dimensions)` features of the real held-out images of
            the same label maps, in the same order.
        training: `FeatureReference` of the training images, or `(m,
            dimensions)` features.
        key: str, that of the feature network.

    Returns:
        Dict of one key, `nearest_training_KEY_nN_tM`, `N` generated and `M`
        training images, to a dict: `generated_mean` and `real_mean`, mean
        Euclidean distances to the nearest training image, and
        `closer_than_real`, the share of the generated images that are closer
        to theirs than the real image is to its own.

    Raises:
        ValueError: if the arrays are not that, or `training` is of another
            network.

    Example:

    >>> memorisation([[1.0], [5.0]], [[2.0], [4.0]], [[0.0]], "toy_8")
    {'nearest_training_toy_8_n2_t1': {'generated_mean': 3.0, 'real_mean': 3.0,
     'closer_than_real': 0.5}}
    """
    found = getattr(training, "network_key", key)
    if found != key:
        raise ValueError(
            "The training images must have been seen by the same feature "
            f"network, {key}. Received: a reference of {found}"
        )
    if len(generated) != len(held_out) or not len(generated):
        raise ValueError(
            "There must be one real held-out image for each generated one. "
            f"Received: {len(generated)} generated and {len(held_out)} real"
        )
    near, real = (
        nearest_references(features, training)[1]
        for features in (generated, held_out)
    )
    count = len(getattr(training, "features", training))
    return {
        f"nearest_training_{key}_n{len(near)}_t{count}": {
            "generated_mean": float(near.mean()),
            "real_mean": float(real.mean()),
            "closer_than_real": float(np.mean(near < real)),
        }
    }
