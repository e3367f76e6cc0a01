"""The segmentation score of a suite, of generated and of real images."""

from keras_pix2pixhd.metrics.merging import check_mergeable
from keras_pix2pixhd.metrics.segmentation_score import (
    SegmentationScore,
    image_mean_iou,
)
from keras_pix2pixhd.metrics.segmenting import describe_segmenter, segment

_KEYS = {"generated": "mean_iou", "real": "mean_iou_real"}


class SegmentationPart:
    """What a segmenter sees in generated images, and in the real ones.

    Args:
        segmenter: see `segment`.
        class_table: `ClassTable`, or the number of classes.
    """

    warnings = ()

    def __init__(self, segmenter, class_table):
        self.segmenter = segmenter
        self.class_table = class_table
        self.scores = {side: SegmentationScore(class_table) for side in _KEYS}

    def __getstate__(self):
        return self.__dict__ | {"segmenter": None}

    def describe(self):
        return {"segmenter": describe_segmenter(self.segmenter)}

    def reset(self):
        for score in self.scores.values():
            score.reset_state()

    def measure(self, label, generated, real):
        images = {"generated": generated, "real": real}
        values, confusions = {}, {}
        for side, score in self.scores.items():
            seen = segment(self.segmenter, images[side], self.class_table)
            confusions[side] = score.measure(label, seen)
            found = image_mean_iou(label, seen, len(score.names))
            values[_KEYS[side]] = found
        return values, confusions

    def add(self, confusions):
        for side, score in self.scores.items():
            score.add(confusions[side])

    def check_merge(self, others):
        for side, score in self.scores.items():
            check_mergeable(score, [other.scores[side] for other in others])

    def merge(self, others):
        for side, score in self.scores.items():
            score.merge_state([other.scores[side] for other in others])

    def result(self):
        scores = self.scores.items()
        return {"segmentation": {side: s.result() for side, s in scores}}
