"""The course of a run, for TensorBoard."""

from PIL import Image

from keras_pix2pixhd.argument_checks import checked_path
from keras_pix2pixhd.callbacks.event_files import drop_later_events
from keras_pix2pixhd.callbacks.step_log import StepLog

# column -> (run, group, graph): what is drawn together, each in its own colour
_TOGETHER = {
    f"{network}_{what}": (network, "both networks", what)
    for network in ("generator", "discriminator")
    for what in ("loss", "gradient_norm", "learning_rate")
} | {
    f"discriminator_{kind}_{what}": (kind, "real and fake images", what)
    for kind in ("real", "fake")
    for what in ("score", "loss")
}
_VALIDATION = "val_"
_DATA_CLASSES = {"scalars": 1, "images": 3}  # numbers, and files
_RUNS = ("training", "validation", "generator", "discriminator", "real", "fake")


class TensorBoardLog(StepLog):
    """Writes losses, rates and sample grids for `tensorboard --logdir`.

    At the end of an epoch all logs are written and the learning rates beside
    them, and every `every` steps the means of the epoch so far; the level
    axis is that of steps. TensorBoard draws equal names of different runs in
    one graph, and shows each folder as a run:

    | folder | graphs |
    |---|---|
    | `training` | `epoch/...`, `batch/...`: all columns of `history.csv`; the newest sample grid |
    | `validation` | `epoch/l1`, ...: those with `val_`, over the training's own where there are any |
    | `generator`, `discriminator` | `both networks/loss`, gradient norm, learning rate; `both networks, batch/loss` |
    | `real`, `fake` | `real and fake images/score`: D(real) and D(fake); their losses |

    TensorBoard need not be installed where the run is trained.

    Args:
        folder: where to write; made if need be.
        every: int, at least 1, default 50.
        start: int, default 0. Steps done before, of a run that goes on. What
            the folder has of later steps is dropped first, so that nothing
            is drawn twice: all of it with 0.
        samples: folder of the pictures of a `SampleGrid` that comes before
            this one, or `None` (default): no pictures.

    Raises:
        ValueError: if an argument is not as said; from `fit`, before the first
            step, if there is no TensorFlow, or the folder cannot be written.

    Example:

    ```python
    gan.fit(dataset, epochs=9, callbacks=[TensorBoardLog("logs")])
    ```
    """  # noqa: E501

    def __init__(self, folder, every=50, start=0, samples=None):
        super().__init__(every, start, samples)
        self.folder = checked_path("folder", folder)
        self._writers, self._tf, self._shortened = {}, None, False

    def on_train_begin(self, logs=None):
        self._tf = _tensorflow()
        if not self._shortened:  # a second fit goes on with its own
            for run in _RUNS:
                drop_later_events(self.folder / run, self.steps)
            self._shortened = True
        self._writer("training")

    def on_train_end(self, logs=None):
        for writer in self._writers.values():
            writer.close()
        self._writers = {}

    def write(self, kind, step, logs):
        for column, value in logs.items():
            name = column.removeprefix(_VALIDATION)
            run = "training" if name == column else "validation"
            self._scalar(run, f"{kind}/{name}", value, step)
            if column in _TOGETHER:
                run, group, graph = _TOGETHER[column]
                group += ", batch" if kind == "batch" else ""
                self._scalar(run, f"{group}/{graph}", value, step)
        for writer in self._writers.values():
            writer.flush()

    def show(self, step, path):
        with Image.open(path) as image:
            size = [str(side) for side in image.size]
        with self._writer("training").as_default():
            self._write("samples", [*size, path.read_bytes()], step, "images")

    def _scalar(self, run, name, value, step):
        with self._writer(run).as_default():
            self._write(name, float(value), step, "scalars")

    def _write(self, name, value, step, plugin):
        """As tf.summary.scalar and image do, which want TensorBoard here."""
        summary = self._tf.compat.v1.SummaryMetadata
        metadata = summary(
            plugin_data=summary.PluginData(plugin_name=plugin),
            data_class=_DATA_CLASSES[plugin],
        )
        self._tf.summary.write(name, value, step, metadata)

    def _writer(self, run):
        if run not in self._writers:
            folder = self.folder / run
            try:
                folder.mkdir(parents=True, exist_ok=True)
                make = self._tf.summary.create_file_writer
                self._writers[run] = make(str(folder))
            except (OSError, self._tf.errors.OpError) as error:
                raise ValueError(
                    "The logs for TensorBoard must go into a folder that can "
                    f'be written. Received: "{folder}": {error}'
                ) from error
        return self._writers[run]


def _tensorflow():
    try:
        import tensorflow
    except ImportError as error:
        raise ValueError(
            "Logs for TensorBoard are written by TensorFlow. Received: "
            f"{error}. pip install tensorflow, or leave tensorboard out: "
            "history.csv has the same numbers."
        ) from error
    return tensorflow
