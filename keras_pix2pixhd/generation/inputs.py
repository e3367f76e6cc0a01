"""What `generate_folder` reads for one photograph."""

from keras_pix2pixhd.data import (
    ClassTable,
    connected_components,
    read_image,
    read_instance,
    read_label,
)
from keras_pix2pixhd.data.check import check_sizes
from keras_pix2pixhd.data.resizing import resize


def read_batch(gan, files, image_size, part=None):
    """Reads what one photograph is painted from.

    Args:
        gan: `Pix2PixHDGAN`.
        files: dict from `"label"`, and maybe `"instance"` and `"image"`, to
            a path. Without the second, a model that sees instances is given
            the connected regions of the label map.
        image_size: `(height, width)` to resize to, or None.
        part: which half of the label's file is read, see `ImageDatastore`;
            for models without classes.

    Returns:
        dict of arrays of one map each, and the `(height, width)` of the
        label map.

    Raises:
        ValueError: if a file is not what it must be, or of another size than
            the label map.
    """
    arrays = {"label": _read_label(files["label"], gan, part)}
    for kind, read in (("instance", read_instance), ("image", read_image)):
        if kind in files:
            arrays[kind] = read(files[kind])
    check_sizes(arrays, files)
    size = arrays["label"].shape[:2]
    batch = {
        kind: resize(array, image_size or size, blend=array.ndim == 3)[None]
        for kind, array in arrays.items()
    }
    if gan.needs_instances and "instance" not in batch:
        batch["instance"] = connected_components(batch["label"])
    return batch, size


def _read_label(path, gan, part):
    """Returns class indices `(height, width)`, or an image."""
    class_table = gan.class_table
    if class_table is None:
        return _read_condition(path, gan.semantic_input.label_channels, part)
    if part is not None:
        raise ValueError(
            "part is for models without classes, which paint from images. "
            f"Received: part={part!r} for a model with classes. Leave it out."
        )
    if not isinstance(class_table, int):
        return read_label(path, class_table)
    count = class_table
    table = ClassTable(
        names=[str(index) for index in range(count)],
        ids=range(count),
        colors=[(i >> 16, i >> 8 & 255, i & 255) for i in range(count)],
        void_ids=[255] if count <= 255 else [],
    )
    return table.ids_to_indices(read_instance(path), f'"{path}"')


def _read_condition(path, channels, part):
    """Returns pixels `(height, width, 3)`."""
    if channels != 3:
        raise ValueError(
            "A model that paints from image files must see 3 channels. "
            f"Received: a model without classes of label_channels={channels}. "
            "Paint with its generate(label) in Python."
        )
    return read_image(path, part=part)
