"""The program that writes the models that `serving.py` measures.

    python -m benchmarks.harness.serving_exports JSON

It ends before anything is measured, so its memory is nobody's.
"""

import json
import pathlib
import subprocess
import sys

from . import ROOT

PROGRAM = "benchmarks.harness.serving_exports"
SMALL = {"filters": 8, "num_downsamplings": 2, "num_residual_blocks": 2}


class ServedModel:
    """A model and its exports in a folder, written where they are missing.

    Args:
        folder: path of the folder. It may hold them from an earlier run.
        model: a run folder or a `.keras` file; else a generator with random
            weights is made.
        generator: dict, arguments of that generator.
        classes: int, its classes.

    Attributes:
        path: of the Keras model.
        classes: int.
        image_size: (height, width) of the run, or `None`.
    """

    def __init__(self, folder, model=None, generator=None, classes=32):
        self._folder = pathlib.Path(folder).resolve()
        self._model = model and str(pathlib.Path(model).resolve())
        self._made = {"generator": generator or {}, "classes": classes}
        facts = self._written(None)
        self.path = facts["path"]
        self.classes, self.image_size = facts["classes"], facts["image_size"]

    def export(self, name):
        """Returns the folder of an export, `FORMAT` or `FORMAT:WEIGHTS`."""
        folder = self._folder / name.replace(":", "-")
        if not folder.is_dir():
            self._written(name)
        return folder

    def _written(self, name):
        given = {
            "folder": str(self._folder),
            "model": self._model,
            **self._made,
        }
        program = [sys.executable, "-m", PROGRAM, json.dumps([name, given])]
        done = subprocess.run(program, capture_output=True, text=True, cwd=ROOT)
        if done.returncode:
            raise ValueError(
                f"The model must be one that can be written as {name}. "
                f"Received: {self._model}. It said:\n{done.stderr[-1000:]}"
            )
        return json.loads(done.stdout.splitlines()[-1])


def write(name, given):
    """Writes one export; returns what is known of the model."""
    from keras_pix2pixhd.export.export_model import export_model
    from keras_pix2pixhd.export.model_source import ModelSource

    folder = pathlib.Path(given["folder"])
    path = given["model"] or folder / "model.keras"
    if not given["model"] and not path.is_file():
        make(path, given["generator"], given["classes"])
    source = ModelSource(path)
    if name is not None:
        format, _, weights = name.partition(":")
        export_model(
            path,
            folder / name.replace(":", "-"),
            format,
            weights or "float32",
            **({"check": False} if format == "saved-model" else {}),
        )
    return {
        "path": str(path),
        "classes": source.gan.num_classes,
        "image_size": source.image_size(),
    }


def make(path, generator, classes):
    """Writes a GAN with random weights."""
    import keras

    from keras_pix2pixhd.models import (
        GlobalGenerator,
        MultiscaleDiscriminator,
        Pix2PixHDGAN,
    )

    keras.utils.set_random_seed(0)
    path.parent.mkdir(parents=True, exist_ok=True)
    Pix2PixHDGAN(
        GlobalGenerator(classes, **generator),
        MultiscaleDiscriminator(classes + 3, filters=4, num_layers=1),
        classes,
    ).save(path)


if __name__ == "__main__":
    print(json.dumps(write(*json.loads(sys.argv[1]))))
