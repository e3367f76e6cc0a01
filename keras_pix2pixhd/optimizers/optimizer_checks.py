"""What a `GuardedOptimizer` of a GAN refuses."""

import numbers

from keras_pix2pixhd.argument_checks import is_float32


def checked_clip_norm(norm):
    """Returns the norm that gradients are cut to: above 0, or `None`."""
    if norm is None:
        return None
    number = isinstance(norm, numbers.Real) and not isinstance(norm, bool)
    if not number or not is_float32(norm) or norm <= 0:
        raise ValueError(
            "clip_norm must be a finite number above 0, also in float32 "
            f"(1.2e-38 to 3.4e38), or None. Received: clip_norm={norm!r}"
        )
    return float(norm)


def checked_accumulation(steps, optimizers):
    """Returns the steps of an update: an integer of at least 1.

    Refuses optimizers that gather gradients themselves: they would take those
    of a skipped step, and cannot do so on several devices.
    """
    if not hasattr(steps, "__index__") or steps < 1:
        raise ValueError(
            "accumulation_steps must be an integer of at least 1. Received: "
            f"accumulation_steps={steps!r}"
        )
    for optimizer in optimizers:
        own = optimizer.gradient_accumulation_steps
        if own:
            raise ValueError(
                "Gradients must be accumulated for both networks at once. "
                f"Received: {optimizer.name!r} with "
                f"gradient_accumulation_steps={own}. Leave it out and compile "
                f"with accumulation_steps={own}."
            )
    return steps
