"""What the parts of a run share."""

import pathlib
import typing

from keras_pix2pixhd.data import Split
from keras_pix2pixhd.runs.stop_signal import StopSignal
from keras_pix2pixhd.runs.workers.devices import Devices


class Job(typing.NamedTuple):
    """A run that a process is at work on.

    Attributes:
        folder: `pathlib.Path`, where this process writes: the run folder, or
            of a worker that is not the chief a folder that is thrown away.
        source: `pathlib.Path` of the run folder to go on from, the same for
            all workers; that of a new run is its folder.
        parts: `Split`.
        devices: `Devices`.
        stop: `StopSignal`.
        log: function that prints a line.
    """

    folder: pathlib.Path
    source: pathlib.Path
    parts: Split
    devices: Devices
    stop: StopSignal
    log: typing.Callable
