import dataclasses

_VALUES = 64


@dataclasses.dataclass(frozen=True)
class Problem:
    """What is wrong with one file, or with the files of one pair.

    Args:
        kind: `"corrupt"`: a file that cannot be read; `"outside_table"`: a
            label map with values of no class; `"unequal_size"`: files of a
            pair that differ in size.
        pair: Name of the pair.
        files: Tuple of the paths, as strings.
        reason: What the user reads.
        values: For `"outside_table"`, a tuple of (id or colour, pixels), the
            most pixels first, at most 64. Defaults to `()`.
        more_values: How many values were left out of `values`. Defaults to
            `0`.
    """

    kind: str
    pair: str
    files: tuple
    reason: str
    values: tuple = ()
    more_values: int = 0

    def to_dict(self):
        """Returns the problem as a dict of JSON's types."""
        found = {
            "pair": self.pair,
            "files": list(self.files),
            "reason": self.reason,
        }
        if self.kind == "outside_table":
            found["values"] = [
                {"value": value, "pixels": pixels}
                for value, pixels in self.values
            ]
            found["more_values"] = self.more_values
        return found


def unreadable(pair, path, error):
    """Returns the `Problem` of a file that cannot be read."""
    return Problem("corrupt", pair, (str(path),), str(error))


def outside_table(pair, path, reason, values, counts):
    """Returns the `Problem` of a label map with values of no class."""
    ranked = sorted(
        zip(values, counts, strict=True), key=lambda entry: -entry[1]
    )
    return Problem(
        "outside_table",
        pair,
        (str(path),),
        reason,
        values=tuple(ranked[:_VALUES]),
        more_values=len(ranked[_VALUES:]),
    )
