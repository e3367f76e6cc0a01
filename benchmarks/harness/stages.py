"""What one side holds, from its imports to a row of steps."""

import dataclasses


@dataclasses.dataclass
class Stages:
    """Bytes at most, up to and with each stage.

    Args:
        imported: the process, when its backend and networks are imported.
        built: the process, when networks and optimizers are.
        first: the GPU or the process, after the first step.
        steady: the same after `steps` more.
        on_device: whether these two are a GPU's.
    """

    imported: int
    built: int
    first: int
    steady: int
    on_device: bool


def stages(opener, steps):
    """Runs a side alone, in a fresh process; returns its `Stages`."""
    with opener() as side:
        side.run(1)
        first = side.memory
        side.run(steps)
        return Stages(
            side.imported, side.held, first, side.memory, side.on_device
        )
