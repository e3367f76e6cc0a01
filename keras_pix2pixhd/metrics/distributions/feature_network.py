"""The network whose features are compared."""

import re

import numpy as np

from keras_pix2pixhd.data.resizing import checked_size, resize
from keras_pix2pixhd.metrics.distributions.image_checks import checked_pixels
from keras_pix2pixhd.metrics.distributions.network_files import open_network

_AT_ONCE = 16
_COUNTED = r"(functional|sequential|model)_\d+"  # names that Keras makes up


class FeatureNetwork:
    """Turns images into features, and says in its name which they are.

    Images are resized to the network's size by Pillow's bicubic filter with
    antialiasing, on every backend.

    Args:
        source: what computes the features. `"inceptionv3"` (default): Keras'
            InceptionV3 up to the average pool, ImageNet weights, a download
            of 90 MB. The path of an `.h5` file: the same network with these
            weights. A `keras.Model`, or the path of a `.keras` file: one
            input, float32 in [-1, 1], one output, `(batch, dimensions)` or
            feature maps, which are averaged. The path of a `.tflite` file:
            one image of uint8 pixels or float32 in [-1, 1] to features.
        name: str, what to call a network that is not known; eight digits of
            its hash follow. Default: the name of the file or the model.
        image_size: `(height, width)`, for a network of any size. Default: the
            network's own, 299 x 299 for InceptionV3.

    Attributes:
        name: str: `inceptionv3_keras` for Keras' own weights, `mobilenetv1`
            for TensorFlow's quantised ImageNet embedding, else
            `NAME_12345678`.
        key: str: name and size of the images, `inceptionv3_keras_299`.
        image_size: `(height, width)`.
        dimensions: int.
        sha256: str: of a `.tflite` file; of a model's layers, with what they
            are made with, and weights.

    Call arguments:
        images: `(batch, height, width, 3)` array, uint8, or floats in
            [0, 255].

    Returns:
        `(batch, dimensions)` float32 NumPy array; the batch size changes it
        by rounding only.

    Raises:
        ValueError: if an argument is none of that, or the weights cannot be
            had.

    Example:

    >>> model = keras.Sequential(
    ...     [keras.Input((8, 8, 3)), keras.layers.GlobalAveragePooling2D()]
    ... )
    >>> network = FeatureNetwork(model, name="mean")
    >>> network.key
    'mean_..._8'
    >>> network(np.full((1, 16, 16, 3), 255, "uint8")).tolist()
    [[1.0, 1.0, 1.0]]
    """

    def __init__(self, source="inceptionv3", name=None, image_size=None):
        self._arguments = (source, name, image_size)
        image_size = checked_size(image_size)
        self._network, known_name, stem = open_network(source, image_size)
        self.image_size = self._network.image_size
        if None in self.image_size:
            raise ValueError(
                "A feature network for images of any size must be given one. "
                "Received: image_size=None. Choose image_size=(height, width)."
            )
        if image_size not in (None, self.image_size):
            raise ValueError(
                "image_size must be that of the feature network, "
                f"{self.image_size}. Received: image_size={image_size}"
            )
        self.sha256 = self._network.sha256
        self.dimensions = self._network.dimensions
        given = _plain(stem, "network") if name is None else _checked(name)
        self.name = known_name or f"{given}_{self.sha256[:8]}"
        height, width = self.image_size
        size = height if height == width else f"{height}x{width}"
        self.key = f"{self.name}_{size}"

    def __call__(self, images):
        images = checked_pixels(images)
        found = [np.zeros((0, self.dimensions), "float32")]
        for start in range(0, len(images), _AT_ONCE):
            batch = images[start : start + _AT_ONCE]
            resized = [resize(x, self.image_size, blend=True) for x in batch]
            found.append(self._network(np.stack(resized)))
        return np.concatenate(found)

    def describe(self):
        """Returns what others need to get the same features.

        Returns:
            Dict, as JSON holds it.
        """
        source = self._arguments[0]
        if hasattr(source, "layers"):
            source = f"the model {source.name!r} given in Python"
        return {
            "name": self.name,
            "source": str(source),
            "image_size": list(self.image_size),
            "resize": "Pillow bicubic, antialiased",
            "range": self._network.range,
            "dimensions": self.dimensions,
            "sha256": self.sha256,
        }

    def __reduce__(self):
        """Pickles as the arguments: an interpreter cannot be pickled."""
        return type(self), self._arguments


def _checked(name):
    plain = _plain(name, "") if isinstance(name, str) else ""
    if not plain:
        raise ValueError(
            "name must be a text with letters or digits. Received: "
            f"name={name!r}"
        )
    return plain


def _plain(text, otherwise):
    if re.fullmatch(_COUNTED, text):
        text = text.rpartition("_")[0]
    plain = re.sub("[^a-z0-9]+", "_", text.lower()).strip("_")
    return plain or otherwise
