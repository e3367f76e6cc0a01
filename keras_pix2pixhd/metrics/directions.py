"""Which way a number gets better."""

import re

VALIDATION = "val_"
_LOWER = re.compile(
    "l1|perceptual_.+|class_color_error(_.+)?|(fid|frechet)_.+|kid_.+(?<!_spread)"
    "|loss|(generator|feature_matching|perceptual)_loss"
)
_SCORE = "pixel_accuracy|mean_accuracy|mean_iou|frequency_weighted_iou"
_HIGHER = re.compile(
    f"psnr|ssim|ms_ssim(_.+)?|(precision|recall)_.+|{_SCORE}"
    rf"|segmentation_generated_({_SCORE}|class_iou_.+)"
)


def direction(column):
    """Returns whether a column of `history.csv` is best low or high.

    The metrics of held-out images have a direction, and so have the losses
    that a generator is to make small, whatever the discriminator does. The
    adversarial loss and all of the discriminator's have none: each network's
    are low where the other's are high. Nor has what is measured for scale
    (`segmentation_real_...`) or to watch the machine.

    Args:
        column: str, with `val_` or without, such as `"val_l1"`,
            `"val_frechet_mobilenetv1_224_n8"` or `"generator_loss"`.

    Returns:
        `"min"`, `"max"`, or `None` where neither is better.

    Example:

    >>> direction("val_psnr"), direction("val_kid_mobilenetv1_224_n8_s9x4_mean")
    ('max', 'min')
    >>> print(direction("discriminator_loss"))
    None
    """
    name = column.removeprefix(VALIDATION)
    if _LOWER.fullmatch(name):
        return "min"
    if _HIGHER.fullmatch(name):
        return "max"
    return None
