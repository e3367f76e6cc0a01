"""What two class tables differ in, in words."""


def class_differences(saved, own, place):
    """Lists what two class tables differ in, class by class.

    Args:
        saved, own: class tables as Keras serializes them, numbers of
            classes, or `None`.
        place: str, where the first one is.

    Returns:
        List of str.
    """
    if saved == own:
        return []
    tables = [_columns(table) for table in (saved, own)]
    if None in tables:
        words = [
            _counted(table, of)
            for table, of in zip((saved, own), tables, strict=True)
        ]
        return [f"classes: {words[0]} in {place}, {words[1]} in the model"]
    names = [table["names"] for table in tables]
    if names[0] != names[1]:
        return [_names(*names, place)]
    found = []
    for column in ("ids", "colors"):
        values = [table[column] for table in tables]
        for name, a, b in zip(names[0], *values, strict=True):
            if a != b:
                word = f"{column} of the class {name}"
                found.append(f"{word}: {a} in {place}, {b} in the model")
    void = [table["void_ids"] for table in tables]
    if void[0] != void[1]:
        found.append(f"void_ids: {void[0]} in {place}, {void[1]} in the model")
    return found


def _columns(table):
    return table["config"] if isinstance(table, dict) else None


def _counted(table, columns):
    if table is None:
        return "none"
    return (
        f"{table} without names"
        if columns is None
        else (", ".join(columns["names"]))
    )


def _names(saved, own, place):
    lost = [name for name in saved if name not in own]
    new = [name for name in own if name not in saved]
    if not lost and not new:
        return (
            f"order of the classes: {', '.join(saved)} in {place}, "
            f"{', '.join(own)} in the model"
        )
    return (
        f"classes: only in {place} {', '.join(lost) or 'none'}, only in the "
        f"model {', '.join(new) or 'none'}"
    )
