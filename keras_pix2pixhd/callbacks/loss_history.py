"""The losses of every epoch, in a CSV file."""

import csv
import pathlib
import uuid

import keras


class LossHistory(keras.callbacks.Callback):
    """Writes a row an epoch: epoch, steps so far, the mean of every loss.

    Whatever else is in the logs is written too, such as the numbers of an
    `EvaluateGenerator` that comes before this one. A column that appears
    later is empty in the rows before, and one that is absent in an epoch is
    empty there.

    The file is whole after each row. A file that exists goes on, and so does
    its number of steps where `fit` goes on with the epoch after its last
    (`initial_epoch=`). Steps are counted under any `steps_per_execution`.

    Args:
        path: the CSV file, in a folder that exists.

    Raises:
        ValueError: from `fit`, before the first step, if there is no such
            folder, or the file that exists is no such table.
    """

    def __init__(self, path):
        super().__init__()
        self.path = pathlib.Path(path)
        self.steps = 0
        self._steps_before = 0

    def on_train_begin(self, logs=None):
        if not self.path.parent.is_dir():
            raise ValueError(
                "The history must go into a folder that exists. Received: "
                f"{self.path}. Make the folder first."
            )
        self._written()

    def on_epoch_begin(self, epoch, logs=None):
        if not self.steps and epoch:
            self.steps = self._steps_of(epoch)
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
        part = self.path.with_name(f".{self.path.name}.{uuid.uuid4().hex}")
        try:
            with part.open("x", newline="", encoding="utf-8") as file:
                writer = csv.DictWriter(file, columns)
                writer.writeheader()
                writer.writerows([*rows, row])
            part.replace(self.path)
        finally:
            part.unlink(missing_ok=True)

    def _written(self):
        """The columns and rows that the file has already."""
        if not self.path.exists():
            return [], []
        with self.path.open(newline="", encoding="utf-8") as file:
            columns, *rows = [*csv.reader(file)] or [[]]
        for row in rows:
            if len(row) != len(columns):
                raise ValueError(
                    f"Each row of {self.path} must have the {len(columns)} "
                    f"columns of its first line. Received: the row {row}. "
                    "Mend or move the file."
                )
        return columns, [dict(zip(columns, row, strict=True)) for row in rows]

    def _steps_of(self, epochs):
        """The steps of the last row, if it is that of the epoch before."""
        rows = self._written()[1]
        last = rows[-1] if rows else {}
        if last.get("epoch") != str(epochs):
            return 0
        return int(last.get("steps") or 0)
