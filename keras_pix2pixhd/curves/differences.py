"""How the settings of runs differ."""

import json

from keras_pix2pixhd.charts.legend import shortened
from keras_pix2pixhd.charts.markup import element
from keras_pix2pixhd.charts.number_text import MISSING
from keras_pix2pixhd.charts.page_parts import data_table, run_label

_LETTERS = 40  # of a value, at most


def differences(settings):
    """Returns the settings that are not the same in all runs.

    Args:
        settings: list of dicts from setting to value, one a run; an empty one
            is of a run whose settings are not known.

    Returns:
        Dict from setting to a list of texts, one a run.

    Example:

    >>> differences([{"seed": 0, "flip": True}, {"seed": 0, "flip": False}])
    {'flip': ['true', 'false']}
    """
    known = [one for one in settings if one]
    names = dict.fromkeys(name for one in known for name in one)
    return {
        name: [_text(one[name]) if name in one else MISSING for one in settings]
        for name in names
        if any(name not in one or one[name] != known[0][name] for one in known)
    }


def differences_table(runs):
    """Returns a table of them, or a sentence where there are none.

    Args:
        runs: list of `RunCurves`.

    Returns:
        `Markup`, or `None` if the settings of fewer than two are known.
    """
    if sum(bool(run.settings) for run in runs) < 2:
        return None
    found = differences([run.settings for run in runs])
    if not found:
        return element("p", "Nothing: each setting is the same.")
    return data_table(
        "Settings that differ",
        ["setting", *(run_label(run.name) for run in runs)],
        [[_short(name), *map(_short, texts)] for name, texts in found.items()],
    )


def _text(value):
    return value if isinstance(value, str) else json.dumps(value)


def _short(text):
    short = shortened(text, _LETTERS)
    return element("code", short, title=text if text != short else None)
