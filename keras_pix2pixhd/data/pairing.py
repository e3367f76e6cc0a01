import pathlib

from keras_pix2pixhd.data.files.file_system import one_line
from keras_pix2pixhd.data.image_datastore import ImageDatastore
from keras_pix2pixhd.data.instance_datastore import InstanceDatastore
from keras_pix2pixhd.data.pairs import Pairs
from keras_pix2pixhd.data.pixel_label_datastore import PixelLabelDatastore

_SHOWN = 5


def combine(*, images, labels, instances=None, key=None, unpaired="error"):
    """Pairs photographs with their label maps, and instance maps if any.

    Files are matched by key, never by their order in the folder.

    Args:
        images: An `ImageDatastore`.
        labels: A `PixelLabelDatastore`; or another `ImageDatastore`, for
            pairs of two photographs without classes.
        instances: An `InstanceDatastore`. Defaults to `None`, no instances.
        key: Function from a file name such as `"car_01_mask.png"` to the
            pairing key, a string that the files of one pair share. The names
            of recursive datastores begin with their subfolders. Defaults to
            the name without its extension.
        unpaired: `"error"` (default), or `"skip"`, to leave files without a
            partner out and list them in `Pairs.unpaired`.

    Returns:
        `Pairs`, in the order of the keys.

    Raises:
        ValueError: If a file has no partner, or two files of one datastore
            have the same key.

    Example:

    >>> import tempfile
    >>> from PIL import Image
    >>> from keras_pix2pixhd.data import (
    ...     CARVANA, ImageDatastore, PixelLabelDatastore)
    >>> photos, masks = tempfile.mkdtemp(), tempfile.mkdtemp()
    >>> Image.new("RGB", (6, 4)).save(f"{photos}/a.jpg")
    >>> Image.new("L", (6, 4)).save(f"{masks}/a_mask.png")
    >>> pairs = combine(
    ...     images=ImageDatastore(photos),
    ...     labels=PixelLabelDatastore(masks, CARVANA),
    ...     key=lambda name: name.split(".")[0].removesuffix("_mask"),
    ... )
    >>> pairs.names
    ('a',)
    """
    stores = {"image": images, "label": labels, "instance": instances}
    stores = {
        kind: store
        for kind, store in stores.items()
        if store is not None or kind != "instance"
    }
    _check_kinds(stores)
    _check_choice(unpaired)
    places = {
        kind: _places_by_key(store, key or _stem)
        for kind, store in stores.items()
    }
    if unpaired == "error":
        _check_partners("label map", images, labels, places, "label")
    if unpaired == "error" and instances is not None:
        _check_partners("instance map", images, instances, places, "instance")
    common = set.intersection(*(set(found) for found in places.values()))
    rows = {
        name: {kind: places[kind][name] for kind in stores}
        for name in sorted(common)
    }
    lonely = {
        kind: [
            store.files[place]
            for name, place in places[kind].items()
            if name not in common
        ]
        for kind, store in stores.items()
    }
    return Pairs(rows, **stores, unpaired=lonely)


def _check_choice(unpaired):
    if unpaired not in ("error", "skip"):
        raise ValueError(
            "`unpaired` must be 'error' or 'skip'. "
            f"Received: unpaired={unpaired!r}"
        )


def _stem(name):
    return str(pathlib.PurePath(name).with_suffix(""))


def _places_by_key(store, key):
    places = {}
    for place, own in enumerate(store.names):
        name = key(own)
        if not isinstance(name, str):
            raise ValueError(
                "`key` must return a string for each file name. Received: "
                f"{name!r} for {one_line(own)}"
            )
        if name in places:
            other = store.names[places[name]]
            raise ValueError(
                "Each pairing key must belong to one file of "
                f"{one_line(store.folder)}. Received: key {name!r} for "
                f"{one_line(other)} and {one_line(own)}. Remove "
                "one of them, or pass a `key=` that tells them apart."
            )
        places[name] = place
    return places


_KINDS = {
    "image": (ImageDatastore,),
    "label": (PixelLabelDatastore, ImageDatastore),
    "instance": (InstanceDatastore,),
}


def _check_kinds(stores):
    for kind, store in stores.items():
        if not isinstance(store, _KINDS[kind]):
            names = " or ".join(k.__name__ for k in _KINDS[kind])
            raise ValueError(
                f"`{kind}s` must be of the class {names}. Received: {store!r}"
            )


def _check_partners(what, images, others, places, kind):
    lonely_images = _missing(images, places["image"], places[kind])
    lonely_others = _missing(others, places[kind], places["image"])
    problems = []
    if lonely_images:
        problems.append(f"without {what}: {_first_few(lonely_images)}")
    if lonely_others:
        problems.append(f"{what} without image: {_first_few(lonely_others)}")
    if problems:
        raise ValueError(
            f"Each image must have exactly one {what}. Received: "
            f"{'; '.join(problems)}. Add or remove files, or, if the two are "
            "named differently, pass `key=`, a function from file name to "
            "pairing key, such as "
            "lambda name: name.split('.')[0].removesuffix('_mask')."
        )


def _missing(store, places, partners):
    return [
        store.files[place].name
        for name, place in places.items()
        if name not in partners
    ]


def _first_few(names):
    more = f" ... ({len(names)} in all)" if len(names) > _SHOWN else ""
    return ", ".join(map(one_line, names[:_SHOWN])) + more
