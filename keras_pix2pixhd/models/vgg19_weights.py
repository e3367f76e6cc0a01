"""Reads the convolutions of a VGG19 from every format in use."""

import pathlib

import h5py
import keras
import numpy as np

# (layer, channels in, channels out), up to relu5_1
VGG19_LAYERS = tuple(
    (f"block{block}_conv{i}", channels_in if i == 1 else channels, channels)
    for block, count, channels_in, channels in (
        (1, 2, 3, 64),
        (2, 2, 64, 128),
        (3, 4, 128, 256),
        (4, 4, 256, 512),
        (5, 1, 512, 512),
    )
    for i in range(1, count + 1)
)
# torchvision's `features.N` of the same layers
TORCHVISION_INDICES = (0, 2, 5, 7, 10, 12, 14, 16, 19, 21, 23, 25, 28)

WAYS = (
    "Give perceptual weights that can be had here: the path of a Keras .h5 "
    "or .npz file or of torchvision's vgg19 .pth file, a VGG19 keras.Model, "
    "'imagenet' where Keras can download, or none at all "
    "(--perceptual none, perceptual_network=None)."
)


def read_vgg19_weights(source):
    """Reads VGG19 convolutions into NumPy arrays.

    Args:
        source: `"imagenet"` (Keras' own download), `"random"` (He normal,
            seed 0: for measurement and tests only), a path that ends in
            `.h5`, `.npz` or `.pth`, or a `keras.Model` with the layer names
            of `keras.applications.VGG19`. An `.npz` file holds
            `LAYER_kernel` (height, width, in, out) and `LAYER_bias`. A file
            may end after any first layer of a block.

    Returns:
        dict from layer name to `(kernel, bias)`, in the network's order.

    Raises:
        ValueError: if the weights cannot be had, or do not fit VGG19.
    """
    if isinstance(source, keras.Model):
        return _checked(_from_model(source), f"the model {source.name!r}")
    if source == "random":
        return _random()
    if source == "imagenet":
        return _checked(_downloaded(), "Keras' download")
    path = pathlib.Path(source)
    reader = _READERS.get(path.suffix)
    if reader is None or not path.is_file():
        raise ValueError(
            "VGG19 weights must be 'imagenet', 'random', a keras.Model, or an "
            "existing file that ends in .h5, .npz or .pth. Received: "
            f"{str(source)!r}. {WAYS}"
        )
    try:
        arrays = reader(path)
    except ImportError as error:
        raise ValueError(
            f"A .pth file is read with torch, which is not installed: {error}."
            " pip install 'keras_pix2pixhd[nvidia]', or convert the file to "
            ".npz."
        ) from error
    except Exception as error:
        raise ValueError(
            f"{path} must hold the weights of VGG19. Received a file that "
            f"could not be read: {type(error).__name__}: {error}"
        ) from error
    return _checked(arrays, str(path))


def _from_model(model):
    names = {layer.name: layer for layer in model.layers}
    return {
        name: tuple(names[name].get_weights())
        for name, _, _ in VGG19_LAYERS
        if name in names
    }


def _downloaded():
    try:
        model = keras.applications.VGG19(include_top=False, weights="imagenet")
    except Exception as error:
        raise ValueError(
            "The ImageNet weights of VGG19 could not be downloaded: "
            f"{error}. {WAYS}"
        ) from error
    return _from_model(model)


def _from_h5(path):
    if path.name.endswith(".weights.h5"):
        model = keras.applications.VGG19(include_top=False, weights=None)
        model.load_weights(path)
        return _from_model(model)
    # Keras' download: by name it would leave missing layers as they are
    with h5py.File(path) as file:
        layers = file.get("model_weights", file)
        return {
            name: tuple(
                layers[name][weight][()]
                for weight in layers[name].attrs["weight_names"]
            )
            for name, _, _ in VGG19_LAYERS
            if name in layers
        }


def _from_npz(path):
    with np.load(path, allow_pickle=False) as arrays:
        return {
            name: (arrays[f"{name}_kernel"], arrays[f"{name}_bias"])
            for name, _, _ in VGG19_LAYERS
            if f"{name}_kernel" in arrays
        }


def _from_pth(path):
    import torch

    state = torch.load(path, map_location="cpu", weights_only=True)
    arrays = {}
    for (name, _, _), i in zip(VGG19_LAYERS, TORCHVISION_INDICES, strict=True):
        kernel = state[f"features.{i}.weight"].numpy()
        bias = state[f"features.{i}.bias"].numpy()
        arrays[name] = (kernel.transpose(2, 3, 1, 0), bias)
    return arrays


_READERS = {".h5": _from_h5, ".npz": _from_npz, ".pth": _from_pth}


def _random():
    generator = np.random.default_rng(0)
    arrays = {}
    for name, channels_in, channels in VGG19_LAYERS:
        shape = (3, 3, channels_in, channels)
        kernel = generator.standard_normal(shape, dtype="float32")
        kernel *= np.sqrt(2.0 / (9 * channels_in), dtype="float32")
        arrays[name] = (kernel, np.zeros(channels, "float32"))
    return arrays


def _checked(arrays, source):
    """Keeps the layers up to the last tap and checks their shapes."""
    found = {}
    for name, channels_in, channels in VGG19_LAYERS:
        if name not in arrays:
            break
        wanted = [(3, 3, channels_in, channels), (channels,)]
        shapes = [tuple(np.shape(array)) for array in arrays[name]]
        if shapes != wanted:
            raise ValueError(
                f"{name} of VGG19 must have kernel and bias of shapes "
                f"{wanted}. Received: {shapes} in {source}"
            )
        found[name] = tuple(np.asarray(a, "float32") for a in arrays[name])
    taps = [name for name in found if name.endswith("conv1")]
    if not taps:
        raise ValueError(
            "VGG19 weights must begin with the layer block1_conv1. Received: "
            f"{source} with {sorted(arrays)[:5] or 'none of its layers'}"
        )
    names = list(found)
    return {name: found[name] for name in names[: names.index(taps[-1]) + 1]}
