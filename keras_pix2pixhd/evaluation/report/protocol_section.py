"""Everything that is needed to get the numbers again."""

import json

from keras_pix2pixhd.charts.markup import element
from keras_pix2pixhd.charts.number_text import MISSING
from keras_pix2pixhd.charts.page_parts import section


def protocol_section(evaluation):
    """Returns the models, the protocol and all of it as JSON to copy."""
    models = {run.name: run.model for run in evaluation.runs}
    return section(
        "protocol",
        "Protocol",
        element(
            "p",
            "Numbers can be compared where the protocol is the same.",
            class_="note",
        ),
        element(
            "details",
            element("summary", "Models, data, networks, settings, versions"),
            element("h3", "Models"),
            _tree(models),
            element("h3", "Protocol"),
            _tree(evaluation.protocol),
        ),
        element(
            "details",
            element("summary", "The same and all numbers as JSON"),
            element(
                "button", "Copy", type="button", class_="copy", hidden=True
            ),
            element("pre", evaluation.to_json(), id="json", tabindex=0),
        ),
    )


def _tree(values):
    """Returns nested dicts as nested lists of names and values."""
    return element(
        "dl",
        [
            element(
                "div",
                element("dt", element("bdi", name)),
                element("dd", _value(value)),
            )
            for name, value in values.items()
        ],
        class_="tree",
    )


def _value(value):
    if isinstance(value, dict):
        return _tree(value) if value else MISSING
    if value is None:
        return MISSING
    if isinstance(value, (list, tuple)):
        return ", ".join(map(_item, value)) or MISSING
    return str(value)


def _item(value):
    if isinstance(value, dict) and "name" in value:
        rest = [_item(v) for name, v in value.items() if name != "name"]
        return f"{value['name']} ({', '.join(rest)})" if rest else value["name"]
    if isinstance(value, (list, tuple)):
        return " ".join(map(str, value))
    if isinstance(value, dict):
        return json.dumps(value)
    return str(value)
