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

    The file is whole after each row. A file that exists goes on.

    Args:
        path: the CSV file.
    """

    def __init__(self, path):
        super().__init__()
        self.path = pathlib.Path(path)
        self.steps = 0

    def on_train_batch_end(self, batch, logs=None):
        self.steps += 1

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
            reader = csv.DictReader(file)
            rows = list(reader)
            return list(reader.fieldnames or []), rows
