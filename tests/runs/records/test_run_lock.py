import errno
import os
import signal
import subprocess
import sys

import pytest

from keras_pix2pixhd.runs.records.run_lock import run_lock

HOLD = """
import sys, time
sys.path.insert(0, {root!r})
import importlib.util
spec = importlib.util.spec_from_file_location("run_lock", {module!r})
module = importlib.util.module_from_spec(spec)
spec.loader.exec_module(module)
with module.run_lock({folder!r}):
    print("held", flush=True)
    time.sleep(60)
"""


@pytest.fixture
def holder(tmp_path):
    """Another process that holds the lock of the folder."""
    code = HOLD.format(
        root=os.getcwd(),
        module=sys.modules[run_lock.__module__].__file__,
        folder=str(tmp_path),
    )
    process = subprocess.Popen(
        [sys.executable, "-c", code], stdout=subprocess.PIPE, text=True
    )
    assert process.stdout.readline() == "held\n"
    yield process
    process.kill()
    process.wait()
    process.stdout.close()


def test_a_second_process_is_refused_and_told_of_the_first(holder, tmp_path):
    with pytest.raises(ValueError) as error, run_lock(tmp_path):
        pass
    text = str(error.value)
    assert "Only one process may train in a run folder. Received: " in text
    assert f"{tmp_path}, where process {holder.pid} on " in text
    assert (tmp_path / "run.lock").exists()


def test_a_killed_process_holds_no_lock(holder, tmp_path):
    holder.send_signal(signal.SIGKILL)
    holder.wait()
    assert (tmp_path / "run.lock").exists()
    with run_lock(tmp_path):
        text = (tmp_path / "run.lock").read_text()
        assert text.startswith(f"process {os.getpid()} on ")
        assert text.count("\n") == 1
    assert list(tmp_path.iterdir()) == []


def test_the_same_process_is_refused_as_well(tmp_path):
    with run_lock(tmp_path):
        with pytest.raises(ValueError, match="Only one process may train"):
            with run_lock(tmp_path):
                pass
    with run_lock(tmp_path):
        pass


def test_an_error_lets_go(tmp_path):
    with pytest.raises(KeyError):
        with run_lock(tmp_path):
            raise KeyError
    assert list(tmp_path.iterdir()) == []


def test_a_folder_that_is_missing_is_refused(tmp_path):
    with pytest.raises(ValueError, match="can be written. Received: .*gone: "):
        with run_lock(tmp_path / "gone"):
            pass


def test_a_full_disk_is_said_and_leaves_no_lock(tmp_path, monkeypatch):
    def full(*_):
        raise OSError(errno.ENOSPC, "No space left on device")

    with monkeypatch.context() as patch:
        patch.setattr(os, "write", full)
        words = f"Received: {tmp_path}: No space left on device. Free some"
        with pytest.raises(ValueError, match=words), run_lock(tmp_path):
            pass
    assert list(tmp_path.iterdir()) == []
    with run_lock(tmp_path):
        pass
