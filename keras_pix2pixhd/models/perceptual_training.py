"""What training needs of a perceptual network."""

import numpy as np
from keras import ops

from keras_pix2pixhd.layers import as_floats
from keras_pix2pixhd.models.batch_checks import check_image, check_range
from keras_pix2pixhd.models.first_images import first_images


class PerceptualTraining:
    """The part of `Pix2PixHDGAN` that readies its perceptual network."""

    def make_train_function(self, *args, **kwargs):
        self._build_perceptual_network()
        return super().make_train_function(*args, **kwargs)

    def make_test_function(self, *args, **kwargs):
        self._build_perceptual_network()
        return super().make_test_function(*args, **kwargs)

    def _build_perceptual_network(self):
        # not inside the traced step: its weights would become graph tensors
        if self.perceptual_network is not None:
            self.perceptual_network.build()

    def fit(self, x=None, *args, **kwargs):
        """`keras.Model.fit`, after the perceptual network is calibrated."""
        if isinstance(x, dict) and "image" in x:
            check_image(x)
            _check_first(x["image"], "image")
            if self.num_classes is None and "label" in x:
                _check_first(x["label"], "label")
        self.calibrate(x)
        return super().fit(x, *args, **kwargs)

    def calibrate(self, data):
        """Calibrates the perceptual network, if that was not done yet.

        `fit` does so with what it is given. Workers that train together, each
        on data of its own, must do it before, all with the same.

        Args:
            data: what `fit` takes.
        """
        network = self.perceptual_network
        if network is not None and not network.calibrated:
            network.calibrate(first_images(data))


def _check_first(images, what):
    first = ops.convert_to_numpy(as_floats(images[:1]))
    if np.isfinite(first).all():  # NaN is for callbacks to find
        check_range(first, what)
