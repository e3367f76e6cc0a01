"""All numbers of a generator on held-out pairs."""

import numpy as np
from keras import ops

from keras_pix2pixhd.layers import as_floats
from keras_pix2pixhd.metrics.batches import finite_batches
from keras_pix2pixhd.metrics.class_color_error import ClassColorError
from keras_pix2pixhd.metrics.image_quality import l1, psnr, ssim
from keras_pix2pixhd.models import to_uint8
from keras_pix2pixhd.models.batch_checks import check_range

_MOST_DECIBELS = 100.0


def evaluate_generator(gan, dataset, class_table=None):
    """Compares generated images with the real ones.

    Each number is a mean over images, summed up in float64, and the same for
    every batch size. Equal images have an infinite PSNR: 100 dB at most are
    counted for each image, so that the mean is finite and valid JSON.

    Args:
        gan: `Pix2PixHDGAN`, or anything with its
            `generate(label, instance)`.
        dataset: `tf.data.Dataset`, or anything else that yields batches:
            dicts with `label`, `(batch, height, width)` class indices,
            `image`, `(batch, height, width, 3)` float32 in [-1, 1] or uint8
            in [0, 255], and `instance` where the model sees instances. For a
            model without classes, `label` is `(batch, height, width,
            channels)`, in the ranges of `image`.
        class_table: `ClassTable`, or the number of classes. Default: that of
            the model, if any.

    Returns:
        Dict: `images`, their number; `l1`, in grey levels, [0, 255];
        `psnr`, in decibels; `ssim`, in [-1, 1] (see `metrics.ssim` for the
        definition); `class_color_error`, a dict from the name of each class
        that occurs to its mean colour error in grey levels (see
        `ClassColorError`); not for a model without classes.

    Raises:
        ValueError: if the data set is empty or endless, or a batch does not
            have those keys and shapes.
    """
    table = gan.class_table if class_table is None else class_table
    colors = None if table is None else ClassColorError(table)
    sums, count = np.zeros(3, "float64"), 0
    for batch in finite_batches(dataset):
        _check_batch(batch, with_classes=colors is not None)
        check_range(ops.convert_to_numpy(as_floats(batch["image"])), "image")
        generated = _generated(gan, batch)
        real = ops.convert_to_numpy(to_uint8(batch["image"]))
        decibels = np.minimum(psnr(generated, real), _MOST_DECIBELS)
        values = (l1(generated, real), decibels, ssim(generated, real))
        sums += [value.sum() for value in values]
        if colors is not None:
            colors.update_state(batch["label"], generated, real)
        count += len(real)
    if not count:
        raise ValueError(
            "The data set must hold at least one image. Received: none"
        )
    means = dict(zip(("l1", "psnr", "ssim"), sums / count, strict=True))
    numbers = {name: float(mean) for name, mean in means.items()}
    if colors is not None:
        numbers["class_color_error"] = colors.result()
    return {"images": count, **numbers}


def _generated(gan, batch):
    """Paints; a model with features takes them from the photographs."""
    given = {key: batch.get(key) for key in ("label", "instance")}
    if getattr(gan, "feature_channels", 0):
        given["image"] = batch["image"]
    return gan.generate(**given)


def _check_batch(batch, with_classes):
    missing = [key for key in ("label", "image") if key not in batch]
    if missing:
        raise ValueError(
            "A batch to evaluate on must have the keys 'label' and 'image'. "
            f"Received: the keys {sorted(batch)}, without {missing}"
        )
    if not with_classes:
        return  # `generate` checks the condition
    if batch["label"].ndim != 3 or batch["label"].dtype.kind not in "iu":
        raise ValueError(
            "label must be (batch, height, width) integer class indices. "
            f"Received: label.shape={batch['label'].shape}, dtype="
            f"{batch['label'].dtype}"
        )
