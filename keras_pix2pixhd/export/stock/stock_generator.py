"""A generator whose layers are all Keras' own."""

import keras

from keras_pix2pixhd.export.stock.stock_layers import stock_call


def stock_generator(generator):
    """Returns a copy of a generator in stock layers and operations.

    Args:
        generator: functional `keras.Model` of layers of this package and of
            Keras. It stays as it is.

    Returns:
        A functional `keras.Model` with the same weights, in float32, that
        computes what `generator` does at inference.

    Raises:
        ValueError: if a layer is of neither.
    """
    return keras.models.clone_model(
        generator,
        clone_function=lambda layer: layer,
        # Keras hands on masks, of which there are none
        call_function=lambda layer, x, mask=None: stock_call(
            layer, x, layer.name
        ),
    )
