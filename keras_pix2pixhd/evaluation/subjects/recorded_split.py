"""The pairs of both sides, as a run recorded them."""

import json


def recorded_choice(source, own):
    """Makes the function that finds the sides of a run among pairs.

    Args:
        source: `Source`.
        own: bool, whether the pairs are in the run's own data folder.

    Returns:
        Function from the names of all pairs to `(train, held_out, note)`, or
        to `None` where the run recorded nothing, or other data.
    """

    def choose(names):
        sides = _read(source)
        if sides is None:
            return None
        known = set(names)
        missing = [n for n in sides["held_out"] if n not in known]
        if not own and (missing or not known.issuperset(sides["train"])):
            return None  # other data
        train = [name for name in sides["train"] if name in known]
        if missing or not train:
            raise ValueError(
                f"The data must hold the pairs that {source.name} held out. "
                f"Received: {len(missing)} of {len(sides['held_out'])} are "
                f"gone, such as {missing[:1]}. Say where they are with "
                f"--data, or remove split.json of {source.name} to draw "
                "another split; pairs that it trained on may be among it."
            )
        return train, sides["held_out"], f"as {source.name} recorded"

    return choose


def _read(source):
    path = None if source.config is None else source.path / "split.json"
    if path is None or not path.is_file():
        return None
    try:
        sides = json.loads(path.read_text(encoding="utf-8"))
        return {side: list(sides[side]) for side in ("train", "held_out")}
    except (KeyError, OSError, RecursionError, TypeError, ValueError) as error:
        raise ValueError(
            f'"{path}" must hold the lists "train" and "held_out". Received: '
            f"{type(error).__name__}: {error}"
        ) from error
