"""From a trained encoder to the styles of each class."""

import warnings

import numpy as np

from keras_pix2pixhd.data.resizing import checked_size
from keras_pix2pixhd.features.cluster_checks import (
    checked_seed,
    different_classes,
)
from keras_pix2pixhd.features.feature_clusters import FeatureClusters
from keras_pix2pixhd.features.instances import find_instances

# Instances above this share of the image count (the reference's choice):
# small ones are hardly described by their few pixels.
SMALLEST_SHARE = 1 / 64


def fit_features(
    gan,
    pairs,
    image_size=None,
    clusters=10,
    seed=0,
    progress=None,
    source="",
):
    """Encodes photographs and clusters the features of each class.

    Each instance above 1/64 of its image is a sample of its class, and the
    k-means of the samples are the styles of the class. A class whose
    instances are all smaller is described by all of them; the reference
    leaves it without styles and then reads uninitialised memory.

    Args:
        gan: `Pix2PixHDGAN` with a feature encoder.
        pairs: `Pairs` of the same classes; with instances, where the model's
            features follow them.
        image_size: `(height, width)` to encode at: that of the training.
            Defaults to `None`: as stored.
        clusters: Int >= 1, styles per class; fewer where a class has fewer
            different samples. Defaults to `10`.
        seed: Int >= 0, of the k-means. Defaults to `0`.
        progress: Function that is called after each photograph with their
            number so far and the number of all. Defaults to `None`.
        source: String that the result remembers, such as the run folder.
            Defaults to `""`.

    Returns:
        `FeatureClusters`.

    Raises:
        ValueError: If scikit-learn is missing, or an argument is not as it
            must be.

    Reference:
        [Wang et al., 2018](https://arxiv.org/abs/1711.11585), section 3.4;
        `encode_features.py` of NVIDIA/pix2pixHD.

    Example:

    ```python
    clusters = fit_features(load_gan("runs/0001-toy"), train_pairs, (64, 96))
    gan.generate(label, instance, features=clusters, seed=7)
    ```
    """
    k_means = _k_means()
    image_size = checked_size(image_size)
    _check(gan, pairs, clusters)
    # k-means takes 32 bits only
    seed = np.random.SeedSequence(checked_seed(seed)).generate_state(1)[0]
    values, classes, large = [], [], []
    for index in range(len(pairs)):
        arrays = pairs.read(index, image_size)
        found, features = _encoded(gan, arrays, len(pairs.class_table))
        values.append(features)
        classes.append(found.classes)
        large.append(found.areas > SMALLEST_SHARE * arrays["label"].size)
        if progress is not None:
            progress(index + 1, len(pairs))
    values, classes, large = map(np.concatenate, (values, classes, large))
    centers, samples = [], []
    for index in range(len(pairs.class_table)):
        chosen = classes == index
        chosen &= large if (large & chosen).any() else True
        samples.append(int(chosen.sum()))
        centers.append(_centers(k_means, values[chosen], clusters, seed))
    return FeatureClusters(
        centers,
        gan.class_table,
        gan.features_follow,
        samples=samples,
        source=source,
        images=pairs.names,
    )


def _encoded(gan, arrays, num_classes):
    """Returns the `Instances` of a pair, and their features `(n, F)`."""
    ids = arrays["label"]
    if gan.features_follow == "instances":
        ids = arrays["instance"]
    batch = {kind: array[None] for kind, array in arrays.items()}
    features = np.asarray(gan.encode(**batch))
    if not np.isfinite(features).all():
        raise ValueError(
            "The features of the model must be finite. Received: NaN or "
            "infinity from its encoder. Its training diverged: take an "
            "earlier model."
        )
    found = find_instances(arrays["label"], ids, num_classes)
    # the encoder's output is the same on all pixels of an instance
    return found, features.reshape(-1, features.shape[-1])[found.firsts]


def _centers(k_means, values, clusters, seed):
    """Returns at most `clusters` styles of a class, `(k, F)`."""
    different = np.unique(values, axis=0)
    if len(different) <= clusters:
        return different
    fitted = k_means(clusters, n_init=10, random_state=int(seed))
    with warnings.catch_warnings():
        # values that differ by a rounding error are one cluster to it
        warnings.simplefilter("ignore")
        fitted.fit(values.astype("float64"))
    return np.unique(fitted.cluster_centers_, axis=0)


def _k_means():
    try:
        from sklearn.cluster import KMeans
    except ImportError as error:
        raise ValueError(
            "Clustering features needs scikit-learn. "
            f'Received: {error}. pip install "keras_pix2pixhd[features]"'
        ) from error
    return KMeans


def _check(gan, pairs, clusters):
    if not isinstance(clusters, (int, np.integer)) or clusters < 1:
        raise ValueError(
            "`clusters` must be an integer of at least 1. "
            f"Received: clusters={clusters!r}"
        )
    if not gan.feature_channels:
        raise ValueError(
            "Features are fitted with a model that has a feature encoder. "
            "Received: a model without one."
        )
    if gan.class_table is None or pairs.class_table is None:
        raise ValueError(
            "Features are fitted class by class: model and pairs must have "
            "classes. Received: a model or pairs with class_table=None. Take "
            "the features of a photograph instead: generate(image=...), "
            "--features encode."
        )
    if gan.features_follow == "instances" and "instance" not in pairs.kinds:
        raise ValueError(
            "A model whose features follow instances needs pairs with "
            f"instance maps. Received: {pairs!r}. Add the maps, or make them "
            "of the label maps with pairs.with_components()."
        )
    tables = (pairs.class_table, gan.class_table)
    for what, ours, theirs in different_classes(*tables):
        if ours != theirs:
            raise ValueError(
                "The pairs must have the classes of the model. Received: "
                f"{what}: {ours} of the pairs, {theirs} of the model"
            )
