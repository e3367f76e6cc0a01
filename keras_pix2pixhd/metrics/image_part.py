"""The metrics of a suite that compare image with image."""

import numpy as np

from keras_pix2pixhd.metrics.image_mean import ImageMean
from keras_pix2pixhd.metrics.image_quality import l1, psnr, ssim
from keras_pix2pixhd.metrics.multiscale_ssim import ms_ssim, ms_ssim_key
from keras_pix2pixhd.metrics.perceptual_distance import PerceptualDistance

MOST_DECIBELS = 100.0


def capped_psnr(generated, real):
    """PSNR of at most 100 dB: that of equal images is infinite."""
    return np.minimum(psnr(generated, real), MOST_DECIBELS)


class ImagePart:
    """L1, PSNR, SSIM, MS-SSIM and the perceptual distance of a suite.

    Args:
        metrics: names, of which those that are not of this part are ignored.
        perceptual_network: calibrated `PerceptualNetwork`, or `None`.
    """

    warnings = ()

    def __init__(self, metrics, perceptual_network):
        functions = {"l1": l1, "psnr": capped_psnr, "ssim": ssim}
        self.means = [
            ImageMean(function, name)
            for name, function in functions.items()
            if name in metrics
        ]
        self._scales = None
        if "ms_ssim" in metrics:
            self._scales = ImageMean(ms_ssim, None)
            self.means.append(self._scales)
        if "perceptual" in metrics:
            self.means.append(PerceptualDistance(perceptual_network))

    def describe(self):
        last = self.means[-1] if self.means else None
        if not isinstance(last, PerceptualDistance):
            return {}
        config = last.network.get_config()
        return {"perceptual_network": {"key": last.key, **config}}

    def reset(self):
        for mean in self.means:
            mean.reset_state()
        if self._scales is not None:
            self._scales.key = None

    def update(self, label, generated, real):
        if self._scales is not None:
            self._name_scales(ms_ssim_key(*real.shape[1:3]), real.shape[1:3])
        return {m.key: m.update_state(generated, real) for m in self.means}

    def merge(self, others):
        if self._scales is not None and self._scales.key is None:
            keys = [other._scales.key for other in others]
            self._scales.key = next(filter(None, keys), None)
        for place, mean in enumerate(self.means):
            several = [other.means[place] for other in others]
            mean.merge_state([m for m in several if len(m.values)])

    def result(self):
        return {mean.key: mean.result() for mean in self.means}

    def _name_scales(self, key, size):
        """Numbers of different kinds have no mean."""
        if self._scales.key not in (None, key):
            raise ValueError(
                "MS-SSIM of several images must be over the same number of "
                f"scales. Received: {self._scales.key} before, and {key} for "
                f"images of {size[0]}x{size[1]}. Resize all images to one "
                "size, or leave ms_ssim out of the metrics."
            )
        self._scales.key = key
