"""The network that a state dict belongs to, from its keys and shapes."""

import re

from keras_pix2pixhd.converters.shape_reader import ShapeReader, listed
from keras_pix2pixhd.models import (
    GlobalGenerator,
    InstanceFeatureEncoder,
    LocalEnhancer,
    MultiscaleDiscriminator,
)

KINDS = {
    "global": (GlobalGenerator, "generator"),
    "local": (LocalEnhancer, "generator"),
    "encoder": (InstanceFeatureEncoder, "encoder"),
    "discriminator": (MultiscaleDiscriminator, "discriminator"),
}
_SCALE = re.compile(r"scale(\d+)_layer(\d+)\.")
_SCALE_IN_SEQUENCE = re.compile(r"layer(\d+)\.(\d+)\.\w+$")
_BLOCK = re.compile(r"model\.(\d+)\.conv_block\.")


def infer(shapes, wanted, source):
    """Returns a network class, its arguments, and the style of its keys.

    Args:
        shapes: dict from key to shape.
        wanted: `"generator"`, `"encoder"` or `"discriminator"`.
        source: what to call the state dict in an error.

    Raises:
        ValueError: if it is of another kind, or its shapes fit no network.
    """
    kind = _kind(shapes, wanted)
    if kind is None:
        raise ValueError(
            f"{source} must hold a {wanted} of the reference, whose first "
            f"key is {_FIRST_KEYS[wanted]}. Received the keys "
            f"{listed(shapes)}"
        )
    network_class, role = KINDS[kind]
    if role != wanted:
        raise ValueError(
            f"{source} must hold a {wanted} of the reference. Received: the "
            f"keys of a {role}, {listed(shapes)}. load_nvidia_{role} reads it."
        )
    return network_class, *_READERS[kind](ShapeReader(shapes, source))


_FIRST_KEYS = {
    "generator": "model.1.weight",
    "encoder": "model.1.weight",
    "discriminator": "scale0_layer0.0.weight or layer0.0.weight",
}


def _kind(shapes, wanted):
    if any(map(_SCALE.match, shapes)):
        return "discriminator"
    if any(map(_SCALE_IN_SEQUENCE.match, shapes)):
        return "discriminator"
    if any(re.match(r"model\d+_[12]\.", key) for key in shapes):
        return "local"
    if any(map(_BLOCK.match, shapes)):
        return "global"
    if not any(re.match(r"model\.\d+\.\w+$", key) for key in shapes):
        return None
    # without residual blocks both are alike; an encoder sees a photograph
    photograph = shapes.get("model.1.weight", (0, 3))[1:2] == (3,)
    return "encoder" if photograph or wanted == "encoder" else "global"


def _sequence(shapes):
    """Settings of a global generator's layers, and the number of blocks."""
    filters, channels = shapes.kernel("model.1.weight")[:2]
    downs = shapes.halvings(filters)
    blocks = shapes.count(
        [int(m[1]) for key in shapes.shapes if (m := _BLOCK.match(key))],
        "model.{}.conv_block",
        first=4 + 3 * downs,
    )
    return filters, channels, downs, blocks


def _global(shapes):
    filters, channels, downs, blocks = _sequence(shapes)
    last = shapes.kernel(f"model.{6 * downs + blocks + 5}.weight")
    dropout = shapes.dropout()
    return {
        "input_channels": channels,
        "output_channels": last[0],
        "filters": filters,
        "num_downsamplings": downs,
        "num_residual_blocks": blocks,
        "normalization": shapes.normalization(),
        "dropout": 0.5 if dropout else 0.0,
    }, {"dropout": dropout}


def _encoder(shapes):
    filters, channels, downs, _ = _sequence(shapes)
    last = shapes.kernel(f"model.{6 * downs + 5}.weight")
    return {
        "input_channels": channels,
        "feature_channels": last[0],
        "filters": filters,
        "num_downsamplings": downs,
        "normalization": shapes.normalization(),
    }, {}


def _local(shapes):
    _, channels, downs, blocks = _sequence(shapes)

    def indices(pattern):
        found = (re.match(pattern, key) for key in shapes.shapes)
        return [int(match[1]) for match in found if match]

    enhancers = shapes.count(indices(r"model(\d+)_"), "model{}_1", first=1)
    local = shapes.count(
        indices(rf"model{enhancers}_2\.(\d+)\.conv_block\."),
        f"model{enhancers}_2.{{}}.conv_block",
    )
    filters = shapes.kernel(f"model{enhancers}_1.1.weight")[0]
    last = shapes.kernel(f"model{enhancers}_2.{local + 4}.weight")
    dropout = shapes.dropout()
    return {
        "input_channels": channels,
        "output_channels": last[0],
        "filters": filters,
        "num_enhancers": enhancers,
        "num_local_residual_blocks": local,
        "num_global_downsamplings": downs,
        "num_global_residual_blocks": blocks,
        "normalization": shapes.normalization(),
        "dropout": 0.5 if dropout else 0.0,
    }, {"dropout": dropout}


def _discriminator(shapes):
    in_scales = [m for key in shapes.shapes if (m := _SCALE.match(key))]
    if in_scales:
        first = "scale0_layer0.0.weight"
        form, layer_form = "scale{}_layer0", "scale0_layer{}"
        found = {(int(m[1]), int(m[2])) for m in in_scales}
    else:
        first = "layer0.0.weight"
        form, layer_form = "layer{}.0", "layer0, convolution {}"
        found = {
            (int(m[1]), (int(m[2]) + 1) // 3)
            for key, shape in shapes.shapes.items()
            if (m := _SCALE_IN_SEQUENCE.match(key)) and len(shape) == 4
        }
    filters, channels = shapes.kernel(first)[:2]
    scales = shapes.count([scale for scale, _ in found], form)
    stages = shapes.count([layer for s, layer in found if s == 0], layer_form)
    if stages < 3:
        raise ValueError(
            f"{shapes.source} must hold a convolution, at least one layer "
            f"and the scores. Received: {listed(shapes.shapes)}"
        )
    return {
        "input_channels": channels,
        "filters": filters,
        "num_layers": stages - 2,
        "num_scales": scales,
        "normalization": shapes.normalization(),
    }, {"feature_matching": bool(in_scales)}


_READERS = {
    "global": _global,
    "local": _local,
    "encoder": _encoder,
    "discriminator": _discriminator,
}
