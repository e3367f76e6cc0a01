"""A stage of a run: from where it is to its metrics."""

from keras_pix2pixhd.checkpoints import restore_checkpoint
from keras_pix2pixhd.metrics import evaluate_generator
from keras_pix2pixhd.runs.fit import Fit
from keras_pix2pixhd.runs.records_of_run import (
    read_metrics,
    write_metrics,
    write_sides,
)
from keras_pix2pixhd.runs.run_data import batches, evenly
from keras_pix2pixhd.runs.run_folder import write_text


def train_stage(config, gan, job, place, begin):
    """Trains a stage in its folder, from its last checkpoint if there is one.

    Args:
        config: `RunConfig` of the stage.
        gan: compiled `Pix2PixHDGAN`; it is restored.
        job: `Job`.
        place: str, the folder of the stage in that of the run; made if need
            be.
        begin: function of no arguments, called when all has been checked and
            before anything is trained.

    Returns:
        dict, the metrics of the untrained and the trained generator. Those of
        the trained one are not written yet.

    Raises:
        ValueError: as `Fit` and `restore_checkpoint`.
    """
    folder, parts = job.folder / place, job.parts
    with job.devices.scope():
        last = restore_checkpoint(gan, job.source / place / "checkpoints")
    fit = Fit(config, gan, job, folder, last)
    if last is not None:
        job.log(f"resumed from {last.path.name}: {fit.done()}")
    begin()
    folder.mkdir(exist_ok=True)
    write_text(folder / "config.json", config.to_json())
    write_sides(folder, parts)
    metrics = read_metrics(job.source / place) if last else {}
    if fit.segments:
        metrics.pop("trained", None)
        if "untrained" not in metrics:
            metrics["untrained"] = _evaluated(config, gan, parts)
        write_metrics(folder, metrics)
        fit.run()
    if "trained" not in metrics:
        metrics["trained"] = _evaluated(config, gan, parts)
    return metrics


def _evaluated(config, gan, parts):
    dataset = batches(config, evenly(parts.held_out, config.evaluation_images))
    return evaluate_generator(gan, dataset, parts.held_out.class_table)
