"""Keeps TensorFlow's start-up notes away from the user's screen."""

import contextlib
import os
import sys
import tempfile


def import_keras_quietly():
    """Imports Keras and its backend without the notes they print.

    TensorFlow's libraries write to the process's standard error while they
    are loaded, before any log level counts. Where the import fails, what
    they wrote is shown.
    """
    # after loading: errors that matter come as Python exceptions too
    os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")
    with _captured_stderr():
        import keras

        if keras.backend.backend() == "tensorflow":
            import tensorflow  # noqa: F401


@contextlib.contextmanager
def _captured_stderr():
    try:
        notes = tempfile.TemporaryFile()
    except OSError:  # nowhere to keep them: let them through
        yield
        return
    sys.stderr.flush()
    kept = os.dup(2)
    with notes:
        os.dup2(notes.fileno(), 2)
        try:
            yield
        except BaseException:
            notes.seek(0)
            os.write(kept, notes.read())
            raise
        finally:
            os.dup2(kept, 2)
            os.close(kept)
