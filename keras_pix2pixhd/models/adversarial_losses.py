"""The adversarial losses by their names."""

from keras_pix2pixhd.losses import (
    BinaryCrossentropyLoss,
    HingeLoss,
    LSGANLoss,
)

ADVERSARIAL_LOSSES = ("lsgan", "bce", "hinge")


def adversarial_loss_of(identifier, discriminator):
    """Returns the adversarial loss of a short name, or the loss itself.

    Args:
        identifier: `"lsgan"`, `"bce"`, `"hinge"`, or an object with the
            methods `real`, `fake` and `generator`.
        discriminator: what it will judge: `"bce"` takes its scores as
            logits, unless it ends in a sigmoid.

    Raises:
        ValueError: if the name is unknown, or the loss does not fit the
            discriminator's output.
    """
    sigmoid = getattr(discriminator, "output_activation", None) == "sigmoid"
    if all(hasattr(identifier, m) for m in ("real", "fake", "generator")):
        loss = identifier
    elif identifier == "lsgan":
        loss = LSGANLoss()
    elif identifier == "bce":
        loss = BinaryCrossentropyLoss(from_logits=not sigmoid)
    elif identifier == "hinge":
        loss = HingeLoss()
    else:
        raise ValueError(
            "adversarial_loss must be one of "
            f"{', '.join(ADVERSARIAL_LOSSES)}, or an object with the methods "
            "real, fake and generator. Received: "
            f"adversarial_loss={identifier!r}"
        )
    _check_output(loss, sigmoid)
    return loss


def _check_output(loss, sigmoid):
    if sigmoid and isinstance(loss, HingeLoss):
        raise ValueError(
            "The hinge loss must see scores of any sign. Received: a "
            "discriminator with output_activation='sigmoid'. Make it with "
            "output_activation=None."
        )
    logits = getattr(loss, "from_logits", None)
    if logits is not None and logits == sigmoid:
        raise ValueError(
            "from_logits of BinaryCrossentropyLoss must be True for scores "
            "as they are, and False after a sigmoid. Received: "
            f"from_logits={logits} for a discriminator with "
            f"output_activation={'sigmoid' if sigmoid else None!r}. "
            "adversarial_loss='bce' chooses by itself."
        )
