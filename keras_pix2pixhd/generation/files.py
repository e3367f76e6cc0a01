"""The files that `generate_folder` reads and writes."""

import itertools
import pathlib

from keras_pix2pixhd.data.file_datastore import FileDatastore

COMPONENTS = "components"


class LabelFiles(FileDatastore):
    """The files of a folder, arrays too."""

    extensions = (*FileDatastore.extensions, ".npy")


def find_label_maps(source):
    """Returns the paths of the label maps: of a file, or in a folder."""
    source = pathlib.Path(source)
    if source.is_file():
        return [source]
    if not source.is_dir():
        raise ValueError(
            "source must be a label map or a folder of label maps. "
            f'Received: "{source}", which is missing'
        )
    paths = LabelFiles(source).files
    _by_stem(paths)
    return paths


def matched_instances(labels, instances, wanted):
    """Returns the instance map of each label map, or None."""
    if not wanted:
        if instances is not None:
            raise ValueError(
                "instances are for models with instance edges or features. "
                f'Received: instances="{instances}" for a model without. '
                "Leave it out."
            )
        return None
    if instances is None:
        raise ValueError(
            "A model that sees instances needs an instance map for each "
            "label map. Received: none. Pass `instances`: a file, a folder, "
            "or 'components' for the connected regions of the label map "
            "(--instances on the command line)."
        )
    if instances == COMPONENTS:
        return None
    return matched(labels, instances, "instance map")


def matched(labels, others, what):
    """Returns the file of the same name for each label map.

    Args:
        labels: paths of the label maps.
        others: a folder, or a file for one label map.
        what: str, what the files are.
    """
    others = pathlib.Path(others)
    if others.is_file() and len(labels) == 1:
        return [others]
    if not others.is_dir():
        raise ValueError(
            f"The {what}s must be a folder, or a file for one label map. "
            f'Received: "{others}"'
        )
    found = _by_stem(LabelFiles(others).files)
    lonely = [path.name for path in labels if path.stem not in found]
    if lonely:
        raise ValueError(
            f"Each label map needs its {what} of the same name, but for "
            f'the extension, in "{others}". Received: none for '
            f"{', '.join(lonely[:5])} ({len(lonely)} in all)"
        )
    return [found[path.stem] for path in labels]


def checked_targets(source, target, inputs, styles=None):
    """Returns the paths to write for each label map; none is an input.

    Args:
        source: the label map or the folder of them.
        target: the file or folder to write.
        inputs: dict from kind to the paths read; `"label"` is one.
        styles: int or None, versions of each.

    Returns:
        A list of paths for each label map.
    """
    source, target = pathlib.Path(source), pathlib.Path(target)
    targets = [
        _versions(path, styles)
        for path in _targets(source.is_file(), target, inputs["label"])
    ]
    read = {source}
    for kind, paths in inputs.items():
        read |= set(paths)
        if kind != "label":
            read |= {path.parent for path in paths}
    read = {path.resolve() for path in read}
    for path in [target, *itertools.chain(*targets)]:
        if path.resolve() in read:
            raise ValueError(
                "The photographs must not replace the files that they are "
                f'painted from. Received: target="{target}", where an input '
                "is. Choose another target."
            )
    return targets


def _versions(path, styles):
    if styles is None:
        return [path]
    return [
        path.with_name(f"{path.stem}_style{number}.png")
        for number in range(1, styles + 1)
    ]


def _targets(for_a_file, target, labels):
    if for_a_file:
        if target.suffix.lower() != ".png" or target.is_dir():
            raise ValueError(
                "target must be a .png file where source is a file. "
                f'Received: target="{target}"'
            )
        return [target]
    if target.exists() and not target.is_dir():
        raise ValueError(
            "target must be a folder where source is a folder. Received: "
            f'target="{target}", which is a file'
        )
    return [target / f"{path.stem}.png" for path in labels]


def _by_stem(paths):
    found = {}
    for path in paths:
        if path.stem in found:
            raise ValueError(
                "Files of a folder must differ in more than their extension. "
                f"Received: {found[path.stem].name} and {path.name} in "
                f'"{path.parent}". Move one of them.'
            )
        found[path.stem] = path
    return found
