"""An evaluation as one HTML page."""

from keras_pix2pixhd.evaluation.report.write_report import write_report

__all__ = ["write_report"]
