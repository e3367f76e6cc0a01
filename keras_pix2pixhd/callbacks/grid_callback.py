"""A picture of the same held-out samples after each epoch."""

import keras
import numpy as np
from keras import ops

from keras_pix2pixhd.argument_checks import checked_count, checked_path
from keras_pix2pixhd.callbacks.grid import sample_grid
from keras_pix2pixhd.models import to_uint8
from keras_pix2pixhd.png_file import write_png


class SampleGrid(keras.callbacks.Callback):
    """Writes what the generator makes of the same samples, epoch by epoch.

    `epoch_000.png` shows the generator before its training,
    `epoch_001.png` after the first epoch, and so on; with `initial_epoch=5`
    the first file is `epoch_005.png`. Each has a row for every sample: label
    colours, generated, real (see `sample_grid`).

    Args:
        folder: where to write; made if need be. Files of the same name are
            replaced.
        samples: dict of arrays, as `take_samples` makes it: `label`
            `(count, height, width)` class indices, or conditions
            `(count, height, width, channels)`; `image`
            `(count, height, width, 3)`, as conditions in [-1, 1] or uint8 in
            [0, 255]; and `instance` where the model sees instances. Or a
            list of such dicts of the same size.
        class_table: `ClassTable`, or the number of classes, or `None` for a
            model without.
        every: int, at least 1, default 1. Epochs from picture to picture;
            the first and the last are always drawn.
        resumed: bool, default False. Whether a training goes on: the picture
            before its first epoch is then not drawn again.

    Raises:
        ValueError: if an argument is not as said, the shapes do not fit, or
            the folder cannot be written to.

    Example:

    ```python
    samples = take_samples(held_out, 6, image_size=(64, 96))
    gan.fit(dataset, callbacks=[SampleGrid("samples", samples, TOY_CARS)])
    ```
    """

    def __init__(self, folder, samples, class_table, every=1, resumed=False):
        super().__init__()
        self.folder = checked_path("folder", folder)
        self.samples = _joined(samples)
        self.class_table = class_table
        self.every = checked_count("every", every)
        self.resumed = resumed
        self._real = ops.convert_to_numpy(to_uint8(self.samples["image"]))
        sample_grid(self.samples["label"], self._real, self._real, class_table)

    def on_train_begin(self, logs=None):
        self._drawn = None

    def on_epoch_begin(self, epoch, logs=None):
        if self._drawn is None and self.resumed:
            self._drawn = self._last = epoch
        elif self._drawn is None:
            self._draw(epoch)

    def on_epoch_end(self, epoch, logs=None):
        self._last = epoch + 1
        if self._last % self.every == 0:
            self._draw(self._last)

    def on_train_end(self, logs=None):
        if self._drawn is not None and self._drawn < self._last:
            self._draw(self._last)

    def _draw(self, epoch):
        generated = self._generate()
        labels = self.samples["label"]
        grid = sample_grid(labels, generated, self._real, self.class_table)
        write_png(grid, self.folder / f"epoch_{epoch:03d}.png")
        self._drawn = self._last = epoch

    def _generate(self):
        """Paints one sample at a time: a few large ones fill a GPU."""
        keys = [k for k in ("label", "instance") if k in self.samples]
        if getattr(self.model, "feature_channels", 0):
            keys.append("image")  # whose features it paints with
        images = [
            self.model.generate(
                **{key: self.samples[key][i : i + 1] for key in keys}
            )
            for i in range(len(self._real))
        ]
        return np.concatenate(images)


def _joined(samples):
    """Makes one dict of NumPy arrays of the samples."""
    several = not isinstance(samples, dict) and hasattr(samples, "__iter__")
    batches = list(samples) if several else [samples]
    for batch in batches or [{}]:
        if not isinstance(batch, dict):
            raise ValueError(
                "samples must be a dict of arrays, or a list of such dicts. "
                f"Received: a {type(batch).__name__}. "
                "take_samples(held_out, count) makes them."
            )
        missing = [key for key in ("label", "image") if key not in batch]
        if missing:
            raise ValueError(
                "samples must have the keys 'label' and 'image'. Received: "
                f"the keys {sorted(batch)}, without {missing}. "
                "take_samples(held_out, count) makes them."
            )
    return {
        key: np.concatenate([ops.convert_to_numpy(b[key]) for b in batches])
        for key in batches[0]
    }
