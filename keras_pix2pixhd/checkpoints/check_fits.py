"""Refuses what was saved of another model."""

from keras_pix2pixhd.checkpoints.description import describe
from keras_pix2pixhd.checkpoints.differences import differences

_AT_MOST = 6


def check_fits(gan, description, place="the checkpoint"):
    """Refuses a description that is not that of a model.

    Args:
        gan: `Pix2PixHDGAN`.
        description: what `describe` returned for the other one.
        place: str, where that one is, for the message.

    Raises:
        ValueError: if they differ; it names in what.
    """
    found = differences(description, describe(gan), place)
    if found:
        more = len(found) - _AT_MOST
        rest = f"; and {more} more" if more > 0 else ""
        raise ValueError(
            f"The model must be made as that of {place}. Received: "
            f"{'; '.join(found[:_AT_MOST])}{rest}. Make it with the same "
            "settings, or begin a new training."
        )
