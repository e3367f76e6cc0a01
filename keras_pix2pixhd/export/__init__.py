"""Trained generators for other programs."""

from keras_pix2pixhd.export.export_model import export_model
from keras_pix2pixhd.export.parity.parity_error import ParityError
from keras_pix2pixhd.export.saved_model import export_saved_model

__all__ = ["ParityError", "export_model", "export_saved_model"]
