"""The metrics of a suite that compare image with image."""

import numpy as np

from keras_pix2pixhd.metrics.image_mean import ImageMean
from keras_pix2pixhd.metrics.image_quality import l1, psnr, ssim
from keras_pix2pixhd.metrics.merging import check_mergeable
from keras_pix2pixhd.metrics.multiscale_ssim import ms_ssim, ms_ssim_key
from keras_pix2pixhd.metrics.perceptual_distance import PerceptualDistance
from keras_pix2pixhd.metrics.ssim_terms import WINDOW

MOST_DECIBELS = 100.0


def capped_psnr(generated, real):
    """PSNR of at most 100 dB: that of equal images is infinite."""
    return np.minimum(psnr(generated, real), MOST_DECIBELS)


_FUNCTIONS = {"l1": l1, "psnr": capped_psnr, "ssim": ssim, "ms_ssim": ms_ssim}
# what is of another kind where images are small
_SIZED = {"ssim": "SSIM", "ms_ssim": "MS-SSIM"}


class ImagePart:
    """L1, PSNR, SSIM, MS-SSIM and the perceptual distance of a suite.

    Args:
        metrics: names, of which those that are not of this part are ignored.
        perceptual_network: calibrated `PerceptualNetwork`, or `None`.
    """

    warnings = ()

    def __init__(self, metrics, perceptual_network):
        self.means = {
            name: ImageMean(function, name)
            for name, function in _FUNCTIONS.items()
            if name in metrics
        }
        self._kinds = {}
        if "perceptual" in metrics:
            self.means["perceptual"] = PerceptualDistance(perceptual_network)

    def describe(self):
        distance = self.means.get("perceptual")
        if distance is None:
            return {}
        config = distance.network.get_config()
        return {"perceptual_network": {"key": distance.key, **config}}

    def reset(self):
        self._kinds = {}
        for mean in self.means.values():
            mean.reset_state()

    def measure(self, label, generated, real):
        size = real.shape[1:3]
        kinds = {name: _kind(name, *size) for name in _SIZED}
        self._check_kinds(kinds, f" for images of {size[0]}x{size[1]}")
        values = {
            name: mean.measure(generated, real)
            for name, mean in self.means.items()
        }
        keys = {name: self._key(name, kinds) for name in values}
        return {keys[n]: v for n, v in values.items()}, (values, kinds)

    def add(self, measured):
        values, self._kinds = measured
        for name, mean in self.means.items():
            mean.add(values[name])

    def check_merge(self, others):
        for name, mean in self.means.items():
            check_mergeable(mean, [other.means[name] for other in others])
        for part in (self, *others):
            for other in others:
                part._check_kinds(other._kinds, " in another suite")

    def merge(self, others):
        for name, mean in self.means.items():
            mean.merge_state([other.means[name] for other in others])
        for other in others:
            self._kinds = self._kinds or other._kinds

    def result(self):
        return {
            self._key(name, self._kinds): mean.result()
            for name, mean in self.means.items()
        }

    def _key(self, name, kinds):
        """What a result is called; the scales of MS-SSIM are in its key."""
        if name == "ms_ssim" and kinds:
            return kinds[name].split()[0]
        return self.means[name].key

    def _check_kinds(self, kinds, where):
        """Numbers of different kinds have no mean."""
        for name, kind in kinds.items():
            before = self._kinds.get(name, kind)
            if name in self.means and before != kind:
                raise ValueError(
                    f"{_SIZED[name]} of several images must be of one kind, "
                    "which depends on their size. Received: "
                    f"{before} before, and {kind}{where}. Resize all images "
                    f"to one size, or leave {name} out of the metrics."
                )


def _kind(name, height, width):
    """Names SSIM or MS-SSIM of images of a size, with a small window."""
    key = ms_ssim_key(height, width) if name == "ms_ssim" else name
    window = min(WINDOW, height, width)
    window -= 1 - window % 2
    if window == WINDOW:
        return key
    return f"{key} with a window of {window} pixels"
