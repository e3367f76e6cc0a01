"""An optimizer for each network, as one optimizer for Keras."""

import keras

from keras_pix2pixhd.optimizers.held_back import HeldBack
from keras_pix2pixhd.optimizers.optimizer_checks import checked_accumulation


class SavesItsOwn:
    """An optimizer around others that saves its own variables only.

    Keras saves the optimizers inside it as well, each once, as its parts.
    """

    def save_own_variables(self, store):
        for i, variable in enumerate(self._variables):
            store[str(i)] = variable.numpy()

    def load_own_variables(self, store):
        for i, variable in enumerate(self._variables):
            variable.assign(store[str(i)])


class _JoinedOptimizers(SavesItsOwn, keras.optimizers.MultiOptimizer):
    pass


def joined_optimizers(
    generator,
    generator_optimizer,
    discriminator,
    discriminator_optimizer,
    freeze_steps=0,
    accumulation_steps=1,
):
    """Joins optimizers into one that updates each network with its own.

    Variables are told apart by the network that owns them, not by name:
    layers of both networks can have equal paths. What the discriminator does
    not own (the generator, a feature encoder) is the generator optimizer's.

    Where a `LocalEnhancer` is frozen at first, what is inside its outermost
    enhancer gets a copy of the generator's optimizer whose rate is zero for
    that long. It counts steps and gathers moments like the others, so that
    afterwards nothing has to be made anew: a fresh Adam among old step counts
    would take steps many times too large.

    Args:
        generator, discriminator: the networks.
        generator_optimizer, discriminator_optimizer: two optimizers.
        freeze_steps: int, default 0.
        accumulation_steps: int, default 1. Of how many steps an update is
            made, for which the optimizers are called.

    Returns:
        A `keras.optimizers.MultiOptimizer`.

    Raises:
        ValueError: if both are the same object, or gather gradients, a
            network has no trainable variable, or a number of steps does not
            fit.
    """
    if generator_optimizer is discriminator_optimizer:
        raise ValueError(
            "generator_optimizer and discriminator_optimizer must be two "
            "optimizers, each with its own state. Received the same object "
            f"twice: {generator_optimizer.name!r}"
        )
    checked_accumulation(
        accumulation_steps, (generator_optimizer, discriminator_optimizer)
    )
    networks = {"generator": generator, "discriminator": discriminator}
    for name, network in networks.items():
        if not network.trainable_variables:
            raise ValueError(
                f"The {name} must have trainable variables. Received a "
                f"{name} with trainable={network.trainable} and none."
            )
    owner = {
        id(v): discriminator_optimizer
        for v in discriminator.trainable_variables
    }
    if checked_freeze(freeze_steps, generator):
        updates = -(-freeze_steps // accumulation_steps)
        held_back = _held_back(generator_optimizer, updates)
        outermost = {id(v) for v in generator.outermost_variables}
        owner |= {
            id(v): held_back
            for v in generator.trainable_variables
            if id(v) not in outermost
        }
    return _JoinedOptimizers(
        lambda variable: owner.get(id(variable), generator_optimizer)
    )


def checked_freeze(steps, generator):
    """Returns the steps that a generator is frozen for, checked."""
    if not hasattr(steps, "__index__") or steps < 0:
        raise ValueError(
            "freeze_steps must be an integer of at least 0. Received: "
            f"freeze_steps={steps!r}"
        )
    if steps and not hasattr(generator, "outermost_variables"):
        raise ValueError(
            "freeze_steps is for a LocalEnhancer, whose outermost enhancer is "
            f"trained first. Received: freeze_steps={steps} for a "
            f"{type(generator).__name__}. Leave it out."
        )
    return steps


def _held_back(optimizer, steps):
    """A copy of an optimizer whose rate is zero for some steps."""
    config = optimizer.get_config()
    rate = config["learning_rate"]
    if isinstance(rate, dict):
        rate = keras.saving.deserialize_keras_object(rate)
    config["learning_rate"] = HeldBack(rate, steps)
    config["name"] = f"{config['name']}_held_back"
    return type(optimizer).from_config(config)
