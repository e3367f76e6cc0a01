"""What `evaluate` refuses before anything is read."""

import numpy as np

SIDES = ("held_out", "train", "all")
INSTANCES = (None, "files", "components")


def check_arguments(side, instances, styles, **numbers):
    """Checks the arguments that need nothing else to be checked.

    Args:
        side, instances, styles: of `evaluate`.
        **numbers: a number and the least that it may be, by its name;
            `images` may be `None`.

    Raises:
        ValueError: if one is out of range.
    """
    _check_choice("side", side, SIDES)
    _check_choice("instances", instances, INSTANCES)
    for name, (number, least) in {**numbers, "styles": (styles, 0)}.items():
        whole = isinstance(number, (int, np.integer))
        if number is None and name == "images":
            continue
        if isinstance(number, bool) or not (whole and number >= least):
            raise ValueError(
                f"{name} must be an integer of at least {least}. "
                f"Received: {name}={number!r}"
            )
    if styles == 1:
        raise ValueError(
            "styles must be 0, for no diversity, or at least 2, to compare "
            "them. Received: styles=1"
        )


def _check_choice(name, value, choices):
    if value not in choices:
        raise ValueError(
            f"{name} must be one of {', '.join(map(str, choices))}. "
            f"Received: {name}={value!r}"
        )
