"""A stage of a run: from where it is to its metrics."""

import keras

from keras_pix2pixhd.checkpoints import restore_checkpoint
from keras_pix2pixhd.metrics import evaluate_generator
from keras_pix2pixhd.runs.fit import Fit
from keras_pix2pixhd.runs.records.records_of_run import (
    read_metrics,
    write_metrics,
    write_sides,
)
from keras_pix2pixhd.runs.records.run_folder import write_text
from keras_pix2pixhd.runs.run_data import batches, evenly


def train_stage(config, gan, job, place, begin):
    """Trains a stage in its folder, from its last checkpoint if there is one.

    Args:
        config: `RunConfig` of the stage.
        gan: compiled `Pix2PixHDGAN`; it is restored.
        job: `Job`.
        place: str, the folder of the stage in that of the run; made if need
            be.
        begin: function of no arguments, called when the first step was taken
            and nothing of it is written: until then the run is as it was.

    Returns:
        dict, the metrics of the untrained and the trained generator. Those of
        the trained one are not written yet.

    Raises:
        ValueError: as `Fit` and `restore_checkpoint`.
    """
    folder, parts = job.folder / place, job.parts
    with job.devices.scope():
        last = restore_checkpoint(
            gan, job.source / place / "checkpoints", job.log
        )
    fit = Fit(config, gan, job, folder, last)
    if last is not None:
        job.log(f"resumed from {last.path.name}: {fit.done()}")
        _tell_of_backend(last, job.log)
    metrics = read_metrics(job.source / place) if last else {}

    def begun():
        write_metrics(folder, metrics)
        write_sides(folder, parts)
        write_text(folder / "config.json", config.to_json())
        begin()

    folder.mkdir(exist_ok=True)
    if fit.segments:
        metrics.pop("trained", None)
        if "untrained" not in metrics:
            metrics["untrained"] = _evaluated(config, gan, parts)
        fit.run(begun)
    else:
        begun()
    if "trained" not in metrics:
        metrics["trained"] = _evaluated(config, gan, parts)
    return metrics


def _tell_of_backend(last, log):
    now = keras.backend.backend()
    if last.backend != now:
        log(
            f"begun on {last.backend}, now on {now}: equal but for "
            "rounding and for what is drawn at random (order of the data, "
            "augmentation, dropout, image pool)"
        )


def _evaluated(config, gan, parts):
    dataset = batches(config, evenly(parts.held_out, config.evaluation_images))
    return evaluate_generator(gan, dataset, parts.held_out.class_table)
