"""A `.keras` file of stock layers, its weights in halves on request."""

import io
import zipfile

import h5py
import ml_dtypes
import numpy as np

from keras_pix2pixhd.argument_checks import check_choice
from keras_pix2pixhd.export.stock.stock_model import stock_model
from keras_pix2pixhd.whole_file import whole_file

_WEIGHTS_FILE = "model.weights.h5"
_HALVES = {"float16": np.float16, "bfloat16": ml_dtypes.bfloat16}


def write_keras_file(serving, path, weights="float32"):
    """Writes a generator as a `.keras` file that needs Keras alone.

    `keras.saving.load_model(path)` reads it, on every backend, without this
    package, and gives what `stock_model` returns.

    Args:
        serving: `ServingGenerator`.
        path: the file, written whole or not at all; what was there is
            replaced. Its name must end in `.keras`.
        weights: `"float32"` (default), or `"float16"` or `"bfloat16"`, which
            halve the file: kernels are rounded to these; it computes in
            float32 all the same.

    Raises:
        ValueError: if an option is none, a layer of the generator is neither
            of this package nor of Keras, or it cannot be written.
    """
    check_choice("weights", weights, ("float32", *_HALVES))
    model = stock_model(serving)
    with whole_file(path, ".keras") as part:
        model.save(part)
        if weights != "float32":
            _halve(part, weights)


def _halve(path, dtype):
    """Rounds the kernels in a `.keras` file.

    Keras turns them into the dtype of the layers, float32, when it loads
    them. Offsets and scales stay float32, they are few.
    """
    with zipfile.ZipFile(path) as archive:
        files = {name: archive.read(name) for name in archive.namelist()}
    halved = io.BytesIO()
    with (
        h5py.File(io.BytesIO(files[_WEIGHTS_FILE])) as source,
        h5py.File(halved, "w") as target,
    ):
        _copy(source, target, dtype)
    files[_WEIGHTS_FILE] = halved.getvalue()
    with zipfile.ZipFile(path, "w") as archive:
        for name, content in files.items():
            archive.writestr(name, content)


def _copy(source, target, dtype):
    """Copies a group of an HDF5 file, and all groups inside."""
    target.attrs.update(source.attrs)
    for name, item in source.items():
        if isinstance(item, h5py.Group):
            _copy(item, target.create_group(name), dtype)
        elif item.dtype != "float32" or item.ndim < 2:
            source.copy(item, target, name)
        else:
            halves = item[()].astype(_HALVES[dtype])
            copy = target.create_dataset(name, data=halves)
            if dtype == "bfloat16":  # as Keras marks them
                copy.attrs["dtype"] = "bfloat16"
