"""From class indices to pixels, in stock Keras layers."""

import keras

from keras_pix2pixhd.export.stock.stock_generator import stock_generator
from keras_pix2pixhd.export.stock.stock_semantic import stock_semantic
from keras_pix2pixhd.models.pixels import to_uint8


def stock_model(serving):
    """Returns what is exported as a model that any Keras can load.

    It is made of layers and operations of Keras alone, without a `Lambda`, so
    that `keras.saving.load_model` reads it where this package is not
    installed, on every backend. It paints what `generate` paints.

    Args:
        serving: `ServingGenerator`. Its weights are copied.

    Returns:
        A functional `keras.Model`, float32 under every policy, that takes a
        dict, or a list in this order:

        | input | dtype and shape |
        |---|---|
        | `label` | uint8 (int32 beyond 255 classes) `(B, H, W)`; without \
classes uint8 `(B, H, W, label_channels)` |
        | `instance` | int32 `(B, H, W)`, where edges are used |
        | `style` | float32 `(B, classes, feature_channels)`, where there \
are features; one for all without classes |

        and returns uint8 `(B, H, W, 3)`, [0, 255].

    Raises:
        ValueError: if a layer of the generator is neither of this package
            nor of Keras.

    Example:

    >>> from keras_pix2pixhd.export.serving_generator import ServingGenerator
    >>> from keras_pix2pixhd.models import GlobalGenerator
    >>> generator = GlobalGenerator(
    ...     2, filters=2, num_downsamplings=1, num_residual_blocks=1)
    >>> model = stock_model(ServingGenerator(generator, 2))
    >>> tuple(model({"label": np.zeros((1, 5, 7), "uint8")}).shape)
    (1, 5, 7, 3)
    """
    inputs = _inputs(serving)
    generator = stock_generator(serving.generator)
    image = to_uint8(generator(stock_semantic(serving, inputs)))
    image = keras.layers.Identity(name="image", dtype="uint8")(image)
    return keras.Model(list(inputs.values()), image, name="painter")


def _inputs(serving):
    size = (None, None)
    channels = serving.feature_channels
    if serving.num_classes is None:
        label = ((*size, serving.label_channels), "uint8")
    else:
        label = (size, serving.label_dtype)
    specs = {"label": label}
    if serving.use_instance_edges:
        specs["instance"] = (size, "int32")
    if channels:
        specs["style"] = ((serving.num_styles, channels), "float32")
    return {
        name: keras.Input(shape, dtype=dtype, name=name)
        for name, (shape, dtype) in specs.items()
    }
