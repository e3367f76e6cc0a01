import os
import subprocess
import sys
import tempfile

from keras_pix2pixhd.cli import quiet_start

NOISY = """
import os
from keras_pix2pixhd.cli.quiet_start import import_keras_quietly
import_keras_quietly()
os.write(2, b"after")
"""


def test_the_start_is_silent_and_what_follows_is_not():
    done = subprocess.run(
        [sys.executable, "-c", NOISY], capture_output=True, text=True
    )
    assert (done.returncode, done.stderr) == (0, "after")


def test_what_was_written_before_a_failure_is_shown(capfd):
    try:
        with quiet_start._captured_stderr():
            os.write(2, b"the cause")
            raise ImportError
    except ImportError:
        pass
    assert capfd.readouterr().err == "the cause"


def test_without_a_temporary_folder_the_notes_come_through(capfd, monkeypatch):
    def refuse():
        raise PermissionError

    monkeypatch.setattr(tempfile, "TemporaryFile", refuse)
    with quiet_start._captured_stderr():
        os.write(2, b"note")
    assert capfd.readouterr().err == "note"
