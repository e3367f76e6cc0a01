"""A feature network that is a Keras model."""

import numpy as np
from keras import ops

from keras_pix2pixhd.metrics.distributions.model_hash import sha256_of_model


class KerasNetwork:
    """Features from a Keras model.

    Args:
        model: `keras.Model` with one input, `(batch, height, width, 3)`
            float32 in [-1, 1], and one output, `(batch, dimensions)` or
            feature maps, which are averaged over their positions.
        image_size: `(height, width)` for a model of any size, or `None`
            (default).

    Call arguments:
        images: `(batch, height, width, 3)` uint8 array of the model's size.

    Returns:
        `(batch, dimensions)` float32 NumPy array.

    Raises:
        ValueError: if the model is none of that.
    """

    range = "float32 in [-1, 1]"

    def __init__(self, model, image_size=None):
        if not model.built:
            raise ValueError(
                "A feature network must have weights. Received: the model "
                f"{model.name!r}, which is not built. Call it once on images."
            )
        self.model = model
        shape = getattr(model, "input_shape", None) or (None,) * 3 + (3,)
        if not _is_shape(shape) or len(shape) != 4 or shape[3] not in (3, None):
            raise ValueError(
                "A feature network must have one input, (batch, height, "
                f"width, 3). Received: {model.name!r} with {shape}"
            )
        self.image_size = tuple(shape[1:3])
        if None in self.image_size and image_size is not None:
            wanted = zip(shape[1:3], image_size, strict=True)
            self.image_size = tuple(have or want for have, want in wanted)
        self.sha256 = sha256_of_model(model)
        self.dimensions = None
        if None not in self.image_size:
            self.dimensions = self._output_dimensions()

    def _output_dimensions(self):
        shape = self.model.compute_output_shape((1, *self.image_size, 3))
        if not _is_shape(shape) or len(shape) < 2 or not shape[-1]:
            raise ValueError(
                "A feature network must have one output, (batch, dimensions) "
                f"or feature maps. Received: {self.model.name!r} with {shape}"
            )
        return int(shape[-1])

    def __call__(self, images):
        images = images.astype("float32") / np.float32(127.5) - 1
        found = self.model.predict_on_batch(images)
        found = np.asarray(ops.convert_to_numpy(found), "float64")
        found = found.reshape(len(found), -1, self.dimensions).mean(1)
        return found.astype("float32")


def _is_shape(shape):
    sides = shape if isinstance(shape, (tuple, list)) else [shape]
    return all(side is None or isinstance(side, int) for side in sides)
