"""How close generated photographs are to the real ones."""

from keras_pix2pixhd.metrics.class_color_error import ClassColorError
from keras_pix2pixhd.metrics.evaluation import evaluate_generator
from keras_pix2pixhd.metrics.image_quality import l1, psnr, ssim

__all__ = ["ClassColorError", "evaluate_generator", "l1", "psnr", "ssim"]
