"""VGG19 with random weights, and the files that it may come in."""

import h5py
import keras
import numpy as np

from keras_pix2pixhd.models.vgg19_weights import (
    TORCHVISION_INDICES,
    VGG19_LAYERS,
)

TAPS = [f"block{i}_conv1" for i in range(1, 6)]


def random_vgg19():
    """`keras.applications.VGG19`, untrained."""
    keras.utils.set_random_seed(0)
    model = keras.applications.VGG19(include_top=False, weights=None)
    random = np.random.default_rng(0)
    for layer in model.layers:
        if weights := layer.get_weights():
            # relu1_1 and relu5_1 of one order of magnitude; biases at work
            layer.set_weights(
                [1.3 * weights[0], random.normal(0, 0.1, weights[1].shape)]
            )
    return model


def arrays_of(model):
    """Layer name -> (kernel, bias)."""
    return {
        name: model.get_layer(name).get_weights() for name, _, _ in VGG19_LAYERS
    }


def write_npz(path, arrays, last=None):
    """Writes the layers up to `last` as an `.npz` file."""
    parts = {}
    for name, (kernel, bias) in arrays.items():
        parts |= {f"{name}_kernel": kernel, f"{name}_bias": bias}
        if name == last:
            break
    np.savez(path, **parts)
    return path


def write_legacy_h5(path, arrays, group=None, names="{0}_W_1:0 {0}_b_1:0"):
    """Writes an `.h5` file in the layout of Keras' own download."""
    with h5py.File(path, "w") as file:
        root = file if group is None else file.create_group(group)
        layers = ["input_1", *arrays, "block5_pool"]
        root.attrs["layer_names"] = [name.encode() for name in layers]
        for layer in layers:
            folder = root.create_group(layer)
            weights = names.format(layer).split() if layer in arrays else []
            folder.attrs["weight_names"] = [w.encode() for w in weights]
            for weight, array in zip(
                weights, arrays.get(layer, ()), strict=True
            ):
                folder[weight] = array
    return path


def write_pth(path, arrays):
    """Writes a state dict as torchvision's, classifier and all."""
    import torch

    state = {"classifier.0.bias": torch.zeros(3)}
    for index, (kernel, bias) in zip(
        TORCHVISION_INDICES, arrays.values(), strict=True
    ):
        weight = np.ascontiguousarray(kernel.transpose(3, 2, 0, 1))
        state[f"features.{index}.weight"] = torch.tensor(weight)
        state[f"features.{index}.bias"] = torch.tensor(bias)
    torch.save(state, path)
    return path
