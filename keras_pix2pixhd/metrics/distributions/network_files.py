"""Opens whatever a feature network may be given as."""

import os
import pathlib

import keras

from keras_pix2pixhd.metrics.distributions.inception import (
    inception,
    is_imagenet,
)
from keras_pix2pixhd.metrics.distributions.keras_network import KerasNetwork
from keras_pix2pixhd.metrics.distributions.tflite_network import TFLiteNetwork

_INCEPTION_NAME = "inceptionv3_keras"
_TFLITE_NAMES = {
    "f409ef4f73fcbb9667841965623c5c8524aac33d41b9bf5f3667161fb4a76319": (
        "mobilenetv1"
    ),
}
_WAYS = (
    "Give a feature network that can be had here: the path of a .tflite or "
    ".keras file, of an .h5 file with weights of Keras' InceptionV3, a "
    "keras.Model, or 'inceptionv3' where Keras can download 90 MB."
)


def open_network(source, image_size):
    """Opens a feature network.

    Args:
        source: as for `FeatureNetwork`.
        image_size: `(height, width)` or `None`.

    Returns:
        `(network, known_name, stem)`: a `KerasNetwork` or `TFLiteNetwork`;
        the name of a network that everybody has, or `None`; what else to
        call it.

    Raises:
        ValueError: if it cannot be had, or is none.
    """
    if isinstance(source, keras.Model):
        return KerasNetwork(source, image_size), None, source.name
    if source == "inceptionv3":
        model = _downloaded(image_size)
        return KerasNetwork(model), _INCEPTION_NAME, source
    is_path = isinstance(source, (str, os.PathLike))
    path = pathlib.Path(source if is_path else "")
    opener = _OPENERS.get(path.suffix)
    if opener is None or not path.is_file():
        raise ValueError(
            "A feature network must be 'inceptionv3', a keras.Model, or an "
            "existing file that ends in .tflite, .keras or .h5. Received: "
            f"{str(source)!r}. {_WAYS}"
        )
    network, known_name = opener(path, image_size)
    return network, known_name, path.stem.removesuffix(".weights")


def _from_tflite(path, image_size):
    network = TFLiteNetwork(path, image_size)
    return network, _TFLITE_NAMES.get(network.sha256)


def _from_keras(path, image_size):
    try:
        model = keras.saving.load_model(path, compile=False)
    except Exception as error:
        raise ValueError(
            f'"{path}" must hold a Keras model. Received a file that could '
            f"not be read: {type(error).__name__}: {error}"
        ) from error
    return KerasNetwork(model, image_size), None


def _from_h5(path, image_size):
    network = KerasNetwork(inception(image_size, path))
    return network, _INCEPTION_NAME if is_imagenet(path) else None


_OPENERS = {".tflite": _from_tflite, ".keras": _from_keras, ".h5": _from_h5}


def _downloaded(image_size):
    try:
        return inception(image_size, "imagenet")
    except Exception as error:
        raise ValueError(
            f"The weights of InceptionV3 could not be had: {error}. {_WAYS}"
        ) from error
