"""What models must have in common to have the same variables."""

import json

from keras_pix2pixhd.checkpoints.gan_state import parts_of

# names, and what Keras notes beside a configuration; how gradients are
# computed
_FREE = {
    *("name", "registered_name", "module", "build_config"),
    *("inbound_nodes", "input_layers", "output_layers"),
    "rematerialize",
}
# where the weights lie, and what was measured
_FREE_OF_PERCEPTUAL = {"weights", "tap_means", "sha256"}


def describe(gan):
    """Describes what a model is made of, but for its numbers.

    Args:
        gan: `Pix2PixHDGAN`.

    Returns:
        dict that JSON can hold: `settings` of the networks, by their path,
        and the `class_table`; of a compiled model also the classes of its
        `optimizers`, and of its `variables` group, path, shape and dtype.
    """
    config = json.loads(json.dumps(gan.get_config()))
    description = {
        "class_table": config.pop("class_table"),
        "settings": dict(_flat(config)),
    }
    if gan.compiled:
        names = "optimizer", "generator_optimizer", "discriminator_optimizer"
        description["optimizers"] = {
            name: type(getattr(gan, name)).__name__ for name in names
        }
        description["variables"] = [
            part.description() for part in parts_of(gan)
        ]
    return description


def _flat(value, path=""):
    """Yields the path and the value of all that is set in a configuration."""
    inside = f"{path}." if path else ""
    if isinstance(value, dict) and value.get("class_name") == "DTypePolicy":
        yield path, value["config"]["name"]
    elif isinstance(value, dict) and {"class_name", "config"} <= {*value}:
        yield path, value["class_name"]
        yield from _flat(value["config"], path)
    elif isinstance(value, dict):
        free = _FREE
        if path == "perceptual_network":
            free = free | _FREE_OF_PERCEPTUAL
        for name in sorted({*value} - free):
            yield from _flat(value[name], f"{inside}{name}")
    elif isinstance(value, list) and any(
        isinstance(part, (dict, list)) for part in value
    ):
        for i, part in enumerate(value):
            yield from _flat(part, f"{inside}{i}")
    else:
        yield path, value
