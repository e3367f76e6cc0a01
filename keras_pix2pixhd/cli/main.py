"""The verbs of the command line, and what a mistake looks like."""

import argparse
import importlib
import os
import re
import signal
import sys
import threading

import keras_pix2pixhd
from keras_pix2pixhd.unreadable_data import unreadable

VERBS = {
    "check-data": "read a whole data set, and say what is in it and wrong",
    "prepare-labels": "turn a folder of colour masks into label maps of ids",
    "prepare-records": "write a data set as TFRecord files",
    "train": "train a generator on label maps and photographs",
    "plot": "draw the curves of runs",
    "generate": "paint photographs from label maps",
    "evaluate": "measure trained models, and write a report",
    "export": "write a trained model for servers, ONNX, LiteRT or Keras",
    "train-segmenter": "train what reads images for the segmentation score",
    "import-nvidia": "turn NVIDIA's checkpoints into a .keras model",
    "features": "fit and list the styles of a model with instance features",
}


class _Parser(argparse.ArgumentParser):
    """Says what is wrong with the arguments in one line."""

    def error(self, message):
        print(
            f"pix2pixhd: error: {_one_line(message)}. See {self.prog} --help.",
            file=sys.stderr,
        )
        self.exit(2)


def main(argv=None):
    """Runs `pix2pixhd VERB ...`.

    Args:
        argv: list of str, default the arguments of the process.

    Returns:
        Exit code: 0 done, 1 a check failed, 2 the user's mistake (one line on
        stderr), 130 interrupted, 143 stopped by SIGTERM.
    """
    parser = _Parser(
        prog="pix2pixhd", description="Label maps in, photographs out."
    )
    parser.add_argument(
        "--version", action="version", version=keras_pix2pixhd.__version__
    )
    verbs = parser.add_subparsers(dest="verb", required=True, metavar="VERB")
    for name, about in VERBS.items():
        verb = verbs.add_parser(name, help=about, description=about)
        module = name.replace("-", "_")
        home = importlib.import_module(f"keras_pix2pixhd.cli.{module}")
        home.add_arguments(verb)
        verb.set_defaults(run=home.run)
    options = parser.parse_args(argv)
    before = _answer_sigterm(_end)
    try:
        return _guarded(options.run, options)
    finally:
        _answer_sigterm(before)


_STOPPED = 128 + signal.SIGTERM


def _end(number, frame):
    """Ends as an error does: what is half written is removed."""
    raise SystemExit(_STOPPED)


def _answer_sigterm(answer):
    """Sets what a signal does, and returns what it did before."""
    if threading.current_thread() is threading.main_thread():
        return signal.signal(signal.SIGTERM, answer)
    return None


def _guarded(run, options):
    """Runs a verb; the user's mistakes become one line, never a traceback."""
    try:
        code = run(options) or 0
        sys.stdout.flush()
        return code
    except BrokenPipeError:  # of `| head`, which has seen enough
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    except KeyboardInterrupt as stop:
        print(_with_advice("pix2pixhd: interrupted", stop), file=sys.stderr)
        return 130
    except SystemExit as stop:
        if stop.code != _STOPPED:
            raise
        line = _with_advice("pix2pixhd: stopped by SIGTERM", stop)
        print(line, file=sys.stderr)
        return _STOPPED
    except Exception as error:
        line = _mistake(error)
        if line is None:
            raise
        line = _with_advice(f"pix2pixhd: error: {line}", error)
        print(line, file=sys.stderr)
        return 2


def _with_advice(line, error):
    """Adds how to go on, where a run has left a note of it."""
    notes = getattr(error, "__notes__", ())
    own = [note for note in notes if note.startswith("Resume ")]
    return ". ".join([line.rstrip("."), *own]) if own else line


def _mistake(error):
    """The one line of a user's mistake; None for anything else."""
    text = str(error)
    out_of_memory = re.search("OOM when|MemoryError|Failed to allocate", text)
    if isinstance(error, MemoryError) or out_of_memory:
        what = re.search(r"OOM when.*?(?= on /|$)", text)
        return (
            "The machine must have memory enough for the run. Received: "
            f"{what[0] if what else 'no more of it'}. Make image_size, "
            "batch_size or the networks smaller."
        )
    if not isinstance(error, (ValueError, OSError)):
        # tf.data wraps what a datastore said of a file into its own error
        said = re.search(r"ValueError: (.*)", text)
        if not said and "IteratorGetNext" not in text:
            return None
        text = said[1] if said else unreadable(text)
    # Keras wraps what a layer said, between escapes for bold type
    said = re.search(r"\x1b\[1m(.*?)\x1b\[0m", text, re.DOTALL)
    return _one_line(said[1] if said else text)


def _one_line(text):
    return " ".join(text.split())
