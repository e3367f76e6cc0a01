"""The folder that records are written to: all of them, or none."""

import re
import uuid

from keras_pix2pixhd.data.files.file_system import one_line, shown

_LEFTOVER = re.compile(
    r"((train|held_out)-\d{5}-of-\d{5}\.tfrecord|records\.json)"
    r"\.[0-9a-f]{32}\.part"
)
_SHOWN = 5


def cleared(folder):
    """Removes what a killed attempt left in a folder, if it is there.

    Raises:
        ValueError: If it holds anything else but hidden files: it may be a
            data folder, or one of records. If TensorFlow cannot write a
            folder of that name.
    """
    if re.search("[\ud800-\udfff]", str(folder)):
        raise ValueError(
            "Records must go to a folder whose name is UTF-8. "
            f"Received: {shown(folder)}"
        )
    if not folder.is_dir():
        return
    names = sorted(path.name for path in folder.iterdir())
    foreign = [
        one_line(name)
        for name in names
        if not name.startswith(".") and not _LEFTOVER.fullmatch(name)
    ]
    if foreign:
        more = f", ... ({len(foreign)} in all)" * (len(foreign) > _SHOWN)
        raise ValueError(
            "Records must go to a new or empty folder. Received: "
            f"{shown(folder)}, which holds {', '.join(foreign[:_SHOWN])}{more}."
            " Choose another."
        )
    for name in filter(_LEFTOVER.fullmatch, names):
        _gfile().remove(str(folder / name))


class NewFiles:
    """Files that get their names when all of them are complete.

    A context; if it is left by an error, there are no files.

    Args:
        folder: Where they are to be, a path; it is made.
    """

    def __init__(self, folder):
        self._folder = folder
        self._parts = {}

    def path(self, name):
        """Returns where to write the file `name`, a str."""
        part = f"{name}.{uuid.uuid4().hex}.part"
        self._parts[name] = str(self._folder / part)
        return self._parts[name]

    def write_text(self, name, text):
        with _gfile().GFile(self.path(name), "w") as file:
            file.write(text)

    def __enter__(self):
        _gfile().makedirs(str(self._folder))
        return self

    def __exit__(self, error, *_):
        gfile = _gfile()
        try:
            for name, part in self._parts.items() if error is None else ():
                gfile.rename(part, str(self._folder / name), True)
        finally:
            for part in filter(gfile.exists, self._parts.values()):
                gfile.remove(part)


def _gfile():
    import tensorflow as tf

    return tf.io.gfile
