"""The learning rates that a model has come to."""


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
        return {"learning_rate": float(model.optimizer.learning_rate)}
    return {
        f"{network}_learning_rate": float(
            getattr(model, f"{network}_optimizer").learning_rate
        )
        for network in ("generator", "discriminator")
    }
