"""The files that `generate_folder` reads."""

import dataclasses
import os
import pathlib

from keras_pix2pixhd.data.file_datastore import FileDatastore
from keras_pix2pixhd.data.files.folder_listing import list_folder

COMPONENTS = "components"


class LabelFiles(FileDatastore):
    """The files of a folder, arrays too."""

    extensions = (*FileDatastore.extensions, ".npy")


@dataclasses.dataclass(frozen=True)
class Files:
    """Files of one folder; of a million, no more is held than their names.

    Args:
        folder: `pathlib.Path`.
        names: list of str.
    """

    folder: pathlib.Path
    names: list

    def __len__(self):
        return len(self.names)

    def path(self, place):
        """Returns the path of one of them."""
        return self.folder / self.names[place]


def stem_of(name):
    """Returns the name of a file without its extension."""
    return os.path.splitext(name)[0]


def find_label_maps(source):
    """Returns the `Files` of the label maps: one file, or those of a folder."""
    source = pathlib.Path(source)
    if source.is_file():
        return Files(source.parent, [source.name])
    if not source.is_dir():
        raise ValueError(
            "source must be a label map or a folder of label maps. "
            f'Received: "{source}", which is missing'
        )
    names = _listed(source)
    _by_stem(source, names)
    return Files(source, names)


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
        labels: `Files` of the label maps.
        others: a folder, or a file for one label map.
        what: str, what the files are.
    """
    others = pathlib.Path(others)
    if others.is_file() and len(labels) == 1:
        return Files(others.parent, [others.name])
    if not others.is_dir():
        raise ValueError(
            f"The {what}s must be a folder, or a file for one label map. "
            f'Received: "{others}"'
        )
    found = _by_stem(others, _listed(others))
    names = [found.get(stem_of(name)) for name in labels.names]
    lonely = [
        label
        for label, name in zip(labels.names, names, strict=True)
        if name is None
    ]
    if lonely:
        raise ValueError(
            f"Each label map needs its {what} of the same name, but for "
            f'the extension, in "{others}". Received: none for '
            f"{', '.join(lonely[:5])} ({len(lonely)} in all)"
        )
    return Files(others, names)


def _listed(folder):
    names, _ = list_folder(folder, LabelFiles.extensions)
    return names or LabelFiles(folder).names  # which says what is there


def _by_stem(folder, names):
    found = {}
    for name in names:
        stem = stem_of(name)
        if stem in found:
            raise ValueError(
                "Files of a folder must differ in more than their extension. "
                f'Received: {found[stem]} and {name} in "{folder}". Move one '
                "of them."
            )
        found[stem] = name
    return found
