"""The losses of every epoch, in a CSV file."""

import csv

import keras

from keras_pix2pixhd.argument_checks import checked_path
from keras_pix2pixhd.callbacks.history_file import read_history
from keras_pix2pixhd.checkpoints.position import checked_position
from keras_pix2pixhd.whole_file import whole_file


class LossHistory(keras.callbacks.Callback):
    """Writes a row an epoch: epoch, steps so far, the mean of every loss.

    Whatever else is in the logs is written too, such as the numbers of an
    `EvaluateGenerator` that comes before this one. A column that appears
    later is empty in the rows before, and one that is absent in an epoch is
    empty there.

    The file is whole after each row. A file that exists goes on, and so does
    its number of steps where `fit` goes on (`initial_epoch=`): rows of epochs
    that are trained again are taken out of it first, so that it becomes that
    of a training without an interruption. Steps are counted under any
    `steps_per_execution`.

    Args:
        path: the CSV file, in a folder that exists.
        start: `Position` of a training that is resumed, perhaps in the middle
            of an epoch; or `None` (default).

    Raises:
        ValueError: if an argument is not as said; from `fit`, before the
            first step, if there is no such folder, the file that exists is no
            such table, or a row of an epoch that ended before `start` is
            missing.
    """

    def __init__(self, path, start=None):
        super().__init__()
        self.path = checked_path("path", path)
        self.start = None
        if start is not None:
            self.start = checked_position("start", start)
        self.steps = 0
        self._steps_before = 0

    def on_train_begin(self, logs=None):
        if not self.path.parent.is_dir():
            raise ValueError(
                "The history must go into a folder that exists. Received: "
                f"{self.path}. Make the folder first."
            )
        self._written()
        self._check_complete()

    def on_epoch_begin(self, epoch, logs=None):
        if not self.steps and (epoch or self.start is not None):
            self._go_on(epoch)
        self._steps_before = self.steps

    def on_train_batch_end(self, batch, logs=None):
        # several that are executed together end once, perhaps after the last
        planned = (self.params or {}).get("steps")
        done = batch + 1 if planned is None else min(batch + 1, planned)
        self.steps = self._steps_before + done

    def on_epoch_end(self, epoch, logs=None):
        row = {"epoch": epoch + 1, "steps": self.steps}
        row |= {name: f"{value:.6g}" for name, value in (logs or {}).items()}
        columns, rows = self._written()
        columns += [name for name in row if name not in columns]
        self._write(columns, [*rows, row])

    def _write(self, columns, rows):
        with (
            whole_file(self.path) as part,
            part.open("x", newline="", encoding="utf-8") as file,
        ):
            writer = csv.DictWriter(file, columns)
            writer.writeheader()
            writer.writerows(rows)

    def _written(self):
        """The columns and rows that the file has already."""
        return read_history(self.path)

    def _check_complete(self):
        """Refuses a table without each of the epochs that ended before."""
        if self.start is None:
            return
        ended = [*range(1, self.start.epoch + 1)]
        epochs = [int(row["epoch"]) for row in self._written()[1]]
        found = [epoch for epoch in epochs if epoch <= self.start.epoch]
        if found != ended:
            raise ValueError(
                f'"{self.path}" must have a row of each of the '
                f"{self.start.epoch} epochs that ended. Received: rows of the "
                f"epochs {found}. Put it back from a copy; rows of epoch and "
                "steps alone will do."
            )

    def _go_on(self, epoch):
        """Takes out later rows; counts from where the training is."""
        columns, rows = self._written()
        kept = [row for row in rows if int(row["epoch"]) <= epoch]
        if len(kept) < len(rows):
            self._write(columns, kept)
        last = kept[-1] if kept else {}
        if self.start is not None:
            self.steps = self.start.step
        elif last.get("epoch") == str(epoch):
            self.steps = int(last["steps"])
