"""What TF Serving needs beside a SavedModel."""

from keras_pix2pixhd.export.serving.next_version import next_version
from keras_pix2pixhd.export.serving.serving_files import write_serving_files
from keras_pix2pixhd.export.serving.warm_up import write_warm_up

__all__ = ["next_version", "write_serving_files", "write_warm_up"]
