"""The training of a segmenter, step by step."""

import itertools
import math

import keras
import numpy as np

LEARNING_RATE = 3e-3
_WARMUP_SHARE = 0.05


def fit_segmenter(segmenter, batches, steps, report):
    """Trains a segmenter with Adam, at a rate that falls as a cosine.

    The loss is the cross-entropy, see `pixel_weights`.

    Args:
        segmenter: `Segmenter`.
        batches: iterable of `(image, label)`, see `training_batches`.
        steps: int, batches to train on.
        report: function that is called after each step with its number and
            its loss.

    Raises:
        ValueError: if the loss is no number any more, or no label map had
            a pixel of a class.
    """
    trainer = _trainer(segmenter, steps)
    classes = len(segmenter.class_table)
    known = False
    for step, batch in enumerate(itertools.islice(batches, steps), 1):
        trainer.reset_metrics()  # or it would be the mean of all steps so far
        image, label = batch
        weights = pixel_weights(label, classes)
        label = np.minimum(label, classes - 1)  # void, which counts nothing
        loss = float(trainer.train_on_batch(image, label, weights))
        if not math.isfinite(loss):
            raise ValueError(
                "The loss of the segmenter must be a finite number. Received: "
                f"{loss} in step {step}. Try another --seed, or larger batches."
            )
        known = known or bool(weights.any())
        report(step, loss)
    if not known:
        raise ValueError(
            "A segmenter learns from label maps. Received: only void in all "
            f"that was read, {steps} steps: no pixel of any class."
        )


def pixel_weights(label, classes):
    """Returns how much each pixel of a batch counts in the loss.

    Void counts nothing. The pixels of a class count the less, the more there
    are of it: all together as the square root of their number. Else a network
    that trains for minutes would never name a class of few pixels; on CamVid
    it left out five of eleven.

    Args:
        label: NumPy array of class indices; those of no class are void.
        classes: int, their number.

    Returns:
        NumPy array of the same shape, float32.

    Example:

    >>> pixel_weights(np.array([0, 0, 0, 0, 1, 255]), 2).tolist()
    [0.5, 0.5, 0.5, 0.5, 1.0, 0.0]
    """
    known = np.where(label < classes, label, classes)
    counts = np.bincount(known.ravel(), minlength=classes + 1)
    weights = 1.0 / np.sqrt(np.maximum(counts, 1))
    weights[classes] = 0.0
    return weights[known].astype("float32")


def _trainer(segmenter, steps):
    """A model around the segmenter, which so stays without an optimizer."""
    pixels = keras.Input((None, None, 3), dtype="uint8")
    trainer = keras.Model(pixels, segmenter(pixels))
    warmup = int(_WARMUP_SHARE * steps)
    rate = keras.optimizers.schedules.CosineDecay(
        LEARNING_RATE / (warmup + 1),
        steps - warmup,
        warmup_target=LEARNING_RATE,
        warmup_steps=warmup,
    )
    crossentropy = keras.losses.SparseCategoricalCrossentropy(
        from_logits=True, reduction="mean_with_sample_weight"
    )
    trainer.compile(keras.optimizers.Adam(rate), loss=crossentropy)
    return trainer
