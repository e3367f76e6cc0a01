"""The data of an evaluation: the same pairs for all that is evaluated."""

import dataclasses

from keras_pix2pixhd.data.partition import evenly
from keras_pix2pixhd.evaluation.pairs.agreement import (
    agreed_size,
    check_agreement,
    check_known,
    is_own,
)
from keras_pix2pixhd.evaluation.pairs.evaluated_pairs import EvaluatedPairs
from keras_pix2pixhd.evaluation.subjects.run_split import (
    recorded_folder,
    split_of,
)

_CALIBRATED_ON = 16  # photographs


@dataclasses.dataclass(frozen=True)
class EvaluationData:
    """What is evaluated on.

    Attributes:
        evaluated: `EvaluatedPairs`.
        training: `EvaluatedPairs` of the training side, to compare with, or
            `None` where there is nothing to compare.
        calibration: `EvaluatedPairs` to measure mean activations on, those
            of the training side, whatever is evaluated.
        calibration_side: `"train"`; or `"evaluated"` where that is empty.
        folder: the data folder.
        layout: str or `None`, its layout.
        side: `"held_out"`, `"train"` or `"all"`.
        split: str, a note on how it was split.
        training_names: list of the names of the training side.
        trained_on: dict from the name of a source to how many of the
            evaluated pairs are on its training side; `None` where its
            training is not known.
        trained_elsewhere: dict from the name of a source to the folder of
            its own data, where that is another.
    """

    evaluated: EvaluatedPairs
    training: EvaluatedPairs | None
    calibration: EvaluatedPairs
    calibration_side: str
    folder: object
    layout: str | None
    side: str
    split: str
    training_names: list
    trained_on: dict
    trained_elsewhere: dict

    def protocol(self):
        """Returns what was evaluated on, a dict fit for JSON."""
        table = self.evaluated.class_table
        return {
            "folder": str(self.folder),
            "layout": self.layout,
            "side": self.side,
            "split": self.split,
            "images": len(self.evaluated),
            "classes": table
            and [
                {"name": name, "color": list(color), "ids": list(ids)}
                for name, color, ids in zip(
                    table.names, table.colors, table.ids, strict=True
                )
            ],
        }


def open_data(
    sources,
    data=None,
    layout=None,
    classes=None,
    side="held_out",
    images=None,
    image_size=None,
    batch_size=1,
    training_images=1000,
    log=print,
):
    """Finds the pairs to evaluate on.

    Args:
        sources: list of `Source`s.
        data, layout, classes, side, images, image_size, batch_size,
            training_images, log: of `evaluate`.

    Returns:
        `EvaluationData`.

    Raises:
        ValueError: if runs do not agree on data, split, classes or size, or
            the data is not as it must be.
    """
    check_known(sources, data, image_size)
    size = agreed_size(sources, image_size)
    runs = [source for source in sources if source.config] or sources[:1]
    splits = []
    for run in runs:
        say = _quiet if splits else log
        splits.append(split_of(run, data, layout, classes, say))
    first = splits[0]
    check_agreement(splits, side, data)
    evaluated = EvaluatedPairs(first.pairs(side), *size, batch_size)
    evaluated = _some(evaluated, images)
    training = None
    if side == "held_out" and training_images:
        training = EvaluatedPairs(first.pairs("train"), *size, batch_size)
        training = _some(training, training_images)
    trained_on = dict.fromkeys(source.name for source in sources)
    for split in splits:
        if split.source.config:
            names = split.names("train").intersection(evaluated.names)
            trained_on[split.source.name] = len(names)
    return EvaluationData(
        evaluated,
        training,
        *_calibration(first.parts.train, evaluated, *size, batch_size),
        first.folder,
        first.layout,
        side,
        first.parts.note,
        list(first.parts.train.names),
        trained_on,
        {
            split.source.name: recorded_folder(split.source)
            for split in splits
            if split.source.config and not is_own(split)
        },
    )


def _some(pairs, count):
    return pairs if count is None else pairs.select(evenly(pairs.names, count))


def _calibration(train, evaluated, *reading):
    side = "train" if len(train) else "evaluated"
    pairs = EvaluatedPairs((train,), *reading) if len(train) else evaluated
    return _some(pairs, _CALIBRATED_ON), side


def _quiet(line):
    pass
