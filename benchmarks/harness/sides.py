"""Which sides take part, and how each is opened."""

import dataclasses
import functools

from .side_process import SideProcess


@dataclasses.dataclass(frozen=True)
class Side:
    """One of ours, or the reference.

    Args:
        kind: `"ours"` or `"reference"`.
        backend: `"tensorflow"`, `"jax"` or `"torch"`.
        precision: `"float32"`, `"bfloat16"` or `"float16"`.
        reference: str or `None`. Folder of the clone.
        jit_compile: see `Ours`.
    """

    kind: str
    backend: str
    precision: str
    reference: str | None = None
    jit_compile: object = "auto"

    @property
    def name(self):
        who = "reference" if self.is_reference else self.backend
        return f"{who} {self.precision}"

    @property
    def is_reference(self):
        return self.kind == "reference"

    def opener(self, work):
        """A function that starts this side in a process of its own."""
        arguments = {"work": work.as_dict(), "precision": self.precision}
        if self.is_reference:
            arguments["path"] = self.reference
        else:
            arguments["backend"] = self.backend
            arguments["jit_compile"] = self.jit_compile
        return functools.partial(SideProcess, self.kind, **arguments)


def peaks(sides):
    """Operations a second of a matrix product, by (backend, precision)."""
    found = {}
    for side in sides:
        key = side.backend, side.precision
        if key not in found:
            backend, precision = key
            with SideProcess(
                "peak", backend=backend, precision=precision
            ) as process:
                found[key] = process.rate()
    return found
