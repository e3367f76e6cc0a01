"""A trained model as files for other programs, compared before they count."""

import os

from keras_pix2pixhd.export.assets import provenance_of, write_assets
from keras_pix2pixhd.export.formats import check_format
from keras_pix2pixhd.export.litert_file import write_litert
from keras_pix2pixhd.export.model_source import ModelSource
from keras_pix2pixhd.export.new_folder import checked_new_folder, new_folder
from keras_pix2pixhd.export.onnx_file import write_onnx
from keras_pix2pixhd.export.parity.check_parity import (
    check_parity,
    keep_parity,
)
from keras_pix2pixhd.export.saved_model import export_saved_model
from keras_pix2pixhd.export.serving_generator import ServingGenerator
from keras_pix2pixhd.export.stock.keras_file import write_keras_file


def export_model(
    model,
    path,
    format="saved-model",
    weights="float32",
    license_file=None,
    report=None,
    **options,
):
    """Writes a trained model in a format that runs without this package.

    The folder holds the model, the class table (classes.json), where it
    comes from (provenance.json), the licence (LICENSE.txt), and how far it
    is from the model (parity.json): it is loaded again in a fresh process
    without this package, and both paint the same maps.

    | format | file | weights | paints within, grey levels |
    |---|---|---|---|
    | `"saved-model"` | a SavedModel: `export_saved_model` | float32; \
float16, bfloat16 | 1; 3, on average 0.5 |
    | `"onnx"` | `model.onnx` (needs `[onnx]`) | the same | the same |
    | `"litert"` | `model.tflite` (needs `[litert]` to compare) | float32; \
float16; int8 | 1; 3, on average 0.5; 24, on average 2 |
    | `"keras"` | `model.keras`, of stock layers, for any Keras backend | \
float32; float16, bfloat16 | 1; 3, on average 0.5 |

    All but the SavedModel take `label` and, as far as the model does,
    `instance` and `style`, and give `image` (ONNX and LiteRT `image_float`
    as well); PNG files, seeds, and what is refused with words are the
    SavedModel's.

    Args:
        model: a run folder, a `.keras` file, a `ModelSource` of these, or a
            `Pix2PixHDGAN`.
        path: the folder to write, new or empty, whole or not at all.
        format: see above.
        weights: `"float32"` (default), or what else the format can hold. It
            computes in float32 all the same, but for `"int8"`.
        license_file: path of the terms of the weights; default: the licence
            of this package.
        report: function that is called with each line about the comparison.
        **options: those of `export_saved_model`. Its `features` are by
            default those fitted beside the model.

    Returns:
        `pathlib.Path` of the folder.

    Raises:
        ValueError: if there is no such model or format, an option does not
            fit, a package is missing, or the folder cannot be written.
        ParityError: if it does not paint as the model does; nothing is
            written then.

    Example:

    ```python
    export_model("runs/0001-toy", "saved_models/toy/onnx", format="onnx")
    ```
    """
    check_format(format, weights)
    path = checked_new_folder(path)
    source = model if isinstance(model, ModelSource) else None
    if isinstance(model, (str, os.PathLike)):
        source = ModelSource(model)
    model = source.gan if source else model
    if format == "saved-model":
        if source is not None:
            options.setdefault("features", source.clusters())
        return export_saved_model(
            model,
            path,
            weights=weights,
            license_file=license_file,
            source=source,
            report=report,
            **options,
        )
    _check_no_options(format, options)
    serving = ServingGenerator(model, plain=True)
    chosen = {"format": format, "weights": weights}
    with new_folder(path) as part:
        _WRITERS[format](serving, part, weights)
        provenance = provenance_of(serving, chosen, source)
        write_assets(part, serving.class_table, provenance, license_file)
        size = source and source.image_size()
        parity = check_parity(model, serving, format, weights, part, size)
        keep_parity(parity, part, report)
    return path


def _write_keras(serving, folder, weights):
    write_keras_file(serving, folder / "model.keras", weights)


_WRITERS = {
    "onnx": write_onnx,
    "litert": write_litert,
    "keras": _write_keras,
}


def _check_no_options(format, options):
    if options:
        raise ValueError(
            f"{', '.join(sorted(options))} is for the format saved-model. "
            f"Received it for {format}. Leave it out."
        )
