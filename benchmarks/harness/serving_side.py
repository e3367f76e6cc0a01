"""The program that answers requests with one model; `ServedProcess` starts it.

What it loads besides is what a server of that format would: the package for
the Keras model alone. Lines are answered as `side.py` does.
"""

import contextlib
import importlib.util
import json
import sys
import threading
import time

import numpy as np

from . import ROOT
from .answer_lines import answer_lines
from .memory import process_peak
from .serving_callers import call_together
from .serving_memory import resident

KERAS = "the Keras model"
RUNNER = "keras_pix2pixhd/export/parity/runner.py"


class Served:
    """A loaded model, and a label map to ask it for.

    Args:
        kind: `KERAS`, or a format of exports.
        path: a run folder, a `.keras` file, or the folder of an export.
        classes: int. Class indices in the label maps.
        image_size: (height, width).
    """

    def __init__(self, kind, path, classes, image_size):
        self._classes = classes
        self._paint = keras_model(path) if kind == KERAS else export(kind, path)
        self._label = self.maps(1, *image_size)

    def maps(self, *shape):
        """Random label maps, the same for the same shape."""
        random = np.random.default_rng(shape)
        return random.integers(0, self._classes, shape, dtype="uint8")

    def run(self, what):
        """Does what a line asks for.

        Args:
            what: int, to answer so many requests, one after the other: the
                seconds they took. Or a dict with `callers` and `requests`:
                see `call_together`. Or one with `shapes`: what is held, and
                how many graphs there are, after a request of each.
        """
        if isinstance(what, int):
            start = time.perf_counter()
            for _ in range(what):
                self._paint(self._label)
            return time.perf_counter() - start
        if "callers" in what:
            return call_together(lambda: self._paint(self._label), **what)
        for shape in what["shapes"]:
            self._paint(self.maps(*shape))
        return {"held": resident(), "graphs": graphs()}


def keras_model(path):
    """The model as users have it: label maps to photographs, in NumPy."""
    from keras_pix2pixhd.generation import load_gan

    return load_gan(path).generate


def export(kind, path):
    """The same of an exported model, without the package."""
    spec = importlib.util.spec_from_file_location("runner", ROOT / RUNNER)
    runner = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(runner)
    run = runner.LOADERS[kind](path)
    # an interpreter of LiteRT answers one caller at a time
    turn = threading.Lock() if kind == "litert" else contextlib.nullcontext()

    def paint(label):
        with turn:
            return run("serving_default", {"label": label})

    return paint


def graphs():
    """How many functions TensorFlow holds; 0 where it was not loaded."""
    if "tensorflow" not in sys.modules:
        return 0
    from tensorflow.python.eager import context

    return len(context.context().list_function_names())


def serve(description, lines, answer):
    """Loads a model, then answers every line."""
    start = time.perf_counter()
    side = Served(**description)
    built = time.perf_counter() - start
    answer(built=built, facts="", imported=0, held=resident())
    for line in lines:
        idle = time.process_time()
        found = side.run(json.loads(line)["count"])
        answer(
            found=found,
            idled=time.process_time() - idle,
            memory=process_peak(),
            on_device=False,
        )


if __name__ == "__main__":
    answer_lines(serve)
