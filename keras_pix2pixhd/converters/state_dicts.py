"""State dicts of torch: read from and written to files."""

import collections.abc
import os
import pathlib
import pickle
import re
import warnings

import numpy as np

from keras_pix2pixhd.whole_file import whole_file

NO_TORCH = (
    "A .pth file is read and written with torch, which is not installed: {}. "
    'pip install "keras_pix2pixhd[nvidia]"'
)
# what torch says of a pickle that asks for more than tensors
_REFUSED = re.compile(
    r"unsupported GLOBAL [\w.]+|GLOBAL [\w.]+|Unsupported \w+ [\w.<>' ]+"
)


def read_state_dict(source):
    """Returns a state dict as `{key: array or tensor}`, and what to call it.

    Args:
        source: path of a `.pth` file (zip or the older format; only tensors
            are read, nothing in it is executed), or a mapping from key to
            NumPy array or torch tensor, which needs no torch.

    Raises:
        ValueError: if there is no such file, or it holds anything else.
    """
    if isinstance(source, (str, os.PathLike)):
        path = pathlib.Path(source)
        name, state = f'"{path}"', _read_file(path)
    else:
        name, state = "The state dict", source
    if not isinstance(state, collections.abc.Mapping):
        raise ValueError(
            f"{name} must hold a state dict: names of weights and their "
            f"tensors. Received: a {type(state).__name__}. With torch: "
            "torch.save(network.state_dict(), path)."
        )
    state = dict(state)
    odd = [
        key
        for key, value in state.items()
        if not isinstance(key, str) or not hasattr(value, "shape")
    ]
    if odd or not state:
        raise ValueError(
            f"{name} must hold a state dict: names of weights and their "
            f"tensors. Received: {_described(state, odd)}. Give the mapping "
            "inside that has the tensors."
        )
    return _without_prefix(state), name


def _described(state, odd):
    if not state:
        return "nothing at all"
    return ", ".join(f"{k!r}: {type(state[k]).__name__}" for k in odd[:5])


def _without_prefix(state):
    """Takes off what torch's DataParallel puts in front of every key."""
    if all(key.startswith("module.") for key in state):
        return {key.removeprefix("module."): x for key, x in state.items()}
    return state


def _read_file(path):
    if not path.is_file():
        raise ValueError(
            "A checkpoint must be an existing .pth file. Received: "
            f'"{path}", which is missing'
        )
    try:
        import torch
    except ImportError as error:
        raise ValueError(NO_TORCH.format(error)) from error
    try:
        with warnings.catch_warnings():
            # of pickle protocols, in front of an error that says it all
            warnings.simplefilter("ignore")
            return torch.load(path, map_location="cpu", weights_only=True)
    except pickle.UnpicklingError as error:
        refused = _REFUSED.search(str(error))
        what = f" ({refused[0].strip()})" if refused else ""
        raise ValueError(
            f'"{path}" must hold a state dict: names of weights and tensors '
            "only. Received: a file that holds something else, such as a "
            f"whole pickled network or code{what}. It was refused and nothing "
            "in it was executed. Where it came from, and only if that is "
            "trusted: torch.save(network.state_dict(), path)."
        ) from error
    except Exception as error:  # of any type, for a file of any content
        raise ValueError(
            f'"{path}" must hold a state dict that torch.save wrote. '
            "Received: a truncated file, or one of another kind "
            f"({type(error).__name__}: {_first_line(error)})"
        ) from error


def _first_line(error):
    return str(error).strip().split("\n")[0] or "no more bytes"


def as_array(value, key):
    """Returns an array or a torch tensor of any device as a NumPy array.

    Args:
        value: the array or tensor.
        key: its name, for the error.

    Returns:
        NumPy array, float32.

    Raises:
        ValueError: if it does not hold finite floating point numbers.
    """
    try:
        if hasattr(value, "detach"):
            kind = str(value.dtype).removeprefix("torch.")
            if value.is_floating_point():
                value = value.detach().cpu().float().numpy()
        else:
            kind = str(np.asarray(value).dtype)
        with np.errstate(over="ignore"):
            array = np.asarray(value, "float32") if "float" in kind else None
    except (NotImplementedError, RuntimeError, TypeError) as error:
        array, kind = None, f"a tensor of another layout ({error})"
    if array is None or not np.isfinite(array).all():
        received = kind if array is None else f"{kind} with NaN or infinity"
        raise ValueError(
            f"Weights must be dense, finite floating point numbers. Received: "
            f"{key!r}: {received}. The file is damaged, or its training "
            "diverged: take an earlier one."
        )
    return array


def write_state_dict(state, path):
    """Writes arrays as a state dict that torch loads, whole or not at all.

    Args:
        state: dict from key to NumPy array.
        path: path of the `.pth` file; its folder is made if need be.

    Raises:
        ValueError: if torch is not installed or the file cannot be written.
    """
    try:
        import torch
    except ImportError as error:
        raise ValueError(NO_TORCH.format(error)) from error
    tensors = {key: torch.from_numpy(array) for key, array in state.items()}
    with whole_file(path) as part, open(part, "wb") as file:
        try:
            torch.save(tensors, file)
        except RuntimeError as error:  # of a full disk, too
            raise OSError(str(error)) from error
