"""The moving average of a network's weights, in a network of its own."""

import keras
import numpy as np
from keras import ops


class WeightAverage(keras.layers.Layer):
    """A copy of a network, whose weights are the moving average of its.

    A call of `update` number t, counted from 0, makes each weight
    `d * average + (1 - d) * weight` with `d = min(decay, (1 + t) / (10 + t))`,
    so that the first weights are soon forgotten. What is not trained, such as
    batch statistics, is copied.

    Args:
        network: a built `keras.Model`, float32 or of a mixed policy, that its
            class can make again from its `get_config`.
        decay: float, above 0 and below 1, such as 0.999.

    Attributes:
        network: the copy. Nothing trains it.
        steps: int variable, how many updates there were.

    Raises:
        ValueError: if the decay is out of its range, or the network cannot be
            copied or averaged.

    Reference:
        `num_updates` of `tf.train.ExponentialMovingAverage`.

    Example:

    >>> network = keras.Sequential([keras.Input((1,)), keras.layers.Dense(1)])
    >>> average = WeightAverage(network, decay=0.5)
    >>> kernel, bias = network.get_weights()
    >>> network.set_weights([kernel, bias + 10])
    >>> average.update(network)
    >>> average.network.get_weights()[1].tolist()
    [9.0]
    """

    def __init__(self, network, decay, **kwargs):
        super().__init__(**kwargs)
        if not checked_decay(decay):
            raise ValueError(
                f"decay must be above 0. Received: decay={decay}. Leave the "
                "average out."
            )
        self.decay = decay
        self.network = _copy(network)
        self.network.trainable = False
        self.steps = self.add_weight(
            name="steps",
            # TensorFlow has no room for int32 variables on a GPU
            dtype="int",
            initializer="zeros",
            trainable=False,
        )
        self.built = True
        self.restart(network)

    @property
    def trainable(self):
        """False, whatever the model around it is set to."""
        return False

    @trainable.setter
    def trainable(self, value):
        pass

    def restart(self, network):
        """Forgets what was averaged and begins with the weights as they are.

        For weights that were not trained to what they are, but assigned.
        """
        for average, weight in self._weights_of(network):
            average.assign(np.array(ops.convert_to_numpy(weight)))
        self.steps.assign(0)

    def update(self, network):
        """Moves the average towards the weights of the network."""
        step = ops.cast(self.steps, "float32")
        share = 1 - ops.minimum(self.decay, (1 + step) / (10 + step))
        for average, weight in self._weights_of(network):
            value = ops.stop_gradient(weight)
            if weight.trainable:
                before = ops.stop_gradient(average)
                value = before - share * (before - value)
            average.assign(value)
        self.steps.assign(self.steps + 1)

    def _weights_of(self, network):
        return zip(self.network.weights, network.weights, strict=True)


def checked_decay(decay):
    """Returns the decay of an average, at least 0 and below 1."""
    if not isinstance(decay, (int, float)) or not 0 <= decay < 1:
        raise ValueError(
            "ema_decay must be at least 0 (no average) and below 1. Received: "
            f"ema_decay={decay!r}. A usual one is 0.999."
        )
    return decay


def _copy(network):
    """The same network with weights of its own."""
    kind = type(network)
    config = network.get_config()
    if "name" in config:
        config["name"] = f"averaged_{network.name}"
    copy = kind.from_config(config)
    shapes = [[tuple(w.shape) for w in x.weights] for x in (copy, network)]
    if shapes[0] != shapes[1]:
        raise ValueError(
            "A network that is averaged must come out of its get_config the "
            f"same. Received: a {kind.__name__} with {len(shapes[1])} "
            f"weights, made again with {len(shapes[0])}, or of other shapes. "
            "Leave ema_decay out."
        )
    half = [w.path for w in network.trainable_weights if w.dtype != "float32"]
    if half:
        raise ValueError(
            "Weights that are averaged must be float32: steps of lower "
            f"precision would be lost. Received: {half[0]} of another dtype. "
            "Use a mixed policy, or leave ema_decay out."
        )
    return copy
