"""SIGTERM: a checkpoint, then the end."""

import contextlib
import os
import signal
import threading

import keras

STOPPED = 128 + signal.SIGTERM  # the exit code, 143


class StopSignal(keras.callbacks.Callback):
    """Ends a training at SIGTERM with a checkpoint and the exit code 143.

    Slurm, Kubernetes and others send that signal some seconds before they
    kill. As a context, it answers the signal: at once with `SystemExit(143)`,
    so that what is being written is removed; but while `fit` is under way
    (`deferred()`) the signal is only noted, and the callback, the last in
    the list of `fit`, ends the training after the batch.

    Args:
        save: function of no arguments that writes a checkpoint; it is called
            in the middle of an epoch. At its end there is one already.
        agree: function from whether this process has received the signal to
            whether any has, where several train together; all call it after
            each batch. Default: this one counts.

    Attributes:
        trained: bool, whether there was a batch.

    Raises:
        SystemExit: with the code 143.

    Example:

    ```python
    stop = StopSignal()
    with stop, stop.deferred():
        gan.fit(dataset, callbacks=[checkpoint, stop])
    ```
    """

    def __init__(self, save=None, agree=bool):
        super().__init__()
        self.save = save
        self.agree = agree
        self.received = self.trained = False
        self._deferred = False
        self._before = None

    def __enter__(self):
        if threading.current_thread() is threading.main_thread():
            self._before = signal.signal(signal.SIGTERM, self._handle)
        return self

    def __exit__(self, *error):
        if self._before is not None:
            signal.signal(signal.SIGTERM, self._before)
            self._before = None

    @contextlib.contextmanager
    def deferred(self):
        """Notes the signal, for the callback to act on."""
        self._deferred = True
        try:
            yield
        finally:
            self._deferred = False
        if self.received:  # as nothing was left to train
            raise SystemExit(STOPPED)

    def on_train_batch_end(self, batch, logs=None):
        self.trained = True
        self.received = self.agree(self.received)
        if self.received:
            planned = (self.params or {}).get("steps")
            if planned is not None and batch + 1 >= planned:
                return  # the end of the epoch writes all there is to write
            if self.save is not None:
                self.save()
            raise SystemExit(STOPPED)

    def on_epoch_end(self, epoch, logs=None):
        if self.received:
            raise SystemExit(STOPPED)

    def _handle(self, number, frame):
        again, self.received = self.received, True
        if not self._deferred:
            if again:
                return  # the first is being acted on
            raise SystemExit(STOPPED)
        if not again:
            # not print: the signal may have come in the middle of one
            below = b"\n" if os.isatty(2) else b""  # a progress bar
            os.write(2, below + b"stopping after this step\n")
