"""The files that `generate_folder` reads and writes."""

import pathlib

from keras_pix2pixhd.data.file_datastore import FileDatastore


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
    paths = FileDatastore(source).files
    _by_stem(paths)
    return paths


def matched_instances(labels, instances, wanted):
    """Returns the instance map of each label map, or None."""
    if not wanted:
        if instances is not None:
            raise ValueError(
                "instances are for models with instance edges. Received: "
                f'instances="{instances}" for a model without. Leave it out.'
            )
        return None
    if instances is None:
        raise ValueError(
            "A model with instance edges needs an instance map for each "
            "label map. Received: none. Pass `instances`, a file or a folder "
            "(--instances on the command line)."
        )
    instances = pathlib.Path(instances)
    if instances.is_file() and len(labels) == 1:
        return [instances]
    if not instances.is_dir():
        raise ValueError(
            "instances must be a folder of instance maps, or a file for one "
            f'label map. Received: "{instances}"'
        )
    found = _by_stem(FileDatastore(instances).files)
    lonely = [path.name for path in labels if path.stem not in found]
    if lonely:
        raise ValueError(
            "Each label map needs an instance map of the same name, but for "
            f'the extension, in "{instances}". Received: none for '
            f"{', '.join(lonely[:5])} ({len(lonely)} in all)"
        )
    return [found[path.stem] for path in labels]


def checked_targets(source, target, labels, instances):
    """Returns the path of each photograph; none is that of an input."""
    source, target = pathlib.Path(source), pathlib.Path(target)
    targets = _targets(source.is_file(), target, labels)
    inputs = [source, *labels, *(instances or [])]
    inputs += [path.parent for path in instances or []]
    inputs = {path.resolve() for path in inputs}
    for path in [target, *targets]:
        if path.resolve() in inputs:
            raise ValueError(
                "The photographs must not replace the files that they are "
                f'painted from. Received: target="{target}", where an input '
                "is. Choose another target."
            )
    return targets


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
