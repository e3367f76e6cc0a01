"""JSON and YAML text, read more strictly than their libraries do."""

import functools
import json
import re

from keras_pix2pixhd.data.short_repr import short_repr

_DECIMAL = re.compile(r"[+-]?(0|[1-9][0-9]*)")
# What YAML's own constructors of tagged scalars let slip, besides YAMLError.
_SLIPS = (ValueError, TypeError, AttributeError, LookupError, OverflowError)
_KINDS = ("map", "seq", "str", "int", "float", "bool", "null")


def parse_json(text):
    """Returns what JSON text holds.

    Raises:
        ValueError: If it is no JSON, or an object has a key twice.
    """
    return json.loads(text, object_pairs_hook=_object)


def parse_yaml(text):
    """Returns what YAML text holds, of the kinds that JSON has.

    Raises:
        ValueError: If it is no YAML, has aliases, or integers that are not
            decimal, or a mapping has a key twice; or without PyYAML.
    """
    try:
        import yaml
    except ImportError as error:
        raise ValueError(
            "YAML without PyYAML. Run `pip install pyyaml`, or write the "
            "table as JSON or CSV"
        ) from error
    try:
        return yaml.load(text, _strict_loader())
    except (yaml.YAMLError, *_SLIPS) as error:
        raise ValueError(str(error)) from error


def check_keys(keys):
    """Refuses keys of which one is there twice."""
    seen = set()
    for key in keys:
        if key in seen:
            raise ValueError(f"the key {short_repr(key)} more than once")
        seen.add(key)


def _object(pairs):
    check_keys(key for key, _ in pairs)
    return dict(pairs)


@functools.cache
def _strict_loader():
    """Returns a subclass of PyYAML's `SafeLoader`."""
    import yaml

    class StrictLoader(yaml.SafeLoader):
        """Refuses aliases, keys twice, and integers that are not decimal."""

        def compose_node(self, parent, index):
            # A few aliases of aliases are millions of values.
            if self.check_event(yaml.AliasEvent):
                event = self.peek_event()
                raise ValueError(
                    f"{_line(event)}: the alias *{event.anchor[:80]}. Write "
                    "out what it stands for"
                )
            return super().compose_node(parent, index)

        def construct_mapping(self, node, deep=False):
            scalars = [k for k, _ in node.value if hasattr(k, "style")]
            keys = [k.value for k in scalars if isinstance(k.value, str)]
            try:
                check_keys(keys)
            except ValueError as error:
                raise ValueError(f"{_line(node)}: {error}") from error
            return super().construct_mapping(node, deep)

        def construct_integer(self, node):
            if _DECIMAL.fullmatch(node.value):
                return int(node.value)
            # YAML 1.1 reads 010 as 8, and 1:30 as 90
            raise ValueError(
                f"{_line(node)}: {short_repr(node.value)}, which is no decimal "
                "integer. Write it without leading zeros, or in quotes if it "
                "is a text"
            )

    tags = {kind: f"tag:yaml.org,2002:{kind}" for kind in _KINDS}
    known = {
        tag: yaml.SafeLoader.yaml_constructors[tag] for tag in tags.values()
    }
    known[tags["int"]] = StrictLoader.construct_integer
    known["tag:yaml.org,2002:timestamp"] = known[tags["str"]]
    known[None] = yaml.SafeLoader.construct_undefined
    StrictLoader.yaml_constructors = known
    return StrictLoader


def _line(node):
    return f"line {node.start_mark.line + 1}"
