"""Which way a number gets better."""

import re

VALIDATION = "val_"
_LOWER = re.compile(
    "l1|perceptual_.+|class_color_error(_.+)?|(fid|frechet)_.+|kid_.+(?<!_spread)"
    "|loss|perceptual_loss"
)
_SCORE = "pixel_accuracy|mean_accuracy|mean_iou|frequency_weighted_iou"
_HIGHER = re.compile(
    f"psnr|ssim|ms_ssim(_.+)?|(precision|recall)_.+|{_SCORE}"
    rf"|segmentation_generated_({_SCORE}|class_iou_.+)"
)


def direction(column):
    """Returns whether a column of `history.csv` is best low or high.

    The metrics of held-out images have a direction, and so has the perceptual
    loss, whose network does not change. What the discriminator judges has
    none, be it the feature-matching loss or the generator's total: it rises
    in a run that gets better, because the discriminator does too. Nor has
    what is measured for scale (`segmentation_real_...`) or to watch the
    machine. `loss`, as Keras calls that of any model, is best low.

    Args:
        column: str, with `val_` or without, such as `"val_l1"`,
            `"val_frechet_mobilenetv1_224_n8"` or `"perceptual_loss"`.

    Returns:
        `"min"`, `"max"`, or `None` where neither is better.

    Example:

    >>> direction("val_psnr"), direction("val_kid_mobilenetv1_224_n8_s9x4_mean")
    ('max', 'min')
    >>> print(direction("val_generator_loss"))
    None
    """
    name = column.removeprefix(VALIDATION)
    if _LOWER.fullmatch(name):
        return "min"
    if _HIGHER.fullmatch(name):
        return "max"
    return None
