"""The tables of `docs/settings.md`.

    python -m keras_pix2pixhd.settings_table

prints what stands there, from the heading of all settings to the end.
"""

import json

from keras_pix2pixhd.config import RunConfig
from keras_pix2pixhd.presets import PRESETS

_HEAD = (
    "| setting | default | meaning | may change on resume |\n|---|---|---|---|"
)
_PRESETS_HEAD = "| preset | what it sets |\n|---|---|"


def settings_table():
    """Returns a Markdown table with a row for every setting.

    Example:

    >>> rows = settings_table().splitlines()
    >>> [row for row in rows if row.startswith("| `epochs`")]
    ['| `epochs` | `1` | epochs to train; each ... | yes |']
    """
    may = RunConfig.resumable()
    defaults = json.loads(RunConfig().to_json())
    rows = [
        _row(f"`{name}`", _code(defaults[name]), about, name in may)
        for name, about in RunConfig.about().items()
    ]
    return "\n".join([_HEAD, *rows])


def presets_table():
    """Returns a Markdown table with a row for every preset."""
    rows = []
    for name, settings in PRESETS.items():
        settings = {key: _code(value) for key, value in settings.items()}
        said = ", ".join(f"`{key}` {value}" for key, value in settings.items())
        rows.append(f"| `{name}` | {said} |")
    return "\n".join([_PRESETS_HEAD, *rows])


def both_tables():
    """Returns the generated part of the page, with its headings."""
    return (
        f"## Every setting\n\n{settings_table()}\n\n"
        f"## What the presets set\n\n{presets_table()}\n"
    )


def _row(name, default, about, may_change):
    about = about.replace("|", "\\|")
    return f"| {name} | {default} | {about} | {'yes' if may_change else ''} |"


def _code(value):
    return f"`{json.dumps(value)}`"


if __name__ == "__main__":
    print(both_tables(), end="")
