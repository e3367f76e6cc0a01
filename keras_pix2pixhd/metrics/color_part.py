"""The colour error of a suite."""

from keras_pix2pixhd.metrics.class_color_error import ClassColorError
from keras_pix2pixhd.metrics.merging import check_mergeable


class ColorPart:
    """`ClassColorError` as a part of a suite.

    Args:
        class_table: `ClassTable`, or the number of classes.
    """

    warnings = ()

    def __init__(self, class_table):
        self.error = ClassColorError(class_table)

    def describe(self):
        return {}

    def reset(self):
        self.error.reset_state()

    def measure(self, label, generated, real):
        return {}, self.error.measure(label, generated, real)

    def add(self, measured):
        self.error.add(measured)

    def check_merge(self, others):
        check_mergeable(self.error, [other.error for other in others])

    def merge(self, others):
        self.error.merge_state([other.error for other in others])

    def result(self):
        return {"class_color_error": self.error.result()}
