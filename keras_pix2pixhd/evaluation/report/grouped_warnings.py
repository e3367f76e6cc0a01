"""The warnings of several runs, each once."""


def grouped_warnings(runs):
    """Returns `(warning, names)` of each warning, in order.

    Args:
        runs: list of `RunEvaluation`. `names` are those of the runs that it
            is of, and `[]` where it is of all.

    >>> from keras_pix2pixhd.evaluation import RunEvaluation
    >>> grouped_warnings([RunEvaluation("a", {}, {}, warnings=["x", "y"]),
    ...     RunEvaluation("b", {}, {}, warnings=["x"])])
    [('x', []), ('y', ['a'])]
    """
    warned = {}
    for run in runs:
        for warning in dict.fromkeys(run.warnings):
            warned.setdefault(warning, []).append(run.name)
    return [
        (warning, names if len(names) < len(runs) else [])
        for warning, names in warned.items()
    ]
