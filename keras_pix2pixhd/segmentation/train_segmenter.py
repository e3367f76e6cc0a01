"""A segmenter for a data set, trained on its real pairs."""

import json
import pathlib
import shutil
import time
import typing

import keras

from keras_pix2pixhd.config import RunConfig
from keras_pix2pixhd.metrics import SegmentationScore, segment
from keras_pix2pixhd.models import Segmenter
from keras_pix2pixhd.runs.run_data import open_split
from keras_pix2pixhd.segmentation.batches import (
    ordered_batches,
    training_batches,
)
from keras_pix2pixhd.segmentation.fitting import fit_segmenter
from keras_pix2pixhd.segmentation.image_size import default_size, stored_size
from keras_pix2pixhd.segmentation.protocol import protocol
from keras_pix2pixhd.segmentation.segmenter_files import (
    check_outside,
    new_segmenter_folder,
    write_segmenter,
)
from keras_pix2pixhd.segmentation.step_report import step_report


class SegmenterRun(typing.NamedTuple):
    """What `train_segmenter` returns.

    Attributes:
        path: `pathlib.Path` of the folder, for `load_segmenter`.
        metrics: dict, the scores on the held-out images: that of
            `metrics.SegmentationScore`, and `images`, their number.
    """

    path: pathlib.Path
    metrics: dict


def train_segmenter(
    data,
    output="segmenters",
    image_size=None,
    steps=500,
    batch_size=8,
    filters=16,
    seed=0,
    layout=None,
    classes=None,
    train_fraction=0.925,
    subset=None,
    progress=None,
    log=print,
):
    """Trains a `Segmenter` on the training side of a data set.

    The held-out pairs are only for its own score, so that images generated
    from their label maps can be judged by a network that has never seen the
    photographs. The split is that of `train`: where `split` draws it, by
    `seed`, `train_fraction` and `subset`, give those of the run to judge.

    A segmenter should be trained at the size at which images are judged: it
    learns how large things are and how sharp, and reads images of another
    size worse, real ones too.

    The folder `OUTPUT/NNNN-NAME`, NAME that of the data folder, gets
    `segmenter.keras` and `segmenter.json`: how it was trained, and its scores
    on the held-out images. They are written at the end; a training that does
    not reach it leaves nothing.

    Args:
        data: folder, as `read_pairs` knows them or with TFRecords. It must
            have classes; instance maps are not used.
        output: folder of the numbered folders, default `"segmenters"`.
        image_size: `(height, width)` to train at. Default `None`: that of the
            first pair, scaled so that the long side is at most 448.
        steps: int >= 1, default 500.
        batch_size: int >= 1, default 8.
        filters: int >= 1, default 16, of `Segmenter`.
        seed: int >= 0, default 0, of the split, weights, order and
            augmentation.
        layout, classes: those of `read_pairs`.
        train_fraction, subset: those of `split`.
        progress: function that is called after each step with its number and
            the number of all. Default `None`: a line for each tenth.
        log: function that prints a line, default `print`.

    Returns:
        `SegmenterRun`, a named tuple (path, metrics).

    Raises:
        ValueError: if the data, an argument or the output folder is not as it
            must be, or the training diverges.

    Example:

    ```python
    run = train_segmenter("carvana", image_size=(128, 176))
    run.metrics["mean_iou"]
    segmenter = load_segmenter(run.path)
    ```
    """
    _check_given(steps=steps, output=output)
    settings = {
        "data": str(data),
        "layout": layout,
        "classes": classes and str(classes),
        "steps": steps,
        "batch_size": batch_size,
        "filters": filters,
        "seed": seed,
        "train_fraction": train_fraction,
        "subset": subset,
    }
    if image_size is not None:
        settings["image_size"] = image_size
    config = RunConfig().replace(settings)
    parts = open_split(config, config.data, log)
    _check_classes(config.data, parts.train.class_table)
    if image_size is None:
        size = default_size(*stored_size(parts.train))
        config = config.replace({"image_size": size})
    check_outside(output, config.data)
    folder = new_segmenter_folder(output, config.data)
    try:
        return _train(config, parts, folder, progress, log)
    except BaseException:
        shutil.rmtree(folder, ignore_errors=True)
        raise


def _train(config, parts, folder, progress, log):
    height, width = config.image_size
    log(f"segmenter folder: {folder}, {config.steps} steps at {height}x{width}")
    start = time.monotonic()
    keras.utils.set_random_seed(config.seed)
    segmenter = Segmenter(parts.train.class_table, config.filters)
    batches = training_batches(
        parts.train, config.image_size, config.batch_size, config.seed
    )
    report = step_report(config.steps, progress, log)
    fit_segmenter(segmenter, batches, config.steps, report)
    seconds = round(time.monotonic() - start, 1)
    scores = _scores(segmenter, parts.held_out, config)
    how = protocol(config, parts, segmenter)
    how["training"]["seconds"] = seconds
    text = json.dumps({**how, "held_out": scores}, indent=2)
    write_segmenter(segmenter, text + "\n", folder)
    return SegmenterRun(folder, scores)


def _scores(segmenter, pairs, config):
    """Returns the scores on the held-out pairs, a dict."""
    score = SegmentationScore(pairs.class_table)
    batches = ordered_batches(pairs, config.image_size, config.batch_size)
    for image, label in batches:
        score.update_state(label, segment(segmenter, image, pairs.class_table))
    return {"images": len(pairs), **score.result()}


def _check_given(**arguments):
    for name, value in arguments.items():
        if value is None:
            raise ValueError(
                f"{name} must be given. Received: {name}=None. Leave it out "
                "for the default."
            )


def _check_classes(folder, table):
    if table is None or len(table) < 2:
        what = "images to images" if table is None else "a single class"
        raise ValueError(
            "A segmenter needs label maps with at least two classes. "
            f"Received: {folder}, which has {what}. Data without classes has "
            "no segmentation score: judge it by the other metrics."
        )
