"""Networks from the reference's checkpoints."""

import os
import pathlib

from keras_pix2pixhd.converters.architecture import infer
from keras_pix2pixhd.converters.import_report import ImportReport
from keras_pix2pixhd.converters.nvidia_options import read_nvidia_options
from keras_pix2pixhd.converters.shape_reader import listed
from keras_pix2pixhd.converters.slots import slots
from keras_pix2pixhd.converters.state_dicts import as_array, read_state_dict


def load_nvidia_generator(source, report=None):
    """Makes the generator that a checkpoint of the reference holds.

    Everything is inferred from keys and shapes: global or local, channels,
    filters, downsamplings, residual blocks, enhancers, instance or batch
    normalization, and whether the blocks count a dropout layer.

    Args:
        source: path of a `*_net_G.pth` file, which is read with torch; or
            its state dict, a mapping from key to NumPy array or torch
            tensor. Keys may begin with `module.`, as DataParallel has them.
        report: function that is called with an `ImportReport`, such as
            `print`. Default: none.

    Returns:
        `GlobalGenerator` or `LocalEnhancer`, with the weights.

    Raises:
        ValueError: if there is no such file, it holds anything else, or a
            key is missing, left over or of another shape.

    Reference:
        `GlobalGenerator` and `LocalEnhancer` of NVIDIA/pix2pixHD.

    Example:

    ```python
    generator = load_nvidia_generator("latest_net_G.pth", report=print)
    ```
    """
    return _load(source, "generator", report)


def load_nvidia_encoder(source, report=None):
    """Makes the feature encoder that a checkpoint of the reference holds.

    Args:
        source: path of a `*_net_E.pth` file, or its state dict; see
            `load_nvidia_generator`.
        report: function that is called with an `ImportReport`. Default: none.

    Returns:
        `InstanceFeatureEncoder`, with the weights.

    Raises:
        ValueError: as `load_nvidia_generator`.

    Reference:
        `Encoder` of NVIDIA/pix2pixHD.

    Example:

    ```python
    encoder = load_nvidia_encoder("latest_net_E.pth", report=print)
    ```
    """
    return _load(source, "encoder", report)


def load_nvidia_discriminator(source, output_activation=None, report=None):
    """Makes the discriminators that a checkpoint of the reference holds.

    Args:
        source: path of a `*_net_D.pth` file, or its state dict; see
            `load_nvidia_generator`.
        output_activation: `"sigmoid"` or `None`. A sigmoid leaves no key.
            With `None` (default) it is what the `opt.txt` beside the file
            says: a sigmoid for `no_lsgan`, but only without feature
            matching, since with it the reference leaves the sigmoid out.
            Without such a file there is none.
        report: function that is called with an `ImportReport`. Default: none.

    Returns:
        `MultiscaleDiscriminator`, with the weights.

    Raises:
        ValueError: as `load_nvidia_generator`.

    Reference:
        `MultiscaleDiscriminator` of NVIDIA/pix2pixHD.

    Example:

    ```python
    discriminator = load_nvidia_discriminator("latest_net_D.pth")
    ```
    """
    return _load(source, "discriminator", report, output_activation)


def _load(source, wanted, report, output_activation=None):
    state, name = read_state_dict(source)
    shapes = {key: tuple(value.shape) for key, value in state.items()}
    network_class, arguments, style = infer(shapes, wanted, name)
    notes = []
    if wanted == "discriminator":
        arguments["output_activation"] = output_activation or _activation(
            source, style["feature_matching"], notes
        )
    network = network_class(**arguments)
    made = ImportReport(
        name.strip('"'),
        network_class.__name__,
        arguments,
        *_fill(slots(network, **style), state, name),
        notes=tuple(notes),
    )
    if report is not None:
        report(made)
    return network


def _activation(source, feature_matching, notes):
    """What the options beside a file say of the sigmoid."""
    if not isinstance(source, (str, os.PathLike)):
        return None
    path = pathlib.Path(source).parent / "opt.txt"
    if not path.is_file() or not read_nvidia_options(path).get("no_lsgan"):
        return None
    if feature_matching:
        notes.append(
            f"{path} says no_lsgan, but with feature matching the reference "
            "leaves the sigmoid out: none here"
        )
        return None
    notes.append(f"sigmoid: {path} says no_lsgan")
    return "sigmoid"


def _fill(table, state, name):
    """Moves arrays into weights; returns what an `ImportReport` counts."""
    _check(table, state, name)
    tensors = numbers = 0
    ignored, missing = {}, {}
    for slot in table:
        if slot.idle is not None:
            kept = ignored if slot.key in state else missing
            if slot.key in state or slot.written:
                kept.setdefault(slot.idle, []).append(slot.key)
            continue
        # popped, so that large networks are not held twice for long
        array = as_array(state.pop(slot.key), slot.key)
        slot.assign(array)
        tensors, numbers = tensors + 1, numbers + array.size
    return tensors, numbers, ignored, missing


def _check(table, state, name):
    """Refuses keys that are missing, left over or of another shape."""
    expected = {slot.key: slot for slot in table}
    lacking = [
        slot.key
        for slot in table
        if slot.idle is None and slot.key not in state
    ]
    left = [key for key in state if key not in expected]
    wrong = [
        f"{key} of {tuple(value.shape)} in place of {expected[key].shape}"
        for key, value in state.items()
        if key in expected and tuple(value.shape) != expected[key].shape
    ]
    problems = [
        f"{title} {listed(found)}"
        for title, found in (
            ("without", lacking),
            ("with keys left over:", left),
            ("with shapes that differ:", wrong),
        )
        if found
    ]
    if problems:
        raise ValueError(
            f"{name} must hold exactly the weights of the network that its "
            f"keys describe. Received: a state dict {'; '.join(problems)}"
        )
