"""Numbers of held-out samples in the logs of a training run."""

import keras

from keras_pix2pixhd.metrics import MetricSuite, evaluate_generator


class EvaluateGenerator(keras.callbacks.Callback):
    """Compares generated with real images at the end of epochs.

    The numbers join the logs of the epoch, as `val_l1`, `val_psnr` and
    `val_ssim`: in the history, in a CSV file, and for callbacks that monitor,
    such as `ModelCheckpoint("best.keras", monitor="val_l1", mode="min")`.
    Those must come after this one in the list of callbacks. A few samples are
    enough to watch a run by: their mean is not that of the whole data set.

    Args:
        samples: dict of arrays, as `take_samples` makes it, which are painted
            one by one; or a data set of batches, see `evaluate_generator`,
            which is gone through each time.
        every: int, at least 1, default 1. Epochs from one evaluation to the
            next; the last epoch is always evaluated. Others have no such
            logs.
        metrics: names, see `MetricSuite`, default `("l1", "psnr", "ssim")`.
        prefix: str, default `"val_"`. What the names in the logs begin with.
        class_table: `ClassTable`, or the number of classes. Default: that of
            the model.
        **networks: `segmenter=`, `feature_network=` and other arguments of
            `MetricSuite`. Numbers that belong together are joined by `_`:
            `val_segmentation_generated_mean_iou`.

    Raises:
        ValueError: if `every` is below 1, or the samples can be read only
            once; from `fit`, before the first step, if a metric is unknown
            or its network is missing.

    Example:

    ```python
    samples = take_samples(held_out, 8, image_size=(64, 96))
    gan.fit(dataset, epochs=9, callbacks=[EvaluateGenerator(samples)])
    ```
    """

    def __init__(
        self,
        samples,
        every=1,
        metrics=("l1", "psnr", "ssim"),
        prefix="val_",
        class_table=None,
        **networks,
    ):
        super().__init__()
        if every < 1:
            raise ValueError(
                f"every must be at least 1. Received: every={every}"
            )
        if hasattr(samples, "__next__"):
            raise ValueError(
                "The samples are gone through at each evaluation. Received: a "
                f"{type(samples).__name__}, which can be read only once. Pass "
                "a list of its batches."
            )
        self.samples = samples
        self.every = every
        self.metrics = metrics
        self.prefix = prefix
        self.class_table = class_table
        self.networks = networks

    def on_train_begin(self, logs=None):
        # so that what is missing is said now, not after an epoch
        MetricSuite(self._table(), self.metrics, **self.networks)

    def on_epoch_end(self, epoch, logs=None):
        last = epoch + 1 == self.params.get("epochs")
        due = (epoch + 1) % self.every == 0
        if logs is None or not (due or last or self.model.stop_training):
            return
        numbers = evaluate_generator(
            self.model,
            _one_by_one(self.samples),
            self._table(),
            self.metrics,
            **self.networks,
        )
        del numbers["images"]
        logs.update(_flat(numbers, self.prefix))

    def _table(self):
        own = self.class_table
        return self.model.class_table if own is None else own


def _one_by_one(samples):
    """A few large images fill a GPU."""
    if not isinstance(samples, dict):
        return samples
    return [
        {key: array[i : i + 1] for key, array in samples.items()}
        for i in range(len(next(iter(samples.values()), ())))
    ]


def _flat(numbers, prefix):
    found = {}
    for name, value in numbers.items():
        if isinstance(value, dict):
            found |= _flat(value, f"{prefix}{name}_")
        else:
            found[f"{prefix}{name}"] = float(value)
    return found
