"""What a graph refuses, with words for whoever called it."""

import tensorflow as tf


def refuse_unless(condition, message, *values):
    """Returns an operation that fails with `message` unless `condition`.

    Args:
        condition: scalar boolean tensor.
        message: string with a `{}` for each of the values.
        *values: tensors.
    """
    text = tf.strings.format(message, values, summarize=20)
    return tf.debugging.Assert(condition, [text])


def check_pixels(pixels, max_pixels):
    """Returns an operation that fails unless there is a number that fits.

    Args:
        pixels: scalar int64 tensor, of all maps of a call.
        max_pixels: int, the most there may be.
    """
    return refuse_unless(
        (pixels > 0) & (pixels <= max_pixels),
        "The maps of a call must have at least 1 pixel and at most "
        f"{max_pixels}, all together. Received: {{}} pixels. Send fewer or "
        "smaller maps in a call.",
        pixels,
    )


def checked_maps(batch, max_pixels):
    """Returns a batch of maps, which the graph refuses where they do not fit.

    Args:
        batch: dict of tensors: `label` and maybe `instance`, `features`,
            `style`, `seed`, as the signatures take them.
        max_pixels: int.
    """
    shape = tf.shape(batch["label"], tf.int64)[:3]
    checks = [check_pixels(tf.reduce_prod(shape), max_pixels)]
    wanted = {"instance": shape, "features": shape}
    wanted |= dict.fromkeys(("style", "seed"), shape[:1])
    for name, tensor in batch.items():
        if name == "label":
            continue
        fits = wanted[name]
        found = tf.shape(tensor, tf.int64)
        same = tf.reduce_all(found[: fits.shape[0]] == fits)
        words = f"{name} must begin with the shape of label, {{}}. Received: "
        checks.append(
            refuse_unless(same, words + f"{name} of shape {{}}.", fits, found)
        )
        if tensor.dtype.is_floating:
            finite = tf.reduce_all(tf.math.is_finite(tensor))
            checks.append(refuse_unless(finite, f"{name} must be finite."))
    with tf.control_dependencies(checks):
        return {name: tf.identity(tensor) for name, tensor in batch.items()}
