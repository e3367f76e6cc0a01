"""The program of a side's own process; `SideProcess` starts it.

It answers every line of JSON on stdin with one on stdout. What libraries
print goes to stderr.
"""

import importlib
import json
import os
import time

from .answer_lines import answer_lines
from .memory import device_peak, process_peak
from .work import Work

OUT_OF_MEMORY = (
    "out of memory",
    "OutOfMemory",
    "RESOURCE_EXHAUSTED",
    "ResourceExhausted",
    "OOM when allocating",
    "can't allocate memory",
    "MemoryError",
)


def make(kind, work=None, **arguments):
    """Returns the object that does the work of a side of this kind."""
    if kind == "peak":
        from .peak import MatrixProduct

        return MatrixProduct(**arguments)
    work = Work(**work)
    if kind == "reference":
        from .reference import Reference

        return Reference(work, **arguments)
    from .ours import Ours

    return Ours(work, **arguments)


def import_all(kind, backend="torch", **others):
    """Imports what a side needs, so that it can be told from the rest."""
    if kind == "ours":
        os.environ["KERAS_BACKEND"] = backend
        importlib.import_module("keras_pix2pixhd.models")
    else:
        importlib.import_module(backend)


def serve(description, lines, answer):
    """Makes a side, then runs it once for every line; answers with dicts."""
    from .machine import backend_facts

    start = time.perf_counter()
    import_all(**description)
    imported = process_peak()
    side = make(**description)
    answer(
        built=time.perf_counter() - start,
        facts=backend_facts(side.backend),
        imported=imported,
        held=process_peak(),
    )
    idle = time.process_time()
    for line in lines:
        idled = time.process_time() - idle
        found = side.run(json.loads(line)["count"])
        memory = device_peak(side.backend)
        answer(
            found=found,
            idled=idled,
            memory=memory or process_peak(),
            on_device=memory is not None,
        )
        idle = time.process_time()


if __name__ == "__main__":
    answer_lines(serve, OUT_OF_MEMORY)
