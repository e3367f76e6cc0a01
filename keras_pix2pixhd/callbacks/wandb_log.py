"""The course of a run, for Weights & Biases."""

import json
import uuid

from keras_pix2pixhd.argument_checks import checked_path
from keras_pix2pixhd.callbacks.step_log import StepLog
from keras_pix2pixhd.whole_file import whole_file

STATE_FILE = "wandb.json"


class WandbLog(StepLog):
    """Logs losses, rates and sample grids to a project of Weights & Biases.

    At the end of an epoch all its logs go under the names of `history.csv`,
    with the learning rates; every `every` steps the means of the epoch so far
    go under `batch/...`. All are drawn over `steps`. In `folder`, `wandb.json`
    keeps which run that was and how far it came, so a run that goes on is the
    same one there, and what it does again is not logged twice.

    Where it logs, and whether offline (`WANDB_MODE=offline`, then `wandb
    sync`), is wandb's own to know.

    Args:
        project: str, its name.
        folder: the folder of the run, which exists; its name is that of the
            run there, and what wandb writes goes into `wandb` in it.
        config: dict of settings to keep with the run, or `None` (default).
        every: int, at least 1, default 50.
        start: int, default 0. Steps done before, of a run that goes on; with
            0 it is a new run.
        samples: folder of the pictures of a `SampleGrid` that comes before
            this one, or `None` (default): no pictures.

    Raises:
        ValueError: if a number is out of range, or wandb is not installed;
            from `fit`, before the first step, if wandb cannot begin, such as
            without a login.

    Example:

    ```python
    gan.fit(dataset, callbacks=[WandbLog("cars", "runs/0007-carvana")])
    ```
    """

    def __init__(
        self, project, folder, config=None, every=50, start=0, samples=None
    ):
        super().__init__(every, start, samples)
        self.project = project
        self.folder = checked_path("folder", folder)
        self.config = config
        self._wandb, self._run, self._state = _wandb(), None, None

    def on_train_begin(self, logs=None):
        if self._state is None:
            self._state = self._read_state()
        try:
            self._run = self._wandb.init(
                project=self.project,
                id=self._state["id"],
                resume="allow",
                name=self.folder.resolve().name,
                dir=str(self.folder),
                config=self.config,
            )
        except self._wandb.Error as error:
            raise ValueError(
                "Weights & Biases must let the run begin. Received: "
                f"{str(error).rstrip('.')}. Run wandb login, set "
                "WANDB_MODE=offline, or leave wandb out."
            ) from error
        self._run.define_metric("*", step_metric="steps")
        self._write_state()

    def on_train_end(self, logs=None):
        self._run.finish()

    def write(self, kind, step, logs):
        if step <= self._state[kind]:  # done, and logged, before a kill
            return
        prefix = "" if kind == "epoch" else "batch/"
        numbers = {f"{prefix}{name}": float(x) for name, x in logs.items()}
        self._run.log({"steps": step, **numbers})
        self._state[kind] = step
        self._write_state()

    def show(self, step, path):
        if step > self._state["picture"]:
            picture = self._wandb.Image(str(path))
            self._run.log({"steps": step, "samples": picture})
            self._state["picture"] = step
            self._write_state()

    def _read_state(self):
        path = self.folder / STATE_FILE
        new = {"id": uuid.uuid4().hex, "batch": 0, "epoch": 0, "picture": -1}
        if not self.steps or not path.exists():
            return new
        try:
            return new | json.loads(path.read_text(encoding="utf-8"))
        except (ValueError, TypeError) as error:
            raise ValueError(
                f"{path} must say which run of Weights & Biases goes on. "
                f"Received: {error}. Remove it to begin a new one there."
            ) from error

    def _write_state(self):
        with whole_file(self.folder / STATE_FILE) as part:
            part.write_text(json.dumps(self._state) + "\n", encoding="utf-8")


def _wandb():
    try:
        import wandb
    except ImportError as error:
        raise ValueError(
            "Logs for Weights & Biases are written by wandb. Received: "
            f'{error}. pip install "keras_pix2pixhd[wandb]", or leave wandb '
            "out: history.csv has the same numbers."
        ) from error
    return wandb
