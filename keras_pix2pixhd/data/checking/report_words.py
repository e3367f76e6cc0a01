"""Numbers and names as a report shows them."""

from keras_pix2pixhd.data.files.file_system import one_line


def percent(share):
    """Returns a share in [0, 1] as a percentage that never hides a trace.

    >>> percent(0.21853), percent(0.00071), percent(0.00000001), percent(0.0)
    ('21.9 %', '0.07 %', '<0.01 %', '0 %')
    """
    if not share:
        return "0 %"
    if share < 0.0001:
        return "<0.01 %"
    return f"{share * 100:.{1 if share >= 0.01 else 2}f} %"


def many(count, what, plural=None):
    """Returns a number and what it counts.

    >>> many(1, "pair"), many(1200, "pair"), many(2, "class", "classes")
    ('1 pair', '1,200 pairs', '2 classes')
    """
    return f"{count:,} {what if count == 1 else plural or what + 's'}"


def first_few(names, shown=5):
    """Returns the first of some names, and how many there are.

    >>> first_few(["a", "b", "c"], shown=2)
    'a, b ... (3 in all)'
    """
    more = f" ... ({len(names):,} in all)" if len(names) > shown else ""
    return ", ".join(one_line(name) for name in names[:shown]) + more
