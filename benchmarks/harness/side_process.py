"""A side in a process of its own."""

import json
import os
import pathlib
import subprocess
import sys
import tempfile

from . import ROOT

ENVIRONMENT = {
    "TF_CPP_MIN_LOG_LEVEL": "3",
    # memory is taken as it is needed, so that sides share a GPU and what
    # they say of it means something
    "XLA_PYTHON_CLIENT_PREALLOCATE": "false",
    "TF_FORCE_GPU_ALLOW_GROWTH": "true",
}


class SideError(RuntimeError):
    """A side ended with an error."""


class OutOfMemoryError(SideError):
    """A side did not find the memory that it needed."""


class SideProcess:
    """Starts a side, and asks it to run.

    Args:
        kind: `"ours"`, `"reference"` or `"peak"`.
        **arguments: of that class, `work` as a dict.

    Attributes:
        built: seconds to make networks and optimizers, imports included.
        facts: str, of its backend.
        imported: bytes of main memory when its imports were done.
        held: bytes of main memory before its first step.
        memory: bytes at most, of the GPU or, without one, of the process.
        on_device: whether that is the GPU's.
        idled: the most processor seconds that it used between two turns.

    Raises:
        OutOfMemoryError: if it does not bear the work.
        SideError: if anything else goes wrong in it.
    """

    program, environment = "side", ENVIRONMENT

    def __init__(self, kind, **arguments):
        description = json.dumps({"kind": kind, **arguments})
        package = __package__.split(".")
        folder = pathlib.Path(__file__).parents[len(package)]
        paths = [str(folder), str(ROOT), os.environ.get("PYTHONPATH", "")]
        self._log = tempfile.TemporaryFile("w+")
        self._process = subprocess.Popen(
            [
                sys.executable,
                "-m",
                f"{__package__}.{self.program}",
                description,
            ],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=self._log,
            text=True,
            env={
                **os.environ,
                **self.environment,
                "PYTHONPATH": os.pathsep.join(filter(None, paths)),
            },
        )
        self.memory, self.on_device, self.idled = None, False, 0.0
        try:
            ready = self._answer()
        except BaseException:
            self.close()
            raise
        self.built, self.facts = ready["built"], ready["facts"]
        self.imported, self.held = ready["imported"], ready["held"]

    def run(self, count=1):
        """Does the work `count` times; returns the seconds of one."""
        self._ask(count)
        return self._found / count

    def rate(self):
        """Operations a second, of a side of kind `"peak"`."""
        self._ask(1)
        return self._found

    def _ask(self, count):
        try:
            print(
                json.dumps({"count": count}),
                file=self._process.stdin,
                flush=True,
            )
        except BrokenPipeError:
            pass  # its last words, or none, are read below
        answer = self._answer()
        self._found = answer["found"]
        self.memory, self.on_device = answer["memory"], answer["on_device"]
        self.idled = max(self.idled, answer["idled"])

    def _answer(self):
        line = self._process.stdout.readline()
        if not line:
            code = self._process.wait()
            self._log.seek(0)
            said = self._log.read()[-2000:]
            # 9: Linux takes memory back from whoever has most of it
            kind = OutOfMemoryError if code == -9 else SideError
            raise kind(f"A side ended with exit code {code}. It said:\n{said}")
        answer = json.loads(line)
        if "error" in answer:
            kind = OutOfMemoryError if answer["out_of_memory"] else SideError
            raise kind(answer["error"])
        return answer

    def close(self):
        """Ends the process."""
        self._process.stdin.close()
        self._process.stdout.close()
        try:
            self._process.wait(timeout=60)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()
        self._log.close()

    def __enter__(self):
        return self

    def __exit__(self, *error):
        self.close()
