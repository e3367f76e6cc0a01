"""A segmenter of one's own: trained on real pairs, and loaded again."""

from keras_pix2pixhd.segmentation.load_segmenter import load_segmenter
from keras_pix2pixhd.segmentation.train_segmenter import (
    SegmenterRun,
    train_segmenter,
)

__all__ = ["SegmenterRun", "load_segmenter", "train_segmenter"]
