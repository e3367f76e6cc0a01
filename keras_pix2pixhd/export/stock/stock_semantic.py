"""What a generator sees of a label map, in operations of Keras."""

import numpy as np
from keras import ops

from keras_pix2pixhd.layers import InstanceEdges, as_floats


def stock_semantic(serving, inputs):
    """Does what `ServingGenerator.semantic` does.

    Args:
        serving: `ServingGenerator`.
        inputs: dict of `keras.KerasTensor`: `label`, and where they are used
            `instance` and `style`.

    Returns:
        `keras.KerasTensor` `(B, H, W, channels)`, float32.
    """
    condition = _condition(serving, inputs["label"])
    parts = [condition]
    if serving.use_instance_edges:
        # its call, not itself: what it calls becomes part of the graph
        parts.append(InstanceEdges(dtype="float32").call(inputs["instance"]))
    if serving.feature_channels:
        hits = condition[..., : serving.num_styles]
        if serving.num_classes is None:
            hits = ops.ones_like(hits)
        parts.append(ops.matmul(hits, ops.expand_dims(inputs["style"], 1)))
    return ops.concatenate(parts, axis=-1) if parts[1:] else condition


def _condition(serving, label):
    if serving.num_classes is None:
        return as_floats(label)
    indices = ops.expand_dims(ops.cast(label, "int32"), -1)
    classes = np.arange(serving.num_classes, dtype="int32")
    hits = ops.cast(ops.equal(indices, classes), "float32")
    unused = serving.label_channels - serving.num_classes
    if not unused:
        return hits
    return ops.pad(hits, ((0, 0), (0, 0), (0, 0), (0, unused)))
