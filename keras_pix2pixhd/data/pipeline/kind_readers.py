"""How photographs, label maps and instance maps are read in the graph."""

import json

import numpy as np
import tensorflow as tf

from keras_pix2pixhd.data.connected_components import connected_components
from keras_pix2pixhd.data.pipeline.converted_files import converted, fingerprint
from keras_pix2pixhd.data.pipeline.file_reader import FileReader
from keras_pix2pixhd.data.pipeline.native_files import way_to_read
from keras_pix2pixhd.data.pipeline.readings import (
    image_readings,
    instance_readings,
    label_readings,
)
from keras_pix2pixhd.data.resizing import resize


def image_reader(pairs, headers, resize, kind):
    """Returns the `FileReader` of photographs: uint8 `(H, W, 3)`.

    Args:
        pairs: `Pairs`.
        headers: What `pair_headers` returned.
        resize: `Resizer`.
        kind: `"image"`, or `"label"` where labels are photographs.
    """
    store, _ = pairs.source(0, kind)
    return FileReader(
        *_paths_and_ways(pairs, kind, headers, "png", is_image=True),
        image_readings(resize, store.background),
        resize,
        lambda index: pairs.read_kind(index, kind),
        "uint8",
        rank=3,
    )


def label_reader(pairs, headers, resize):
    """Returns the `FileReader` of label maps: class indices `(H, W)`."""
    table = pairs.class_table
    made = "indices8" if table.dtype == "uint8" else "indices16"
    return FileReader(
        *_paths_and_ways(pairs, "label", headers, made, has_classes=True),
        label_readings(resize, table),
        resize,
        lambda index: pairs.read_kind(index, "label"),
        table.dtype,
        rank=2,
    )


def instance_reader(pairs, headers, resize):
    """Returns the `FileReader` of instance maps: int32 `(H, W)`."""
    return FileReader(
        *_paths_and_ways(pairs, "instance", headers, "int32"),
        instance_readings(resize),
        resize,
        lambda index: pairs.read_kind(index, "instance"),
        "int32",
        rank=2,
    )


def component_reader(pairs, sizes):
    """The same of connected regions, numbered when label maps are resized.

    Args:
        pairs: `Pairs`.
        sizes: Array `(len(pairs), 2)`, what each label map is resized to.
    """

    def as_it_is(array, size, blend):
        return array

    def reading(contents, sizes):
        size_of_both = tf.stack([sizes[1], sizes[1]])
        return instance_readings(as_it_is)["int32"](contents, size_of_both)

    jobs = [_components_job(pairs, i, size) for i, size in enumerate(sizes)]
    return FileReader(
        converted(jobs),
        ["int32"] * len(pairs),
        {"int32": reading},
        as_it_is,
        lambda index: pairs.read_kind(index, "instance"),
        "int32",
        rank=2,
    )


def fingerprint_of_pair(pairs, index):
    """Returns a list that changes with anything that decides its arrays."""
    found = [pairs.components]
    for kind in pairs.kinds_of_files:
        store, place = pairs.source(index, kind)
        found += [kind, *fingerprint(store.files[place]), *_settings(store)]
    return found


def _paths_and_ways(
    pairs, kind, headers, made, is_image=False, has_classes=False
):
    """Returns what TensorFlow opens for each pair, and how.

    Files that it cannot read become PNG files of the way `made`.
    """
    paths, ways, others = [], [], []
    for index, header in enumerate(headers):
        store, place = pairs.source(index, kind)
        way = way_to_read(store, header[kind], is_image, has_classes)
        paths.append(str(store.files[place]))
        ways.append(made if way == "other" else way)
        if way == "other":
            others.append(index)
    jobs = [_file_job(pairs, index, kind) for index in others]
    for index, path in zip(others, converted(jobs), strict=True):
        paths[index] = path
    return paths, ways


def _file_job(pairs, index, kind):
    store, place = pairs.source(index, kind)
    key = (kind, fingerprint(store.files[place]), _settings(store))

    def read():
        array = pairs.read_kind(index, kind)
        many = kind == "label" and array.dtype == np.int32
        return array.astype("uint16") if many else array

    return key, read


def _components_job(pairs, index, size):
    store, place = pairs.source(index, "label")
    size = tuple(map(int, size))
    key = ("components", size, fingerprint(store.files[place]))
    key += (_settings(store),)

    def read():
        label = resize(pairs.read_kind(index, "label"), size, blend=False)
        return connected_components(label)

    return key, read


def _settings(store):
    """What else of a datastore decides how a file is read."""
    table = getattr(store, "class_table", None)
    return (
        getattr(store, "part", None),
        getattr(store, "background", None),
        getattr(store, "threshold", None),
        table and json.dumps(table.get_config()),
    )
