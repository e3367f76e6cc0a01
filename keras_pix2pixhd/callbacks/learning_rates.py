"""The learning rates that a model has come to."""

import keras


def learning_rates(model):
    """Returns the rate of each optimizer of a model, as schedules have it now.

    Args:
        model: compiled `Pix2PixHDGAN`, or any other `keras.Model`.

    Returns:
        Dict from column to float: `generator_learning_rate` and
        `discriminator_learning_rate`; of a model with one optimizer
        `learning_rate`.

    Example:

    >>> import keras
    >>> model = keras.Sequential([keras.Input((1,)), keras.layers.Dense(1)])
    >>> model.compile(keras.optimizers.SGD(0.5), "mse")
    >>> learning_rates(model)
    {'learning_rate': 0.5}
    """
    if hasattr(model, "jax_state_sync"):
        model.jax_state_sync()
    if not hasattr(model, "generator_optimizer"):
        return {"learning_rate": _rate(model.optimizer)}
    return {
        f"{network}_learning_rate": _rate(
            getattr(model, f"{network}_optimizer")
        )
        for network in ("generator", "discriminator")
    }


def _rate(optimizer):
    """Also of a variable that several devices share, where float() fails."""
    return float(keras.ops.convert_to_numpy(optimizer.learning_rate))
