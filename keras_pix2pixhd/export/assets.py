"""What travels with an exported model: classes, origin, licence."""

import datetime
import importlib.metadata
import json
import pathlib
import sys

import keras

import keras_pix2pixhd

CLASSES_FILE = "classes.json"
PROVENANCE_FILE = "provenance.json"
LICENSE_FILE = "LICENSE.txt"


def write_assets(folder, class_table, provenance, license_file=None):
    """Writes classes.json, provenance.json and LICENSE.txt.

    Args:
        folder: `pathlib.Path`, made if need be.
        class_table: `ClassTable`, or anything else where there is none.
        provenance: dict, what `provenance_of` returned.
        license_file: path of the terms of the weights. Default: the licence
            of this package.
    """
    folder.mkdir(parents=True, exist_ok=True)
    if hasattr(class_table, "names"):
        class_table.save(folder / CLASSES_FILE)
    text = json.dumps(provenance, indent=2, allow_nan=False)
    (folder / PROVENANCE_FILE).write_text(text + "\n", "utf-8")
    (folder / LICENSE_FILE).write_text(_license_text(license_file), "utf-8")


def provenance_of(serving, options, source=None):
    """Returns where a model comes from, a dict for a JSON file.

    Args:
        serving: `ServingGenerator`.
        options: dict, how it is exported.
        source: `ModelSource` or `None`: the run or file of the model.
    """
    now = datetime.datetime.now(datetime.UTC)
    generator = serving.generator
    return {
        "exported": now.isoformat(timespec="seconds"),
        "options": options,
        "model": {
            "generator": type(generator).__name__,
            "parameters": generator.count_params(),
            "config": generator.get_config(),
            "classes": serving.num_classes,
            "instance_edges": serving.use_instance_edges,
            "feature_channels": serving.feature_channels,
        },
        **(source.facts() if source else {}),
        "versions": _versions(),
    }


def _versions():
    found = {
        "keras_pix2pixhd": keras_pix2pixhd.__version__,
        "keras": keras.__version__,
        "python": sys.version.split()[0],
    }
    for name in ("tensorflow", "tf2onnx", "onnx"):
        module = sys.modules.get(name)
        if module is not None:
            found[name] = module.__version__
    return found


def _license_text(file):
    if file is not None:
        try:
            return pathlib.Path(file).read_text("utf-8")
        except (OSError, UnicodeDecodeError) as error:
            raise ValueError(
                f'The licence must be a text file. Received: "{file}", {error}'
            ) from error
    return _own_license().read_text("utf-8")


def _own_license():
    """Returns the path of this package's licence, installed or checked out."""
    checked_out = pathlib.Path(keras_pix2pixhd.__file__).parents[1] / "LICENSE"
    if checked_out.is_file():
        return checked_out
    installed = importlib.metadata.files("keras_pix2pixhd") or ()
    return next(f.locate() for f in installed if f.name == "LICENSE")
