"""The same training in float32, bfloat16 and float16, side by side.

    python benchmarks/precision.py --data ../shared/data/carvana --steps 500

Every precision begins with the same weights and sees the same batches in the
same order. A row is printed for every tenth of the steps as it is done: the
means of its losses, how many steps have been skipped so far, and the loss
scale at its end; at last, a table of all of them for RESULTS.md.
`--set NAME=VALUE` changes a setting of the preset.
"""

import argparse
import os
import time

os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")

import keras

from keras_pix2pixhd import preset
from keras_pix2pixhd.callbacks import StepReport
from keras_pix2pixhd.runs import build_gan
from keras_pix2pixhd.runs.run_data import batches, open_split

COLUMNS = {
    "generator_loss": "G",
    "discriminator_loss": "D",
    "feature_matching_loss": "features",
    "perceptual_loss": "perceptual",
    "discriminator_real_score": "D(real)",
    "discriminator_fake_score": "D(fake)",
    "generator_gradient_norm": "G norm",
    "discriminator_gradient_norm": "D norm",
    "skipped_steps": "skipped",
    "loss_scale": "scale",
}


class Rows(keras.callbacks.Callback):
    """Prints and keeps a row for every epoch."""

    def __init__(self, precision, steps):
        super().__init__()
        self.precision = precision
        self.steps = steps
        self.rows = []

    def on_epoch_begin(self, epoch, logs=None):
        self.begun = time.perf_counter()

    def on_epoch_end(self, epoch, logs=None):
        seconds = (time.perf_counter() - self.begun) / self.steps
        numbers = [f"{logs[c]:.5g}" if c in logs else "" for c in COLUMNS]
        done = str((epoch + 1) * self.steps)
        self.rows.append([self.precision, done, *numbers, f"{seconds:.2f}"])
        print_row(self.rows[-1])


def print_row(cells):
    print("| " + " | ".join(cells) + " |", flush=True)


def print_head():
    names = ["precision", "steps", *COLUMNS.values(), "s/step"]
    print_row(names)
    print_row(["---"] * len(names))


def train(config, pairs, steps, parts):
    """Trains in one precision; returns its rows."""
    keras.backend.clear_session()
    gan = build_gan(config, pairs.class_table, steps)
    rows = Rows(config.mixed_precision, steps // parts)
    gan.fit(
        batches(config, pairs, train=True),
        epochs=parts,
        steps_per_epoch=steps // parts,
        shuffle=False,
        verbose=0,
        callbacks=[StepReport(), rows],
    )
    return rows.rows


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--data", required=True)
    parser.add_argument("--preset", default="carvana-small")
    parser.add_argument("--steps", type=int, default=500)
    parser.add_argument("--set", action="append", default=[], dest="settings")
    parser.add_argument(
        "--precisions", nargs="+", default=["none", "bfloat16", "float16"]
    )
    options = parser.parse_args()
    settings = dict(text.split("=", 1) for text in options.settings)
    config = preset(options.preset).replace({"data": options.data, **settings})
    pairs = open_split(config, options.data, print).train
    parts = min(10, options.steps)
    print_head()
    found = []
    for precision in options.precisions:
        chosen = config.replace({"mixed_precision": precision})
        found += train(chosen, pairs, options.steps, parts)
    print()
    print_head()
    for number in range(parts):
        for row in found[number::parts]:
            print_row(row)


if __name__ == "__main__":
    main()
