import dataclasses

import numpy as np


@dataclasses.dataclass
class Example:
    """One pair of an evaluation, to look at.

    Attributes:
        kind: `"best"`, `"worst"` or `"random"`.
        name: Str, the name of the pair.
        label: uint8 `(H, W, 3)` in [0, 255], the label map in the colours of
            its classes, or the image that was painted from.
        generated: uint8 `(H, W, 3)` in [0, 255].
        real: uint8 `(H, W, 3)` in [0, 255].
        nearest: uint8 `(H, W, 3)` in [0, 255], the training photograph whose
            features are nearest to those of `generated`; `None` where there
            is no feature network.
        values: Dict, the row of this pair: its `"name"`, then its numbers.
        nearest_name: Str, the name of that photograph, or `None`.
    """

    kind: str
    name: str
    label: np.ndarray
    generated: np.ndarray
    real: np.ndarray
    nearest: np.ndarray | None
    values: dict
    nearest_name: str | None = None
