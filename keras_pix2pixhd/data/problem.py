import dataclasses


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
