"""The files that `generate_folder` writes."""

import collections.abc
import os
import pathlib

from keras_pix2pixhd.generation.files import stem_of


class Targets(collections.abc.Sequence):
    """The photographs of each label map, a list of paths for each.

    Args:
        folder: `pathlib.Path` that they are written into.
        names: names of the label maps, or of the only photograph; their
            extension does not count.
        styles: int or None, versions of each.

    Example:

    >>> [path.name for path in Targets(pathlib.Path(), ["a_mask.gif"], 2)[0]]
    ['a_mask_style1.png', 'a_mask_style2.png']
    """

    def __init__(self, folder, names, styles=None):
        self.folder, self._names = folder, names
        self._ends = [".png"]
        if styles is not None:
            self._ends = [f"_style{n}.png" for n in range(1, styles + 1)]

    @property
    def each(self):
        """How many photographs a label map has."""
        return len(self._ends)

    def __len__(self):
        return len(self._names)

    def __getitem__(self, place):
        stem = stem_of(self._names[place])
        return [self.folder / f"{stem}{end}" for end in self._ends]


def checked_targets(source, target, inputs, styles=None):
    """Returns the `Targets` of the label maps; none of them is an input.

    Args:
        source: the label map or the folder of them.
        target: the file or folder to write.
        inputs: dict from kind to the `Files` read; `"label"` is one.
        styles: int or None, versions of each.
    """
    source, target = pathlib.Path(source), pathlib.Path(target)
    targets = _targets(source.is_file(), target, inputs["label"].names, styles)
    folders = {f.folder for kind, f in inputs.items() if kind != "label"}
    read = {path.resolve() for path in (source, *folders)}
    if target.resolve() in read or _one_is_read(targets, inputs):
        raise ValueError(
            "The photographs must not replace the files that they are "
            f'painted from. Received: target="{target}", where an input '
            "is. Choose another target."
        )
    return targets


def _targets(for_a_file, target, names, styles):
    if for_a_file:
        if target.suffix.lower() != ".png" or target.is_dir():
            raise ValueError(
                "target must be a .png file where source is a file. "
                f'Received: target="{target}"'
            )
        return Targets(target.parent, [target.name], styles)
    if target.exists() and not target.is_dir():
        raise ValueError(
            "target must be a folder where source is a folder. Received: "
            f'target="{target}", which is a file'
        )
    return Targets(target, names, styles)


def _one_is_read(targets, inputs):
    """Whether a photograph would replace an input, or what it links to."""
    here = os.path.realpath(targets.folder)
    real = set()
    for files in inputs.values():
        beside = os.path.realpath(files.folder) == here
        folder = os.fspath(files.folder)
        for name in files.names:
            path = os.path.join(folder, name)
            if beside or os.path.islink(path):
                real.add(os.path.realpath(path))
    return bool(real) and any(
        os.path.join(here, path.name) in real
        for paths in targets
        for path in paths
    )
