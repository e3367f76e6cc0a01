"""What is to be done: networks, sizes, and the task."""

import dataclasses

import numpy as np

_MAY_BE_NONE = ("num_downsamplings", "num_residual_blocks")
TASKS = {"train": "training step", "generate": "generation"}


@dataclasses.dataclass(frozen=True)
class Work:
    """One task on networks that both sides can build.

    Args:
        task: `"train"` (one step) or `"generate"` (one batch painted).
        image_size: (height, width), multiples of `2**num_downsamplings`.
        batch_size: int, default 1.
        classes: int, default 32. Class indices in the label maps.
        label_channels: int or `None` (then `classes`). Of the one-hot vector.
        filters, num_downsamplings, num_residual_blocks: of the generator.
        discriminator_filters: int or `None` (then `filters`).
        num_layers, num_scales: of the discriminator.
        perceptual: bool, default True. Whether VGG19, with random weights,
            takes part in training.

    Raises:
        ValueError: if the two sides could not do the same work.
    """

    task: str = "train"
    image_size: tuple = (256, 256)
    batch_size: int = 1
    classes: int = 32
    label_channels: int | None = None
    filters: int = 64
    num_downsamplings: int = 4
    num_residual_blocks: int = 9
    discriminator_filters: int | None = None
    num_layers: int = 3
    num_scales: int = 2
    perceptual: bool = True

    def __post_init__(self):
        change = object.__setattr__
        change(self, "image_size", tuple(self.image_size))
        change(self, "label_channels", self.label_channels or self.classes)
        if self.discriminator_filters is None:
            change(self, "discriminator_filters", self.filters)
        if self.task not in TASKS:
            raise ValueError(
                f"task must be one of {', '.join(TASKS)}. "
                f"Received: task={self.task!r}"
            )
        numbers = dataclasses.asdict(self)
        del numbers["task"], numbers["image_size"], numbers["perceptual"]
        for name, value in numbers.items():
            least = 0 if name in _MAY_BE_NONE else 1
            if value < least:
                raise ValueError(
                    f"{name} must be at least {least}. Received: {name}={value}"
                )
        if self.classes > 255:
            raise ValueError(
                "classes must be at most 255, as label maps are uint8 here. "
                f"Received: classes={self.classes}"
            )
        self._check_size()

    def _check_size(self):
        multiple = max(2**self.num_downsamplings, 16 * self.perceptual)
        sides = self.image_size
        if any(n % multiple or n < 2 * multiple for n in sides):
            raise ValueError(
                f"Height and width must be multiples of {multiple}, at least "
                f"{2 * multiple}, so that both sides do the same work. "
                f"Received: image_size={sides}"
            )

    def replace(self, **changes):
        return dataclasses.replace(self, **changes)

    def as_dict(self):
        return dataclasses.asdict(self)

    def batch(self):
        """Random label maps (uint8) and images (float32 in [-1, 1])."""
        random = np.random.default_rng(0)
        shape = (self.batch_size, *self.image_size)
        return {
            "label": random.integers(0, self.classes, shape, dtype="uint8"),
            "image": random.uniform(-1, 1, (*shape, 3)).astype("float32"),
        }

    def __str__(self):
        height, width = self.image_size
        text = (
            f"{TASKS[self.task]}, {height}x{width}, batch {self.batch_size}, "
            f"{self.classes} classes"
        )
        if self.label_channels != self.classes:
            text += f" in {self.label_channels} channels"
        text += (
            f", {self.filters} filters, {self.num_downsamplings} halvings, "
            f"{self.num_residual_blocks} residual blocks"
        )
        if self.task == "generate":
            return text
        return text + (
            f", discriminator of {self.discriminator_filters} filters and "
            f"{self.num_scales} scales, VGG19 "
            f"{'on, random weights' if self.perceptual else 'off'}"
        )
