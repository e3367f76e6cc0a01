"""How runs went: curves of their histories."""

from keras_pix2pixhd.curves.plot_run import plot_run

__all__ = ["plot_run"]
