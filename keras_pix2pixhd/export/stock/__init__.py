"""Generators of stock Keras layers alone, for Keras without this package."""

from keras_pix2pixhd.export.stock.keras_file import write_keras_file
from keras_pix2pixhd.export.stock.stock_model import stock_model

__all__ = ["stock_model", "write_keras_file"]
