"""The program whose start `cold_start.py` times.

It prints, as JSON, the monotonic clock after every stage. The clock is that
of the machine, so the first stage is told from the start of the process.
"""

import time

_BEGUN = time.monotonic()

import importlib  # noqa: E402
import json  # noqa: E402
import os  # noqa: E402
import sys  # noqa: E402

STAGES = (
    "interpreter",
    "backend",
    "keras",
    "keras_pix2pixhd",
    "building",
    "first",
    "second",
)


def main():
    clocks = [_BEGUN]

    def done():
        clocks.append(time.monotonic())

    description = json.loads(sys.argv[1])
    channel = os.fdopen(os.dup(1), "w")
    os.dup2(2, 1)
    os.environ["KERAS_BACKEND"] = description["backend"]
    importlib.import_module(description["backend"])
    done()
    importlib.import_module("keras")
    done()
    importlib.import_module("keras_pix2pixhd")
    importlib.import_module("keras_pix2pixhd.models")
    done()
    # its own imports are NumPy's, which is there
    from .ours import Ours
    from .work import Work

    work = Work(**description.pop("work"))
    side = Ours(work, **description)
    done()
    for _ in range(2):
        side.run(1)
        done()
    json.dump(clocks, channel)
    channel.flush()
    os._exit(0)


if __name__ == "__main__":
    main()
