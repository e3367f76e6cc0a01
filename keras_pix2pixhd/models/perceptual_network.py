"""The VGG19 that the perceptual loss looks through."""

import hashlib

import keras
import numpy as np
from keras import ops

from keras_pix2pixhd.models.batch_checks import check_range
from keras_pix2pixhd.models.vgg19 import PREPROCESS, wire_vgg19
from keras_pix2pixhd.models.vgg19_weights import read_vgg19_weights

PREPROCESSINGS = ("keras", "torchvision", "none")
NORMALIZATIONS = ("mean_activation", "none")


@keras.saving.register_keras_serializable(package="keras_pix2pixhd")
class PerceptualNetwork:
    """VGG19 features of images: relu1_1, 2_1, 3_1, 4_1 and 5_1.

    The three weight files in use differ in scale by orders of magnitude.
    Each tap is therefore divided by its mean activation on real photographs,
    measured once by `calibrate` (`Pix2PixHDGAN.fit` does it with the first
    images of the data set) and saved with the model.

    It is not a layer: a model that holds it neither trains nor saves its
    weights, but its description, which is enough to make it again.

    Args:
        weights: `"imagenet"` (Keras' download, the default), the path of an
            `.h5`, `.npz` or torchvision `.pth` file, a `keras.Model` with
            the layer names of `keras.applications.VGG19`, or `"random"`
            (for measurement and tests). An `.npz` file may end early:
            the taps that it does not reach are left out.
        preprocessing: what the weights expect of an image: `"keras"` (BGR,
            0..255, less the means), `"torchvision"` (RGB, 0..1, less the
            mean, by the deviation), `"none"` (the image in [-1, 1] as it is,
            the reference's form), or `"auto"` (default): `"torchvision"` for
            a `.pth` file, else `"keras"`.
        normalization: `"mean_activation"` (default) or `"none"` (the
            reference's form).
        tap_means: list of float or `None` (default). Mean activations that
            were measured before.
        sha256: str or `None` (default). What `sha256` the weights must have.

    Call arguments:
        images: `(batch, height, width, 3)` in [-1, 1], each side at least 16
            pixels (4 for a network that ends at relu3_1).

    Returns:
        A list of up to five feature maps, the shallowest first.

    Raises:
        ValueError: if an argument is unknown, the weights cannot be had or
            are not those of `sha256`, the images are too small, or
            `calibrate` was not called.

    Reference:
        [Simonyan & Zisserman, 2015](https://arxiv.org/abs/1409.1556);
        `Vgg19` of NVIDIA/pix2pixHD.
    """

    def __init__(
        self,
        weights="imagenet",
        preprocessing="auto",
        normalization="mean_activation",
        tap_means=None,
        sha256=None,
    ):
        if preprocessing == "auto":
            from_torch = str(weights).endswith(".pth")
            preprocessing = "torchvision" if from_torch else "keras"
        _check_choice("preprocessing", preprocessing, PREPROCESSINGS)
        _check_choice("normalization", normalization, NORMALIZATIONS)
        self.weights = weights
        self.preprocessing = preprocessing
        self.normalization = normalization
        self.tap_means = None if tap_means is None else [*map(float, tap_means)]
        self.sha256 = sha256
        self._model = None

    @property
    def calibrated(self):
        """Whether the mean activations are known, or not needed."""
        return self.normalization == "none" or self.tap_means is not None

    def build(self):
        """Reads the weights, if that was not done yet."""
        if self._model is not None:
            return
        arrays = read_vgg19_weights(self.weights)
        digest = hashlib.sha256()
        for name, parts in arrays.items():
            digest.update(name.encode())
            for array in parts:
                digest.update(np.ascontiguousarray(array).tobytes())
        if self.sha256 not in (None, digest.hexdigest()):
            raise ValueError(
                f"The weights of {self.weights!r} must be those that the model "
                f"was trained with, SHA-256 {self.sha256}. Received: "
                f"{digest.hexdigest()}. Give the GAN another "
                "PerceptualNetwork to go on with other weights."
            )
        self.sha256 = digest.hexdigest()
        self._model = wire_vgg19(arrays)

    def calibrate(self, images):
        """Measures the mean activation of every tap.

        Args:
            images: `(batch, height, width, 3)` real photographs in [-1, 1];
                sixteen are enough.
        """
        check_range(ops.convert_to_numpy(images), "images to calibrate on")
        self.build()
        taps = self._features(images)
        means = [float(ops.mean(ops.cast(tap, "float32"))) for tap in taps]
        self.tap_means = [mean or 1.0 for mean in means]

    def __call__(self, images):
        if not self.calibrated:
            raise ValueError(
                "The perceptual network must know the mean activations of "
                "its taps. Call calibrate(images) with some real photographs "
                "in [-1, 1], or make it with normalization='none'."
            )
        self.build()
        taps = self._features(images)
        if self.normalization == "none":
            return taps
        return [
            ops.cast(tap, "float32") / mean
            for tap, mean in zip(taps, self.tap_means, strict=True)
        ]

    def _features(self, images):
        smallest = 2 ** (len(self._model.outputs) - 1)
        sides = [n for n in images.shape[1:3] if n is not None]
        if sides and min(sides) < smallest:
            raise ValueError(
                f"Images must be at least {smallest} pixels high and wide "
                f"for the perceptual loss. Received: {tuple(images.shape)}. "
                "Train at a larger size, or without the perceptual network."
            )
        images = ops.cast(images, "float32")
        taps = self._model(PREPROCESS[self.preprocessing](images))
        return taps if isinstance(taps, list) else [taps]

    def get_config(self):
        """Returns the description that makes the network again."""
        weights = self.weights
        if isinstance(weights, keras.Model):
            weights = f"the model {weights.name!r} given in Python"
        return {
            "weights": str(weights),
            "preprocessing": self.preprocessing,
            "normalization": self.normalization,
            "tap_means": self.tap_means,
            "sha256": self.sha256,
        }

    @classmethod
    def from_config(cls, config):
        return cls(**config)


def _check_choice(name, value, choices):
    if value not in choices:
        raise ValueError(
            f"{name} must be one of {', '.join(choices)}. "
            f"Received: {name}={value!r}"
        )
