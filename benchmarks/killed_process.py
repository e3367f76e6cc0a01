"""A training in a process of its own, to be killed."""

import re
import subprocess
import sys
import time

_STEP = re.compile(r"(\d+)/(\d+) \S")
_MAIN = "import sys; from keras_pix2pixhd.cli import main; sys.exit(main())"


class KilledProcess:
    """`pix2pixhd train`, from its start to its end.

    Args:
        arguments: list of str, after `train`.
        log: path of what it prints.
        runs: folder of its only run.
    """

    def __init__(self, arguments, log, runs):
        self.log, self.runs = log, runs
        self.began = time.monotonic()
        command = [sys.executable, "-c", _MAIN, "train", *arguments]
        with log.open("wb") as file:
            self.process = subprocess.Popen(
                command, stdout=file, stderr=subprocess.STDOUT
            )

    def text(self):
        """What it has printed, without colours."""
        text = self.log.read_text(errors="replace")
        return re.sub(r"\x1b\[[0-9;]*m", "", text)

    def steps(self):
        """Of each line of progress: steps done, and those of its epoch."""
        return _STEP.findall(self.text())

    def run(self):
        """The run folder, if there is one."""
        found = [path for path in self.runs.glob("*") if path.is_dir()]
        return found[0] if found else None

    def halves(self, place):
        """What is being written in a place of the run folder."""
        run = self.run()
        return [*(run / place).glob(".*part*")] if run else []

    def wait(self, true, seconds=600):
        """Waits until something is so, or the process has ended."""
        end = time.monotonic() + seconds
        while not true() and self.process.poll() is None:
            if time.monotonic() > end:
                break
            time.sleep(0.0005)

    def kill(self, aim, seconds, steps):
        """Kills it, and says what it was doing.

        Args:
            aim: `"start"`: after so many seconds, if not at its first step
                before. `"training"`: after so many
                steps, and seconds. `"checkpoint"`, `"file"`: as soon as it
                then begins to write such a file, and a few milliseconds.
            seconds: float.
            steps: int.
        """
        if aim == "start":
            self.wait(self.steps, seconds)
            seconds = 0
        else:
            self.wait(lambda: len(self.steps()) >= steps)
        places = {"checkpoint": "checkpoints", "file": "."}
        if aim in places:
            self.wait(lambda: self.halves(places[aim]))
            seconds /= 100
        time.sleep(seconds)
        self.process.kill()
        self.process.wait()
        return self._doing()

    def _doing(self):
        """What it was doing when it ended, by what it left behind."""
        if self.process.returncode >= 0:
            return f"ended by itself, {self.process.returncode}"
        steps = self.steps()
        if not steps:
            began = "run folder" in self.text()
            return "before its first step" if began else "starting"
        if self.halves("checkpoints"):
            return "writing a checkpoint"
        if self.halves("."):
            return "writing another file"
        done, of = steps[-1]
        epochs = re.findall(r"Epoch (\d+/\d+)", self.text())
        within = "end" if done == of else f"step {done}/{of}"
        return f"{within} of epoch {epochs[-1]}"
