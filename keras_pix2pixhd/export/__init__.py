"""Trained generators for other programs."""

from keras_pix2pixhd.export.saved_model import export_saved_model

__all__ = ["export_saved_model"]
