"""VGG19 as a model of its taps, and what its weights expect."""

import keras
from keras import ops

from keras_pix2pixhd.layers import WinogradConv2D
from keras_pix2pixhd.models.float32_policy import float32_policy


def wire_vgg19(arrays):
    """Makes the model of the layers that there are, its taps as outputs.

    It computes in float32 under every global dtype policy.
    """
    with float32_policy():
        return _wired(arrays)


def _wired(arrays):
    inputs = keras.Input((None, None, 3))
    x, taps = inputs, []
    for name, (kernel, bias) in arrays.items():
        if name.endswith("conv1") and taps:
            x = keras.layers.MaxPooling2D(2)(x)
        layer = WinogradConv2D(
            len(bias), 3, padding="same", activation="relu", name=name
        )
        x = layer(x)
        layer.set_weights([kernel, bias])
        if name.endswith("conv1"):
            taps.append(x)
    model = keras.Model(inputs, taps, name="vgg19")
    model.trainable = False
    return model


def _keras_input(images):
    levels = (ops.flip(images, axis=-1) + 1.0) * 127.5
    return levels - ops.convert_to_tensor([103.939, 116.779, 123.68], "float32")


def _torchvision_input(images):
    mean = ops.convert_to_tensor([0.485, 0.456, 0.406], "float32")
    deviation = ops.convert_to_tensor([0.229, 0.224, 0.225], "float32")
    return ((images + 1.0) / 2.0 - mean) / deviation


PREPROCESS = {
    "keras": _keras_input,
    "torchvision": _torchvision_input,
    "none": lambda images: images,
}
