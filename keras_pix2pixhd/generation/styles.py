"""Which instance features `generate_folder` paints with."""

import os
import pathlib
import zlib

from keras_pix2pixhd.features import FeatureClusters
from keras_pix2pixhd.features.cluster_file import FEATURES_FILE


def chosen_features(gan, model, features, images, styles):
    """Returns where the features of a model come from.

    Args:
        gan: `Pix2PixHDGAN`.
        model: the path that it was loaded from, or itself.
        features, images, styles: those of `generate_folder`.

    Returns:
        `FeatureClusters` to draw from; `"encode"`; or None for a model
        without features.

    Raises:
        ValueError: if the arguments do not fit the model, or each other.
    """
    if not gan.feature_channels:
        _refuse_all(features=features, images=images, styles=styles)
        return None
    if features is None:
        raise ValueError(
            "A model with instance features must be told which to paint. "
            "Received: features=None. Pass 'sample' to draw from the "
            f"{FEATURES_FILE} that pix2pixhd features fit leaves beside the "
            "model, another such file, or 'encode' and a folder of images to "
            "take them from (--features, --images on the command line)."
        )
    encodes = isinstance(features, str) and features == "encode"
    if encodes != (images is not None):
        raise ValueError(
            "features='encode' and images, the photographs to encode, go "
            f"together. Received: features={features!r}, images={images!r}"
        )
    if encodes and styles is not None:
        raise ValueError(
            "styles are drawn, not encoded: a photograph has one only. "
            f"Received: features='encode', styles={styles}. Leave styles "
            "out, or pass features='sample'."
        )
    if encodes:
        return "encode"
    clusters = _clusters(features, model)
    clusters.check_fits(gan)
    return clusters


def seed_of(seed, path):
    """Returns the seed of one label map, the same whatever lies beside it.

    Args:
        seed: int.
        path: `pathlib.Path` of the label map; its name without extension
            counts.
    """
    return [seed, zlib.crc32(path.stem.encode())]


def _refuse_all(**arguments):
    for name, value in arguments.items():
        if value is not None:
            raise ValueError(
                f"{name} is for models with instance features. Received: "
                f"{name}={value!r} for a model without. Leave it out."
            )


def _clusters(features, model):
    if isinstance(features, FeatureClusters):
        return features
    if not isinstance(features, (str, os.PathLike)):
        raise ValueError(
            "features must be 'sample', 'encode', FeatureClusters or the path "
            f"of a file of them. Received: {type(features).__name__}"
        )
    if features != "sample":
        if not pathlib.Path(features).is_file():
            raise ValueError(
                "features must be sample, encode or a file of fitted "
                f'features. Received: "{features}", which is no file'
            )
        return FeatureClusters.load(features)
    if not isinstance(model, (str, os.PathLike)):
        raise ValueError(
            f"features='sample' takes the {FEATURES_FILE} beside the model's "
            "file. Received: a model in memory. Pass FeatureClusters, or the "
            "path of a file of them."
        )
    model = pathlib.Path(model)
    folder = model if model.is_dir() else model.parent
    return FeatureClusters.load(folder / FEATURES_FILE)
