"""A model that answers requests, in a process of its own."""

from .side_process import ENVIRONMENT, SideProcess


class ServedProcess(SideProcess):
    """Loads a model, and asks it.

    Args:
        kind, path, classes, image_size: see `serving_side.Served`.
        environment: dict, default none. Of variables of that process.

    Attributes:
        built: seconds to import what it needs and to load the model.
        held: bytes of main memory after that.
        memory: bytes at most, so far.
    """

    program = "serving_side"

    def __init__(self, kind, path, classes, image_size, environment=()):
        self.environment = {**ENVIRONMENT, **dict(environment)}
        super().__init__(
            kind, path=str(path), classes=classes, image_size=image_size
        )

    def ask(self, what):
        """Returns what `Served.run` does."""
        self._ask(what)
        return self._found
