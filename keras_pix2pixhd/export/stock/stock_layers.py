"""What stands for each layer in a model without this package.

`stock_call(layer, x, name)` applies to the `keras.KerasTensor` `x` what
`layer` does at inference. Layers without weights that consist of operations
of `keras.ops` are called by `call`: the operations become the graph.
"""

import functools

import keras
import numpy as np
from keras import ops

from keras_pix2pixhd import layers
from keras_pix2pixhd.export.stock.dynamic_sizes import (
    padded_places,
    places,
    taken,
)


@functools.singledispatch
def stock_call(layer, x, name):
    """Returns what a stock layer makes of `x`: here, one of its own class.

    Args:
        layer: `keras.layers.Layer`, built.
        x: `keras.KerasTensor`, or a list of them.
        name: str, what its stand-in is called.

    Raises:
        ValueError: if it is no layer of Keras or of this package.
    """
    if not type(layer).__module__.startswith("keras.src."):
        raise ValueError(
            "A generator must be made of layers of Keras and of "
            "keras_pix2pixhd to become stock layers. Received: the layer "
            f"{layer.name!r} of class {type(layer).__name__}. Export it as a "
            "SavedModel, which can hold any layer."
        )
    return _copied(type(layer), layer, x, name)


def _copied(kind, layer, x, name, weights=None, **arguments):
    config = {**layer.get_config(), "name": name, "dtype": "float32"}
    for key in config:
        if key.endswith("_initializer"):  # faster than random numbers
            config[key] = "zeros"
    copy = kind.from_config(config)
    y = copy(x, **arguments)
    copy.set_weights(layer.get_weights() if weights is None else weights)
    return y


@stock_call.register
def _(layer: keras.layers.Conv2D, x, name):
    return _copied(keras.layers.Conv2D, layer, x, name)


@stock_call.register
def _(layer: layers.SpectralConv2D, x, name):
    kernel = ops.convert_to_numpy(layer.kernel)
    matrix = kernel.reshape(-1, kernel.shape[-1])
    sigma = np.linalg.norm(matrix @ ops.convert_to_numpy(layer.left))
    weights = [kernel / np.maximum(sigma, 1e-12)]
    if layer.use_bias:
        weights.append(ops.convert_to_numpy(layer.bias))
    return _copied(keras.layers.Conv2D, layer, x, name, weights)


@stock_call.register
def _(layer: keras.layers.BatchNormalization, x, name):
    kind = keras.layers.BatchNormalization
    return _copied(kind, layer, x, name, training=False)


@stock_call.register(keras.layers.Dropout)
@stock_call.register(keras.layers.Identity)
def _(layer, x, name):
    return x


@stock_call.register
def _(layer: layers.InstanceNormalization, x, name):
    if not layer.affine:
        return layer.call(x)
    plain = layers.InstanceNormalization(layer.epsilon, dtype="float32")
    # a scale and an offset for each channel
    affine = keras.layers.DepthwiseConv2D(1, name=name, dtype="float32")
    y = affine(plain.call(x))
    gamma, beta = layer.get_weights()
    affine.set_weights([gamma.reshape(1, 1, -1, 1), beta])
    return y


@stock_call.register
def _(layer: layers.ResidualBlock, x, name):
    y = x
    for inner in layer.branch:
        y = stock_call(inner, y, f"{name}_{inner.name}")
    return keras.layers.Add(name=name, dtype="float32")([x, y])


@stock_call.register(layers.Padding2D)
@stock_call.register(layers.AverageDownsampling2D)
def _(layer, x, name):
    return layer.call(x)


@stock_call.register
def _(layer: layers.BilinearDoubling2D, x, name):
    # pixels doubled, then weighted 1, 2, 1: as by two means of two
    x = keras.layers.UpSampling2D(2, name=name, dtype="float32")(x)
    x = layers.Padding2D(1, "replicate", dtype="float32").call(x)
    for _ in range(2):
        x = ops.average_pool(x, 2, strides=1, padding="valid")
    return x


@stock_call.register
def _(layer: layers.PixelShuffle2D, x, name):
    # Keras has all channels of a pixel side by side, torch all pixels
    x = ops.concatenate([x[..., i::4] for i in range(4)], axis=-1)
    return ops.nn.depth_to_space(x, 2)


@stock_call.register
def _(layer: layers.PadToMultiple2D, x, name):
    sizes = (layer.multiple, layer.minimum)
    rows, columns = (padded_places(x, axis, *sizes) for axis in (1, 2))
    return taken(x, rows, columns)


@stock_call.register
def _(layer: layers.CropToMatch2D, x, name):
    x, reference = x
    return taken(x, places(reference, 1), places(reference, 2))
