"""The check of all records of a side."""

import re

import tensorflow as tf

from keras_pix2pixhd.data.files.file_system import shown
from keras_pix2pixhd.data.records.encoding import name_bytes
from keras_pix2pixhd.unreadable_data import plain


def check_records(pairs, indices, loader):
    """Reads records once; implements `RecordPairs.check`.

    Args:
        pairs: `RecordPairs`.
        indices: The numbers of their records, which must come in this order.
        loader: `RecordLoader` that leaves sizes as they are.

    Raises:
        ValueError: If anything is wrong; the first that is found.
    """
    try:
        elements = loader.decoded(shuffle=False, seed=None, shard=None)
        elements = elements.as_numpy_iterator()
        for due, (keys, arrays, _) in zip(indices, elements, strict=True):
            _check_keys(pairs, due, keys)
            _check_classes(pairs, due, arrays["label"])
    except (tf.errors.OpError, ValueError) as error:
        raise ValueError(
            "Every record must be whole and what records.json says. Received: "
            f"{shown(pairs.folder)}: {_said(str(error))}. Write the records "
            "again."
        ) from None


def _check_keys(pairs, due, keys):
    index, name = keys["index"], keys["name"]
    due_name = name_bytes(pairs.side.names[due])
    if (index, name) != (due, due_name):
        raise ValueError(
            f"record {index}, {name!r}, where record {due}, {due_name!r}, "
            "must be"
        )


def _check_classes(pairs, index, label):
    table = pairs.class_table
    if table is None:
        return
    strange = label[(label >= len(table)) & (label != table.void_index)]
    if strange.size:
        raise ValueError(
            f"a label map of the pair {pairs.side.names[index]!r} with the "
            f"class {strange[0]}, of {len(table)} from 0 on"
        )


def _said(text):
    """Returns what was said of a record, by us or by TensorFlow."""
    said = re.search(r"ValueError: .*Received: (.*?)\. Write ", text)
    return said[1] if said else plain(text)
