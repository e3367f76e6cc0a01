"""One optimizer for each network, as one optimizer for Keras."""

import keras


class _SavesItsOwn:
    """An optimizer around others that saves its own variables only.

    Keras saves the optimizers inside it as well, each once, as its parts.
    """

    def save_own_variables(self, store):
        for i, variable in enumerate(self._variables):
            store[str(i)] = variable.numpy()

    def load_own_variables(self, store):
        for i, variable in enumerate(self._variables):
            variable.assign(store[str(i)])


class _TwoOptimizers(_SavesItsOwn, keras.optimizers.MultiOptimizer):
    pass


class ScaledLoss(_SavesItsOwn, keras.optimizers.LossScaleOptimizer):
    """Keras' loss scaling for float16, around both optimizers at once."""


def two_optimizers(
    generator, generator_optimizer, discriminator, discriminator_optimizer
):
    """Joins two optimizers into one that updates each network with its own.

    Variables are told apart by the network that owns them, not by name:
    layers of both networks can have equal paths.

    Returns:
        A `keras.optimizers.MultiOptimizer`.

    Raises:
        ValueError: if both are the same object, or a network has no
            trainable variable.
    """
    first = keras.optimizers.get(generator_optimizer)
    second = keras.optimizers.get(discriminator_optimizer)
    if first is second:
        raise ValueError(
            "generator_optimizer and discriminator_optimizer must be two "
            "optimizers, each with its own state. Received the same object "
            f"twice: {first.name!r}"
        )
    networks = {"generator": generator, "discriminator": discriminator}
    for name, network in networks.items():
        if not network.trainable_variables:
            raise ValueError(
                f"The {name} must have trainable variables. Received a "
                f"{name} with trainable={network.trainable} and none."
            )
    judged = {id(v) for v in discriminator.trainable_variables}
    return _TwoOptimizers(
        lambda variable: second if id(variable) in judged else first
    )
