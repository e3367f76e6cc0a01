"""What two models differ in, in words."""

from keras_pix2pixhd.checkpoints.class_differences import class_differences

_MISSING = "nothing"


def differences(saved, own, place):
    """Lists what the descriptions of two models differ in.

    Args:
        saved, own: what `describe` returned for the one that was saved and
            for the one at hand. Of what is in one of them only, such as the
            optimizers of a model that was compiled, nothing is said.
        place: str, where the first one is.

    Returns:
        List of str; empty, if one can have the variables of the other.
    """

    def differs(what, a, b):
        return f"{what}: {_words(a)} in {place}, {_words(b)} in the model"

    tables = saved["class_table"], own["class_table"]
    found = class_differences(*tables, place)
    settings = saved["settings"], own["settings"]
    found += [differs(*change) for change in _changes(*settings)]
    if "variables" in saved and "variables" in own:
        optimizers = saved["optimizers"], own["optimizers"]
        found += [differs(*change) for change in _changes(*optimizers)]
        variables = saved["variables"], own["variables"]
        found += [differs(*change) for change in _moves(*variables)]
    return found


def _changes(saved, own):
    """Yields what is set to another value, not what then is inside it."""
    named = []
    for path in dict.fromkeys([*saved, *own]):
        a, b = saved.get(path, _MISSING), own.get(path, _MISSING)
        within = any(path.startswith(f"{parent}.") for parent in named)
        if a != b and not within:
            named.append(path)
            yield path, a, b


def _moves(saved, own):
    """Yields how many variables there are, and the first that is another."""
    if len(saved) != len(own):
        yield "number of variables", len(saved), len(own)
    for a, b in zip(saved, own, strict=False):
        if _without_width(a) != _without_width(b):
            yield f"first other variable of {a[0]}", _variable(a), _variable(b)
            break


def _without_width(description):
    """Backends count, and draw, with integers of different widths."""
    *rest, dtype = description
    whole = dtype.startswith(("int", "uint"))
    return [*rest, "integer" if whole else dtype]


def _variable(description):
    _, path, shape, dtype = description
    return f"{path} {tuple(shape)} {dtype}"


def _words(value):
    return "none" if value is None else str(value)
