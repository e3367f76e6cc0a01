"""What the input channels of imported weights mean."""

import typing

from keras_pix2pixhd.data import CITYSCAPES

FEATURES = ("none", "instances", "labels")
_FLAGS = {
    "class_table": "class_table (--classes)",
    "use_instance_edges": "use_instance_edges (--instance-edges or "
    "--no-instance-edges)",
    "features": "features (--features none, instances or labels)",
}


class Condition(typing.NamedTuple):
    """Classes, edges and features, and where each was said.

    Without classes, `class_table` is `None`, and the networks see an image
    of `label_channels`.
    """

    class_table: typing.Any
    label_channels: int
    use_instance_edges: bool
    features: str
    notes: tuple

    @property
    def channels(self):
        """Channels without those of features and image."""
        return self.label_channels + int(self.use_instance_edges)


def condition(folder, generator, class_table, use_instance_edges, features):
    """Returns the `Condition` of a checkpoint folder.

    Raises:
        ValueError: if something is neither given nor in `opt.txt`, or is not
            what it must be.
    """
    if features not in (None, *FEATURES):
        raise ValueError(
            f"features must be one of {', '.join(FEATURES)}. Received: "
            f"features={features!r}"
        )
    given = {
        "class_table": class_table,
        "use_instance_edges": use_instance_edges,
        "features": features,
    }
    said = _said(folder.options)
    if "features" not in said and not folder.has("E"):
        said["features"] = "none"
    settings = {
        name: said.get(name) if value is None else value
        for name, value in given.items()
    }
    lacking = [name for name, value in settings.items() if value is None]
    if lacking:
        raise ValueError(
            f'"{folder.path}" has no opt.txt that says what the '
            f"{generator.input_channels} input channels of the generator "
            f"mean. Received: no {', no '.join(lacking)}. Give "
            f"{', '.join(_FLAGS[name] for name in lacking)}."
        )
    settings["class_table"], count = _classes(folder, settings["class_table"])
    notes = _notes(folder.options, given, settings, count)
    return Condition(label_channels=count, notes=notes, **settings)


def _classes(folder, table):
    """Returns the class table, `None` for none, and the label's channels."""
    if hasattr(table, "names"):
        return table, len(table)
    if table:
        return table, table
    return None, _count(folder.options, "input_nc", 3)


def _count(options, name, default):
    count = options.get(name, default)
    if type(count) is not int or count < 1:
        raise ValueError(
            f"{name} of opt.txt must be a number of channels. Received: "
            f"{name}={count!r}"
        )
    return count


def _notes(options, given, settings, channels):
    """Where each setting comes from, in sentences."""
    said = _said(options)
    ours = [name for name, value in given.items() if value is not None]
    theirs = [name for name in said if name not in ours]
    notes = [f"given: {', '.join(ours)}"] if ours else []
    notes += [f"from opt.txt: {', '.join(theirs)}"] if theirs else []
    if "features" not in [*ours, *theirs]:
        notes.append("features: none, since the folder has no encoder")
    if "class_table" in theirs and settings["class_table"] is CITYSCAPES:
        notes.append(
            "classes: those of Cityscapes, by the name of the data folder"
        )
    if settings["class_table"] is None:
        notes.append(
            "no classes: it paints from images of "
            f"{channels} channels, uint8 in [0, 255] or floats in [-1, 1]"
        )
    return tuple(notes)


def _said(options):
    """What `opt.txt` says, by our names."""
    said = {}
    if "label_nc" in options:
        none = type(options["label_nc"]) is int and options["label_nc"] == 0
        count = 0 if none else _count(options, "label_nc", None)
        cityscapes = "cityscapes" in str(options.get("dataroot")).lower()
        named = count == len(CITYSCAPES) and cityscapes
        said["class_table"] = CITYSCAPES if named else count
    if "no_instance" in options:
        said["use_instance_edges"] = not options["no_instance"]
    if "instance_feat" in options or "label_feat" in options:
        # given both, the reference encodes along the labels
        follows = "instances" if options.get("instance_feat") else "none"
        said["features"] = "labels" if options.get("label_feat") else follows
    return said


def channels(file, received, seen, encoder=None, image=None):
    """Refuses weights whose channels do not add up.

    Args:
        file: name of the file of the weights.
        received: its input channels.
        seen: `Condition`.
        encoder: network whose features it sees as well, or `None`.
        image: channels of an image that it sees as well, or `None`.
    """
    painted_from = "label image" if seen.class_table is None else "classes"
    parts = [(seen.label_channels, f"of the {painted_from}")]
    if seen.use_instance_edges:
        parts.append((1, "of the instance edges"))
    if encoder is not None:
        parts.append((encoder.feature_channels, "of the features"))
    if image is not None:
        parts.append((image, "of the image"))
    total = sum(count for count, _ in parts)
    if total != received:
        sum_of = " + ".join(f"{count} {what}" for count, what in parts)
        raise ValueError(
            f"The input channels of {file} must be {sum_of} = {total}. "
            f"Received: weights with {received}. Give the class_table, "
            "use_instance_edges and features (--classes, --instance-edges or "
            "--no-instance-edges, --features) that they were trained with."
        )
