"""Which files of a data set folder a layout takes, and what pairs them."""

import posixpath

from keras_pix2pixhd.data.files.file_system import shown

# The folders of official splits, and how the names of pairs begin.
SIDES = {
    "train": "train",
    "training": "train",
    "train2017": "train",
    "trainannot": "train",
    "val": "val",
    "validation": "val",
    "val2017": "val",
    "valannot": "val",
    "test": "test",
}
TABLE_FILES = tuple(f"classes.{kind}" for kind in "json yaml yml csv".split())


def has(folder, *names):
    """Whether a folder has all of these subfolders."""
    return all((folder / name).is_dir() for name in names)


def first_of(folder, names):
    """Returns the first of these subfolders that exists, or `None`."""
    found = (folder / name for name in names if (folder / name).is_dir())
    return next(found, None)


def table_file(folder):
    """Returns the class table's file in a folder, or `None`.

    Raises:
        ValueError: If there are several.
    """
    found = [name for name in TABLE_FILES if (folder / name).is_file()]
    if len(found) > 1:
        raise ValueError(
            "A data folder must have one class table. Received: "
            f"{', '.join(found)} in {folder}. Remove all but one."
        )
    return folder / found[0] if found else None


def common_sides(images, labels, sides):
    """Returns those of `sides` that both folders have."""
    if images is None or labels is None:
        return ()
    return tuple(s for s in sides if has(images, s) and has(labels, s))


def stem(name):
    """The file name without folder and extension."""
    # not by pathlib, which takes seconds for 100,000 names
    return posixpath.splitext(name.rpartition("/")[2])[0]


def side_key(stem_of=stem):
    """Returns the pairing key of names such as `training/x/NAME.png`.

    >>> side_key()("training/x/cat.png")
    'train/cat'
    """

    def key(name):
        return f"{SIDES[name.partition('/')[0]]}/{stem_of(name)}"

    return key


def keep(store, sides, ending="", depth=None):
    """Leaves only some files in a recursive datastore.

    Args:
        store: A `FileDatastore` that no one else has.
        sides: The names of the subfolders to keep.
        ending: How the names end, but for the extension. Defaults to `""`.
        depth: How many folders a file lies in. Defaults to `None`: any.

    Returns:
        The store.

    Raises:
        ValueError: If no file is left.
    """
    kept = [
        (name, path)
        for name, path in zip(store.names, store.files, strict=True)
        if name.partition("/")[0] in sides
        and "/" in name
        and stem(name).endswith(ending)
        and depth in (None, name.count("/"))
    ]
    if not kept:
        raise ValueError(
            f"{shown(store.folder)} must have files *{ending} in "
            f"{' or '.join(f'{side}/' for side in sides)}. Received: "
            f"{len(store)} files, none of that kind"
        )
    store.names, store.files = map(list, zip(*kept, strict=True))
    return store
