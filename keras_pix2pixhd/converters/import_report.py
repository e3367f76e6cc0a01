"""What came out of a checkpoint."""

import dataclasses


@dataclasses.dataclass(frozen=True)
class ImportReport:
    """What was read from one file; `print` it.

    Args:
        source: str. The file.
        network: str. Class of the network that was made.
        arguments: dict. The arguments it was made with, inferred from keys
            and shapes.
        tensors: int, default 0. How many tensors were loaded.
        numbers: int, default 0. How many numbers these hold.
        ignored: dict from a reason to the keys that were not read.
        missing: dict from a reason to the keys that could be there, and do
            no harm by their absence.
        notes: tuple of str. What else there is to say.

    Example:

    >>> print(ImportReport("G.pth", "GlobalGenerator", {"filters": 64}, 2, 9))
    G.pth: GlobalGenerator(filters=64)
      2 tensors loaded, 9 numbers
    """

    source: str
    network: str
    arguments: dict
    tensors: int = 0
    numbers: int = 0
    ignored: dict = dataclasses.field(default_factory=dict)
    missing: dict = dataclasses.field(default_factory=dict)
    notes: tuple = ()

    def __str__(self):
        arguments = ", ".join(f"{k}={v!r}" for k, v in self.arguments.items())
        lines = [f"{self.source}: {self.network}({arguments})"]
        if self.tensors:
            lines.append(
                f"  {self.tensors} tensors loaded, {self.numbers:,} numbers"
            )
        for title in ("ignored", "missing"):
            for reason, keys in getattr(self, title).items():
                more = ", ..." if len(keys) > 3 else ""
                lines.append(
                    f"  {title}: {len(keys)} {reason} "
                    f"({', '.join(keys[:3])}{more})"
                )
        return "\n".join([*lines, *(f"  {note}" for note in self.notes)])
