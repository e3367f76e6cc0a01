"""The command `pix2pixhd`."""

from keras_pix2pixhd.cli.main import main

__all__ = ["main"]
