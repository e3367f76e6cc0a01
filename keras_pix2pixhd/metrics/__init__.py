"""How close generated photographs are to the real ones."""

from keras_pix2pixhd.metrics.class_color_error import ClassColorError
from keras_pix2pixhd.metrics.distributions import (
    FeatureNetwork,
    FeatureReference,
    FrechetInceptionDistance,
    KernelInceptionDistance,
    PrecisionRecall,
    memorisation,
    nearest_references,
    reference_features,
)
from keras_pix2pixhd.metrics.diversity import PairwiseDiversity
from keras_pix2pixhd.metrics.evaluation import evaluate_generator
from keras_pix2pixhd.metrics.image_mean import ImageMean
from keras_pix2pixhd.metrics.image_quality import l1, psnr, ssim
from keras_pix2pixhd.metrics.metric_choice import METRICS
from keras_pix2pixhd.metrics.metric_suite import MetricSuite
from keras_pix2pixhd.metrics.multiscale_ssim import ms_ssim, ms_ssim_key
from keras_pix2pixhd.metrics.perceptual_distance import PerceptualDistance
from keras_pix2pixhd.metrics.segmentation_score import (
    SegmentationScore,
    image_mean_iou,
)
from keras_pix2pixhd.metrics.segmenting import segment

__all__ = [
    "METRICS",
    "ClassColorError",
    "FeatureNetwork",
    "FeatureReference",
    "FrechetInceptionDistance",
    "ImageMean",
    "KernelInceptionDistance",
    "MetricSuite",
    "PairwiseDiversity",
    "PerceptualDistance",
    "PrecisionRecall",
    "SegmentationScore",
    "evaluate_generator",
    "image_mean_iou",
    "l1",
    "memorisation",
    "ms_ssim",
    "ms_ssim_key",
    "nearest_references",
    "psnr",
    "reference_features",
    "segment",
    "ssim",
]
