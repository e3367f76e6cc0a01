"""A worker, as the first process sees it."""

import dataclasses
import json
import os
import subprocess
import sys
import tempfile
import threading

from keras_pix2pixhd.generation.workers.environment import worker_environment

_PROGRAM = (
    "import signal; signal.signal(signal.SIGINT, signal.SIG_IGN); "
    "from keras_pix2pixhd.generation.workers.worker import main; main()"
)
_PATIENCE = 10  # seconds that one may take to end when it is told to


class WorkerProcess:
    """Starts a worker, whose answers go into a queue.

    Args:
        number: int, from 0 on.
        count: int, how many there are.
        given: dict for JSON, what it is told to do.
        answers: `queue.Queue` that gets `(worker, dict)` for each answer, and
            `(worker, None)` once there are no more.

    Attributes:
        name: str, for people.
        ended: bool, whether it has said that it is done.
    """

    def __init__(self, number, count, given, answers):
        self.name = f"worker {number + 1} of {count}"
        self.ended = False
        self._notes = tempfile.TemporaryFile()
        self._process = subprocess.Popen(
            [sys.executable, "-c", _PROGRAM],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=self._notes,
            env=worker_environment(number, count),
            encoding="utf-8",
        )
        self._answers = answers
        self.tell(json.dumps(given))
        threading.Thread(target=self._listen, daemon=True).start()

    def tell(self, line):
        """Sends a line, if there is still someone who reads."""
        try:
            self._process.stdin.write(f"{line}\n")
            self._process.stdin.flush()
        except OSError:
            pass  # its last answer, or that there is none, says why

    def last_words(self):
        """Returns how it ended, and the last line that it printed."""
        code = self._process.wait()
        how = f"exit code {code}" if code >= 0 else f"signal {-code}"
        self._notes.seek(0)
        text = self._notes.read().decode(errors="replace")
        lines = [line.strip() for line in text.splitlines() if line.strip()]
        return f"{how}: {lines[-1][:200]}" if lines else how

    def stop(self):
        """Tells it to end, without waiting."""
        if self._process.poll() is None:
            self._process.terminate()

    def close(self):
        """Waits until it has ended; if it does not, it is killed."""
        try:
            self._process.wait(_PATIENCE)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()
        finally:
            self._notes.close()

    def _listen(self):
        with self._process.stdout as lines:
            for line in lines:
                try:
                    self._answers.put((self, json.loads(line)))
                except ValueError:
                    break  # it was killed while it wrote
        self._answers.put((self, None))


def plain(value):
    """Returns arguments for JSON: paths become text.

    Raises:
        TypeError: for what JSON cannot hold.
    """
    if dataclasses.is_dataclass(value):
        value = dataclasses.asdict(value)
    return json.loads(json.dumps(value, default=os.fspath))
