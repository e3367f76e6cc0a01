"""Small charts as SVG, for pages that open offline."""

from keras_pix2pixhd.charts.histogram import histogram
from keras_pix2pixhd.charts.line_chart import line_chart

__all__ = ["histogram", "line_chart"]
