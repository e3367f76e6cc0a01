"""LiteRT (`.tflite`) files."""

import contextlib
import os
import re
import tempfile

from keras_pix2pixhd.export.new_folder import written_by_tensorflow
from keras_pix2pixhd.export.saved_model import check_backend

LITERT_FILE = "model.tflite"


def write_litert(serving, folder, weights="float32"):
    """Writes a generator as `model.tflite`.

    Its signature `serving_default` takes `label` and, as far as the model
    does, `instance` and `style`, of any batch, height and width; it gives
    `image`, uint8, and `image_float`. PNG files and seeds it does not take.

    Args:
        serving: `ServingGenerator`, with `plain` convolutions.
        folder: `pathlib.Path` of the folder to write to.
        weights: `"float32"` (default), `"float16"`, or `"int8"`: kernels of
            8 bits with a scale for each filter, and what they are multiplied
            with is rounded to 8 bits as it comes.

    Raises:
        ValueError: if LiteRT lacks something that the model is made of, as
            it does for `upsampling="nearest"`.
    """
    check_backend("Export to LiteRT")
    import tensorflow as tf

    from keras_pix2pixhd.export.bare_function import bare_function

    module = tf.Module()
    module.variables_of_model = [v.value for v in serving.generator.variables]
    module.serve = bare_function(serving)
    with (
        tempfile.TemporaryDirectory() as work,
        written_by_tensorflow(),
        _quiet(),
    ):
        tf.saved_model.save(module, work, signatures=module.serve)
        converter = tf.lite.TFLiteConverter.from_saved_model(work)
        if weights != "float32":
            converter.optimizations = [tf.lite.Optimize.DEFAULT]
        if weights == "float16":
            converter.target_spec.supported_types = [tf.float16]
        try:
            content = converter.convert()
        except Exception as error:  # of a private type of TensorFlow's
            missing = re.search(r"Select ops: (.*)", str(error))
            raise ValueError(
                "A model for LiteRT must be made of what LiteRT has, which "
                "upsampling='nearest' is not. Received: one that needs "
                f"{missing[1] if missing else type(error).__name__}. Choose "
                "another format."
            ) from error
    (folder / LITERT_FILE).write_bytes(content)


@contextlib.contextmanager
def _quiet():
    """Keeps the converter's notes, written past Python, off the screen."""
    kept = os.dup(2)
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, 2)
    try:
        yield
    finally:
        os.dup2(kept, 2)
        os.close(kept)
        os.close(nowhere)
