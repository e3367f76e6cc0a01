"""The evaluation of one run, model or folder of images."""

import math

from keras_pix2pixhd.curves.history import read_history
from keras_pix2pixhd.evaluation.diversity import measure_diversity
from keras_pix2pixhd.evaluation.pairs.example_keeper import ExampleKeeper
from keras_pix2pixhd.evaluation.pairs.training_side import (
    compare_nearest,
    show_nearest,
)
from keras_pix2pixhd.evaluation.results.output_folder import GENERATED
from keras_pix2pixhd.evaluation.run_evaluation import RunEvaluation
from keras_pix2pixhd.evaluation.run_warnings import (
    segmentation_warnings,
    size_warnings,
    training_warnings,
)
from keras_pix2pixhd.png_file import write_png


def evaluate_source(
    source,
    painter,
    data,
    instruments,
    styles=0,
    seed=0,
    examples=4,
    folder=None,
    progress=None,
):
    """Paints all pairs and measures.

    Args:
        source: `Source`.
        painter: `Painter` or `PaintedFolder` of it.
        data: `EvaluationData`.
        instruments: `Instruments`.
        styles, seed, examples, progress: of `evaluate`.
        folder: `pathlib.Path` to write the generated images below, or
            `None`.

    Returns:
        `RunEvaluation`.
    """
    pairs, suite = data.evaluated, instruments.suite()
    keeper = ExampleKeeper(len(pairs), examples, seed, pairs.shown)
    report = progress and progress(f"{source.name} painted")
    rows = []
    for names, batch in pairs.batches():
        generated = painter.paint(names, batch)
        some = _measure(suite, names, batch, generated)
        for place, row in enumerate(some):
            images = (batch["label"], generated, batch["image"])
            keeper.add(row, *(array[place].copy() for array in images))
            if folder is not None:
                path = folder / GENERATED / source.name / f"{row['name']}.png"
                write_png(generated[place], path)
        rows += some
        if report:
            report(len(rows), len(pairs), names[-1])
    features = suite.generated_features
    shown = keeper.examples()
    show_nearest(shown, features, instruments, data.training)
    memorised, copies = compare_nearest(instruments, features)
    diversity, alike = measure_diversity(
        painter, pairs, instruments, styles, source.name, progress
    )
    metrics = _finite(suite.result())
    return RunEvaluation(
        name=source.name,
        model=painter.model,
        metrics=metrics,
        diversity=diversity,
        memorisation=memorised,
        warnings=[
            *training_warnings(source, data),
            *size_warnings(source, pairs),
            *instruments.warnings,
            *painter.warnings,
            *suite.warnings,
            *segmentation_warnings(metrics),
            *copies,
            *alike,
        ],
        rows=rows,
        examples=[example for _, example in shown],
        history=read_history(source.path) if source.kind == "run" else [],
    )


def _measure(suite, names, batch, generated):
    """Returns the rows of a batch, dicts; a number may be `None`."""
    values = suite.update_state(batch["label"], generated, batch["image"])
    return [
        {
            "name": name,
            **_finite({key: float(of[place]) for key, of in values.items()}),
        }
        for place, name in enumerate(names)
    ]


def _finite(numbers):
    """Numbers that do not exist as `None`, as JSON has no NaN."""
    if isinstance(numbers, dict):
        return {key: _finite(value) for key, value in numbers.items()}
    if isinstance(numbers, float) and not math.isfinite(numbers):
        return None
    return numbers
