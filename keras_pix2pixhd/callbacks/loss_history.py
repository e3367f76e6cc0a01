"""The losses of every epoch, in a CSV file."""

import csv
import pathlib

import keras


class LossHistory(keras.callbacks.Callback):
    """Writes a row an epoch: epoch, steps so far, the mean of every loss.

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
        fresh = not self.path.exists()
        with self.path.open("a", newline="", encoding="utf-8") as file:
            writer = csv.DictWriter(file, row)
            if fresh:
                writer.writeheader()
            writer.writerow(row)
