"""Which key of the reference belongs to which layer: one table, both ways."""

import typing

from keras_pix2pixhd.models import (
    GlobalGenerator,
    InstanceFeatureEncoder,
    LocalEnhancer,
)


class Row(typing.NamedTuple):
    """A convolution and the normalization after it: ours, and torch's."""

    conv: str
    norm: str | None
    conv_key: str
    norm_key: str | None


def rows(network, feature_matching=True, dropout=False):
    """Returns the table of a network, in the reference's order.

    Args:
        network: `GlobalGenerator`, `LocalEnhancer`,
            `InstanceFeatureEncoder` or `MultiscaleDiscriminator`.
        feature_matching: bool, default True. Whether the reference trained
            a discriminator with feature matching, which names its layers
            otherwise.
        dropout: bool, default False. Whether residual blocks count a
            dropout layer, which none of the reference's classes asks for.

    Returns:
        List of `Row`.
    """
    if isinstance(network, LocalEnhancer):
        return _local(network, dropout)
    if isinstance(network, InstanceFeatureEncoder):
        return _sequence(network.num_downsamplings, 0)
    if isinstance(network, GlobalGenerator):
        return _sequence(
            network.num_downsamplings, network.num_residual_blocks, dropout
        )
    return _discriminator(network, feature_matching)


def _sequence(downsamplings, blocks, dropout=False, output=True):
    """Padding, convolution, normalization and ReLU each count as one."""
    found, index = [_stage("input", "model.1")], 4
    for i in range(1, downsamplings + 1):
        found.append(_stage(f"down{i}", f"model.{index}"))
        index += 3
    for i in range(1, blocks + 1):
        found += _block(f"block{i}", f"model.{index}", dropout)
        index += 1
    for i in range(1, downsamplings + 1):
        found.append(_stage(f"up{i}", f"model.{index}"))
        index += 3
    return [*found, _bare("output", f"model.{index + 1}")] if output else found


def _local(network, dropout):
    found = _sequence(
        network.num_global_downsamplings,
        network.num_global_residual_blocks,
        dropout,
        output=False,
    )
    blocks = network.num_local_residual_blocks
    for n in range(1, network.num_enhancers + 1):
        name, down, up = f"enhancer{n}", f"model{n}_1", f"model{n}_2"
        found.append(_stage(f"{name}_input", f"{down}.1"))
        found.append(_stage(f"{name}_down", f"{down}.4"))
        for i in range(blocks):
            found += _block(f"{name}_block{i + 1}", f"{up}.{i}", dropout)
        found.append(_stage(f"{name}_up", f"{up}.{blocks}"))
    # only the last enhancer paints
    return [*found, _bare("output", f"{up}.{blocks + 4}")]


def _discriminator(network, feature_matching):
    """The reference counts scales from the coarsest."""
    found = []
    for scale in range(network.num_scales):
        level = f"level{network.num_scales - 1 - scale}"
        for i in range(network.num_layers + 2):
            if feature_matching:
                key = f"scale{scale}_layer{i}.0"
            else:  # one sequence; the first has no normalization
                key = f"layer{scale}.{max(0, 3 * i - 1)}"
            if i == 0:
                found.append(_bare(f"{level}/layer0", key))
            elif i <= network.num_layers:
                found.append(_stage(f"{level}/layer{i}", key))
            else:
                found.append(_bare(f"{level}/score", key))
    return found


def _bare(name, key):
    return Row(f"{name}_conv", None, key, None)


def _stage(name, key):
    return Row(f"{name}_conv", f"{name}_norm", key, _after(key))


def _block(name, prefix, dropout):
    keys = [f"{prefix}.conv_block.{i}" for i in (1, 6 if dropout else 5)]
    return [
        Row(f"{name}/conv{i}", f"{name}/norm{i}", key, _after(key))
        for i, key in enumerate(keys, 1)
    ]


def _after(key):
    """The key of the next layer of a sequence."""
    prefix, index = key.rsplit(".", 1)
    return f"{prefix}.{int(index) + 1}"
