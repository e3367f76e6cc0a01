from keras_pix2pixhd.data.class_table import ClassTable
from keras_pix2pixhd.data.image_datastore import ImageDatastore
from keras_pix2pixhd.data.instance_datastore import InstanceDatastore
from keras_pix2pixhd.data.pairing import combine
from keras_pix2pixhd.data.pixel_label_datastore import PixelLabelDatastore


def pair_folders(
    images,
    labels,
    class_table,
    instances=None,
    key=None,
    unpaired="error",
    recursive=False,
):
    """Pairs the files of any two folders, or of three.

    The short form of `combine` with a datastore for each folder.

    Args:
        images: The folder of photographs.
        labels: The folder of label maps.
        class_table: A `ClassTable`, or the file of one, see
            `ClassTable.load`; `None` if `labels` holds pictures without
            classes, to be read as RGB.
        instances: The folder of instance maps. Defaults to `None`: none.
        key: Function from a file name to the pairing key, as for `combine`.
            Defaults to the name without its extension.
        unpaired: `"error"` (default), or `"skip"` to leave files without a
            partner out.
        recursive: Whether to list subfolders too; the names then begin with
            them. Pairs called `train/...` and `val/...` are what `split`
            takes for an official split. Defaults to `False`.

    Returns:
        `Pairs`.

    Raises:
        ValueError: If a folder does not exist or holds no image, the table
            cannot be read, or the files do not pair up.

    Example:

    >>> import tempfile
    >>> from PIL import Image
    >>> photos, masks = tempfile.mkdtemp(), tempfile.mkdtemp()
    >>> Image.new("RGB", (6, 4)).save(f"{photos}/a.jpg")
    >>> Image.new("L", (6, 4), 2).save(f"{masks}/a.png")
    >>> table = ClassTable(["road", "car"], [1, 2], [(0, 0, 9), (9, 0, 0)])
    >>> pair_folders(photos, masks, table)
    <Pairs of image + label, 1 pairs>
    """
    if class_table is None:
        label_store = ImageDatastore(labels, recursive=recursive)
    else:
        if not isinstance(class_table, ClassTable):
            class_table = ClassTable.load(class_table)
        label_store = PixelLabelDatastore(
            labels, class_table, recursive=recursive
        )
    instance_store = None
    if instances is not None:
        instance_store = InstanceDatastore(instances, recursive=recursive)
    return combine(
        images=ImageDatastore(images, recursive=recursive),
        labels=label_store,
        instances=instance_store,
        key=key,
        unpaired=unpaired,
    )
