"""A run, exported to where servers look for it."""

import pathlib

from keras_pix2pixhd.export.export_model import export_model
from keras_pix2pixhd.export.formats import check_format
from keras_pix2pixhd.export.model_source import ModelSource
from keras_pix2pixhd.export.serving import next_version, write_serving_files


def export_run(
    model,
    output="saved_models",
    name=None,
    format="saved-model",
    weights="float32",
    report=None,
    **options,
):
    """Exports a run or a `.keras` file below a folder of models.

    A SavedModel becomes `output/name/1`, or the next version, with warm-up
    requests; `output/name/serving` holds the files that TF Serving is started
    with. Any other format becomes `output/name/FORMAT`, or
    `output/name/FORMAT-WEIGHTS`.

    Args:
        model: a run folder, or a `.keras` file.
        output: folder of models, default `saved_models`.
        name: of the model: letters, digits, `_`, `.` and `-`. Default: that
            of the run without its number.
        format, weights, report, **options: those of `export_model`.

    Returns:
        `pathlib.Path` of the folder with the model.

    Raises:
        ValueError, ParityError: as `export_model` does.
    """
    check_format(format, weights)
    source = ModelSource(model)
    name = _checked_name(source.name if name is None else name)
    home = pathlib.Path(output) / name
    if format == "saved-model":
        version = str(next_version(home))
    else:
        version = format if weights == "float32" else f"{format}-{weights}"
    path = export_model(
        source,
        home / version,
        format=format,
        weights=weights,
        report=report,
        **({"name": name} if format == "saved-model" else {}),
        **options,
    )
    if report is not None:
        size = sum(f.stat().st_size for f in path.rglob("*") if f.is_file())
        report(f"{format}: {path}, {size / 1e6:.1f} MB")
    if format == "saved-model":
        written = write_serving_files(home, name)
        if report is not None:
            report(f"TF Serving: {written}")
    return path


def _checked_name(name):
    plain = name.replace("_", "a").replace(".", "a").replace("-", "a")
    if not (plain.isascii() and plain.isalnum()) or name[0] in ".-":
        raise ValueError(
            "The name of a model must be letters, digits, '_', '.' and '-', "
            f"as it is part of addresses. Received: {name!r}. Choose one "
            "with --name."
        )
    return name
