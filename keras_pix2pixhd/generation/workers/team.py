"""Several processes of one machine that paint a folder together."""

import contextlib
import os
import pathlib
import queue

from keras_pix2pixhd.features import FeatureClusters
from keras_pix2pixhd.generation.files import find_label_maps
from keras_pix2pixhd.generation.workers.environment import threads_each
from keras_pix2pixhd.generation.workers.process import WorkerProcess, plain


def paint_together(model, source, target, options, shard, workers, progress):
    """Paints a shard of a folder with several processes.

    None paints before all have found that nothing speaks against it. When one
    fails, the others are stopped; no file is left half written.

    Args:
        model, source, target, progress: those of `generate_folder`.
        options: `Options`.
        shard: `(index, count)`.
        workers: int, how many processes.

    Returns:
        `Files` of the label maps, how many photographs were painted, and a
        dict from the place of a label map that failed to the reason.

    Raises:
        ValueError: as `generate_folder` does.
    """
    _check_plain(model=model, features=options.features)
    labels = find_label_maps(source)
    index, count = shard
    answers = queue.Queue()
    with contextlib.ExitStack() as stack:
        team = []
        stack.callback(_end, team)
        for number in range(workers):
            given = {
                "model": model,
                "source": source,
                "target": target,
                "options": options,
                "shard": (index + number * count, workers * count),
                "threads": threads_each(workers),
                "first": number == 0,
            }
            given = {name: plain(value) for name, value in given.items()}
            team.append(WorkerProcess(number, workers, given, answers))
        ready = [_next(answers, "ready") for _ in team]
        _check_listed(labels, ready)
        team[0].tell("paint")
        _next(answers, "begun")
        for worker in team[1:]:
            worker.tell("paint")
        total = sum(answer["missing"] for answer in ready)
        return labels, *_follow(answers, len(team), total, progress)


def _follow(answers, working, total, progress):
    """Returns how many were painted, and what failed."""
    done, failed = 0, {}
    while working:
        answer = _next(answers, "painted", "end")
        if answer["kind"] == "end":
            failed |= dict(answer["failed"])
            working -= 1
            continue
        done += 1
        if progress is not None:
            progress(done, total, pathlib.Path(answer["path"]))
    return done, failed


def _next(answers, *kinds):
    """Returns the next answer, which must be of one of some kinds."""
    while True:
        worker, answer = answers.get()
        if answer is None and worker.ended:
            continue
        if answer is None:
            raise ValueError(
                "All workers must paint to their end. Received: "
                f"{worker.name} was ended by {worker.last_words()}. What is "
                "painted stays; run the same again to go on, with fewer "
                "workers if memory was short."
            )
        if answer["kind"] == "mistake":
            raise ValueError(answer["text"])
        if answer["kind"] == "error":
            raise RuntimeError(f"{worker.name}: {answer['text']}")
        worker.ended = answer["kind"] == "end"
        if answer["kind"] in kinds:
            return answer


def _end(team):
    for worker in team:
        worker.stop()
    for worker in team:
        worker.close()


def _check_plain(model, features):
    if not isinstance(model, (str, os.PathLike)):
        raise ValueError(
            "Several workers each load the model from its file. Received: "
            f"workers above 1 and a {type(model).__name__} in memory. Pass "
            "the path of a .keras file or of a run folder."
        )
    if isinstance(features, FeatureClusters):
        raise ValueError(
            "Several workers each read the features from their file. "
            "Received: workers above 1 and FeatureClusters in memory. Pass "
            "the path of a file of them."
        )


def _check_listed(labels, ready):
    found = {len(labels), *(answer["labels"] for answer in ready)}
    if len(found) > 1:
        raise ValueError(
            "The folder of label maps must not change while work begins. "
            f"Received: {min(found)}, then {max(found)} label maps. Start "
            "again when all of them are there."
        )
