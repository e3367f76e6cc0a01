"""Numbers of held-out samples in the logs of a training run."""

import inspect

import keras

from keras_pix2pixhd.argument_checks import checked_count
from keras_pix2pixhd.metrics import MetricSuite, evaluate_generator
from keras_pix2pixhd.metrics.batches import finite_batches
from keras_pix2pixhd.metrics.metric_choice import DISTRIBUTION_METRICS
from keras_pix2pixhd.models import to_uint8


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
            next. The first epoch is evaluated too, and the last, unless a
            callback that comes later ends training there. The epochs between
            repeat the last numbers, so that what monitors them always finds
            them: `patience` counts those epochs as well.
        metrics: names, see `MetricSuite`, default `("l1", "psnr", "ssim")`.
        prefix: str, default `"val_"`. What the names in the logs begin with.
        class_table: `ClassTable`, or the number of classes. Default: that of
            the model.
        last: dict, the numbers of the last evaluation of a training that
            goes on, which are repeated up to the next. Default: none.
        **networks: `segmenter=`, `feature_network=` and other arguments of
            `MetricSuite`. Numbers that belong together are joined by `_`:
            `val_segmentation_generated_mean_iou`.

    Raises:
        ValueError: if `every` is no such number, an argument is unknown, or
            the samples can be read only once; from `fit`, before the first
            step, if a metric is unknown or its network is missing, or the
            first batch of samples does not fit.

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
        last=None,
        **networks,
    ):
        super().__init__()
        self.every = checked_count("every", every)
        _check_known(networks)
        if hasattr(samples, "__next__"):
            raise ValueError(
                "The samples are gone through at each evaluation. Received: a "
                f"{type(samples).__name__}, which can be read only once. Pass "
                "a list of its batches."
            )
        self.samples = samples
        self.metrics = metrics
        self.prefix = prefix
        self.class_table = class_table
        self.networks = networks
        self.last = last
        self._last = None

    def on_train_begin(self, logs=None):
        self._last = self.last or None
        # so that what is missing is said now, not after an epoch
        suite = MetricSuite(self._table(), self.metrics, **self.networks)
        first = next(finite_batches(_one_by_one(self.samples)), None)
        if first is None:
            raise ValueError(
                "There must be at least one sample to evaluate. Received: none"
            )
        metrics = [m for m in suite.metrics if m not in DISTRIBUTION_METRICS]
        evaluate_generator(
            _Faultless(first),
            [first],
            self._table(),
            metrics or ["l1"],
            **self.networks,
        )

    def on_epoch_end(self, epoch, logs=None):
        last = epoch + 1 == self.params.get("epochs")
        due = (epoch + 1) % self.every == 0
        due = due or last or self.model.stop_training
        if logs is None:
            return
        if due or self._last is None:
            self._last = self._evaluated()
        logs.update(self._last)

    def _evaluated(self):
        numbers = evaluate_generator(
            self.model,
            _one_by_one(self.samples),
            self._table(),
            self.metrics,
            **self.networks,
        )
        del numbers["images"]
        return _flat(numbers, self.prefix)

    def _table(self):
        own = self.class_table
        return self.model.class_table if own is None else own


class _Faultless:
    """Paints the photographs of a batch themselves, to try the metrics."""

    class_table = None

    def __init__(self, batch):
        self._batch = batch

    def generate(self, label, instance=None):
        return to_uint8(self._batch["image"])


def _check_known(networks):
    known = list(inspect.signature(MetricSuite).parameters)
    unknown = sorted(set(networks).difference(known))
    if unknown:
        raise ValueError(
            f"The other arguments must be of MetricSuite: {', '.join(known)}. "
            f"Received: {', '.join(unknown)}"
        )


def _one_by_one(samples):
    """A few large images fill a GPU."""
    if not isinstance(samples, dict):
        return samples
    counts = {key: len(array) for key, array in samples.items()}
    if len(set(counts.values())) > 1:
        raise ValueError(
            "Samples must have as many of each key. Received: "
            f"{', '.join(f'{n} of {key!r}' for key, n in counts.items())}"
        )
    return [
        {key: array[i : i + 1] for key, array in samples.items()}
        for i in range(next(iter(counts.values()), 0))
    ]


def _flat(numbers, prefix):
    found = {}
    for name, value in numbers.items():
        if isinstance(value, dict):
            found |= _flat(value, f"{prefix}{name}_")
        else:
            found[f"{prefix}{name}"] = float(value)
    return found
