"""All numbers of a generator on held-out pairs."""

from keras import ops

from keras_pix2pixhd.layers import as_floats
from keras_pix2pixhd.metrics.batches import finite_batches
from keras_pix2pixhd.metrics.metric_choice import choose_metrics
from keras_pix2pixhd.metrics.metric_suite import MetricSuite
from keras_pix2pixhd.models import to_uint8
from keras_pix2pixhd.models.batch_checks import check_range


def evaluate_generator(
    gan, dataset, class_table=None, metrics=None, **networks
):
    """Compares generated images with the real ones.

    L1, PSNR, SSIM and the colour errors are means over images, summed up in
    float64, and the same for every batch size; what the networks add is of
    all pixels or images together, see `MetricSuite`. Equal images have an
    infinite PSNR: 100 dB at most are counted for each image, so that the
    mean is finite and valid JSON.

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
        metrics: names, see `MetricSuite`. Default: `l1`, `psnr`, `ssim`, with
            classes `class_color_error`, and what the networks allow.
        **networks: `segmenter=`, `feature_network=` and other arguments of
            `MetricSuite`.

    Returns:
        Dict: `images`, their number; `l1`, in grey levels, [0, 255];
        `psnr`, in decibels; `ssim`, in [-1, 1] (see `metrics.ssim` for the
        definition); `class_color_error`, a dict from the name of each class
        that occurs to its mean colour error in grey levels (see
        `ClassColorError`); not for a model without classes. With other
        metrics, what `MetricSuite.result` says of them.

    Raises:
        ValueError: if the data set is empty or endless, a batch does not
            have those keys and shapes, or a metric lacks what it needs.
    """
    table = class_table
    if table is None:
        table = getattr(gan, "class_table", None)
    if metrics is None:
        allowed = choose_metrics(None, {"class_table": table, **networks})
        metrics = [name for name in allowed if name != "ms_ssim"]
    suite = MetricSuite(table, metrics, **networks)
    for batch in finite_batches(dataset):
        _check_batch(batch, with_classes=table is not None)
        if batch["image"].dtype != "uint8":
            floats = ops.convert_to_numpy(as_floats(batch["image"]))
            check_range(floats, "image")
        generated = _generated(gan, batch)
        real = ops.convert_to_numpy(to_uint8(batch["image"]))
        suite.update_state(batch["label"], generated, real)
    if not suite.images:
        raise ValueError(
            "The data set must hold at least one image. Received: none"
        )
    return suite.result()


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
