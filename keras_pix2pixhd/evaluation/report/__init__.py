"""An evaluation as one HTML page, and the charts in it."""

from keras_pix2pixhd.evaluation.report.histogram import histogram
from keras_pix2pixhd.evaluation.report.line_chart import line_chart
from keras_pix2pixhd.evaluation.report.write_report import write_report

__all__ = ["histogram", "line_chart", "write_report"]
