"""The segmentation score of a suite, of generated and of real images."""

from keras_pix2pixhd.metrics.checked_images import to_pixels
from keras_pix2pixhd.metrics.segmentation_score import (
    SegmentationScore,
    image_mean_iou,
)
from keras_pix2pixhd.metrics.segmenting import describe_segmenter, segment


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
        self.scores = {
            side: SegmentationScore(class_table)
            for side in ("generated", "real")
        }

    def __getstate__(self):
        return self.__dict__ | {"segmenter": None}

    def describe(self):
        return {"segmenter": describe_segmenter(self.segmenter)}

    def reset(self):
        for score in self.scores.values():
            score.reset_state()

    def update(self, label, generated, real):
        sides = {"mean_iou": generated, "mean_iou_real": real}
        values = {}
        for (key, images), score in zip(
            sides.items(), self.scores.values(), strict=True
        ):
            seen = segment(self.segmenter, to_pixels(images), self.class_table)
            score.update_state(label, seen)
            values[key] = image_mean_iou(label, seen, len(score.names))
        return values

    def merge(self, others):
        for side, score in self.scores.items():
            score.merge_state([other.scores[side] for other in others])

    def result(self):
        scores = self.scores.items()
        return {"segmentation": {side: s.result() for side, s in scores}}
