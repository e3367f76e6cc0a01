"""The metrics of a suite that compare image with image."""

import numpy as np

from keras_pix2pixhd.metrics.image_mean import ImageMean
from keras_pix2pixhd.metrics.image_quality import l1, psnr, ssim
from keras_pix2pixhd.metrics.merging import check_mergeable
from keras_pix2pixhd.metrics.multiscale_ssim import ms_ssim, ms_ssim_key
from keras_pix2pixhd.metrics.perceptual_distance import PerceptualDistance

MOST_DECIBELS = 100.0


def capped_psnr(generated, real):
    """PSNR of at most 100 dB: that of equal images is infinite."""
    return np.minimum(psnr(generated, real), MOST_DECIBELS)


_FUNCTIONS = {"l1": l1, "psnr": capped_psnr, "ssim": ssim, "ms_ssim": ms_ssim}
# what is called after the size of the images, and what it is to a reader
_SIZED = {"ms_ssim": (ms_ssim_key, "MS-SSIM")}


class ImagePart:
    """L1, PSNR, SSIM, MS-SSIM and the perceptual distance of a suite.

    Args:
        metrics: names, of which those that are not of this part are ignored.
        perceptual_network: calibrated `PerceptualNetwork`, or `None`.
    """

    warnings = ()

    def __init__(self, metrics, perceptual_network):
        self.means = {
            name: ImageMean(function, None if name in _SIZED else name)
            for name, function in _FUNCTIONS.items()
            if name in metrics
        }
        if "perceptual" in metrics:
            self.means["perceptual"] = PerceptualDistance(perceptual_network)

    def describe(self):
        distance = self.means.get("perceptual")
        if distance is None:
            return {}
        config = distance.network.get_config()
        return {"perceptual_network": {"key": distance.key, **config}}

    def reset(self):
        for name, mean in self.means.items():
            mean.reset_state()
            if name in _SIZED:
                mean.key = None

    def measure(self, label, generated, real):
        height, width = real.shape[1:3]
        values, measured = {}, {}
        for name, mean in self.means.items():
            key = mean.key
            if name in _SIZED:
                key = _SIZED[name][0](height, width)
                where = f"{key} for images of {height}x{width}"
                _check_one_key(name, [mean.key, key], where)
            values[key] = mean.measure(generated, real)
            measured[name] = key, values[key]
        return values, measured

    def add(self, measured):
        for name, (key, values) in measured.items():
            self.means[name].key = key
            self.means[name].add(values)

    def check_merge(self, others):
        for name, mean in self.means.items():
            several = [other.means[name] for other in others]
            if name in _SIZED:
                keys = [m.key for m in (mean, *several)]
                _check_one_key(name, keys, " and ".join(filter(None, keys)))
            else:
                check_mergeable(mean, several)

    def merge(self, others):
        for name, mean in self.means.items():
            several = [other.means[name] for other in others]
            if name in _SIZED:
                several = [m for m in several if m.key is not None]
                mean.key = next((m.key for m in several), mean.key)
            mean.merge_state(several)

    def result(self):
        return {mean.key: mean.result() for mean in self.means.values()}


def _check_one_key(name, keys, received):
    """Numbers of different kinds have no mean."""
    if len(set(keys) - {None}) > 1:
        if keys[0] is not None and keys[0] not in received.split():
            received = f"{keys[0]} before, and {received}"
        raise ValueError(
            f"{_SIZED[name][1]} of several images must be of one kind, which "
            f"depends on their size. Received: {received}. Resize all images "
            f"to one size, or leave {name} out of the metrics."
        )
