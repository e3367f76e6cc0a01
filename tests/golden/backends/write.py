"""Writes the numbers of a backend that the others must come to.

    KERAS_BACKEND=tensorflow python -m tests.golden.backends.write

and the same with jax and torch: README.md.
"""

import pathlib
import tempfile
import zipfile

import keras
import numpy as np

from keras_pix2pixhd.checkpoints import save_checkpoint
from tests.backend_gans import moving_gan, painted, train_on, whole_gan
from tests.small_gan import write_vgg19_prefix

FOLDER = pathlib.Path(__file__).parent
BEFORE, AFTER = range(3), range(3, 6)


def write_whole():
    with tempfile.TemporaryDirectory() as folder:
        vgg19 = write_vgg19_prefix(pathlib.Path(folder) / "vgg19.npz")
        gan = whole_gan(vgg19, run_eagerly=True)
        terms = train_on(gan, range(5))
    np.savez_compressed(FOLDER / "whole.npz", terms=terms, painted=painted(gan))


def write_moved(backend):
    gan = moving_gan(run_eagerly=backend != "jax")
    train_on(gan, BEFORE, small=True)
    gan.run_eagerly = False  # is a setting of the file
    gan.save(FOLDER / f"{backend}.keras")
    squeeze(FOLDER / f"{backend}.keras")
    save_checkpoint(gan, FOLDER / backend, (0, 3, 3))


def squeeze(path):
    """Compresses what Keras has only packed."""
    with zipfile.ZipFile(path) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)


def write_after():
    gan = moving_gan(run_eagerly=True)
    train_on(gan, BEFORE, small=True)
    terms = train_on(gan, AFTER, small=True)
    np.savez_compressed(FOLDER / "moved.npz", terms=terms, painted=painted(gan))


if __name__ == "__main__":
    write_moved(keras.backend.backend())
    if keras.backend.backend() == "tensorflow":
        write_whole()
        write_after()
