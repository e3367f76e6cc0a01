"""The weights of a trained model to begin another training with."""

from keras_pix2pixhd.checkpoints import describe
from keras_pix2pixhd.checkpoints.differences import differences
from keras_pix2pixhd.generation import load_gan

# of a network or of the training: the weights are the same with any
_FREE = {"dtype", "dropout", "ema_decay", "perceptual_network"}
_AT_MOST = 6


def begin_with(gan, source):
    """Gives a model the weights of a trained one; nothing else.

    The networks get the weights that were trained, also where the model has
    an average of them, which its own average then begins with. Optimizers,
    schedules, the image pool and all counts stay as new.

    Args:
        gan: `Pix2PixHDGAN`, of the same classes and architecture. Precision,
            dropout, averaging and perceptual loss may differ.
        source: a run folder, or a `.keras` file.

    Returns:
        str, what was taken, for the log.

    Raises:
        ValueError: if it is no such model, or differs; it names in what.
    """
    other = load_gan(source)
    _check(gan, other, source)
    networks = ["generator", "discriminator", "feature_encoder"]
    networks = [n for n in networks if getattr(gan, n) is not None]
    for name in networks:
        _assign(getattr(gan, name).weights, getattr(other, name).weights)
    if gan.weight_average is not None:
        gan.weight_average.restart(gan.generator)
        if other.weight_average is not None:
            _assign(gan.weight_average.weights, other.weight_average.weights)
    words = ", ".join(name.replace("_", " ") for name in networks)
    averaged = other.weight_average is not None
    note = " (as trained, not its average)" if averaged else ""
    return f"weights to begin with: {words} of {source}{note}"


def _check(gan, other, source):
    found = differences(_weighing(other), _weighing(gan), source)
    if found:
        raise ValueError(
            "A model to begin with must be as the settings and the data say. "
            f"Received: {'; '.join(found[:_AT_MOST])}. Set what it has "
            "(--set), or begin with another."
        )


def _weighing(gan):
    """What of a model's description decides its weights."""
    description = describe(gan)
    settings = {
        path: value
        for path, value in description["settings"].items()
        if _FREE.isdisjoint(path.split("."))
    }
    return {"class_table": description["class_table"], "settings": settings}


def _assign(variables, others):
    for variable, other in zip(variables, others, strict=True):
        variable.assign(other)
