"""The training of a segmenter, step by step."""

import itertools
import math

import keras
from keras import ops

LEARNING_RATE = 3e-3
_WARMUP_SHARE = 0.05


def fit_segmenter(segmenter, batches, steps, report):
    """Trains a segmenter with Adam, at a rate that falls as a cosine.

    Args:
        segmenter: `Segmenter`.
        batches: iterable of `(image, label)`, see `training_batches`.
        steps: int, batches to train on.
        report: function that is called after each step with its number and
            its loss.

    Raises:
        ValueError: if the loss is no number any more.
    """
    trainer = _trainer(segmenter, steps)
    for step, batch in enumerate(itertools.islice(batches, steps), 1):
        trainer.reset_metrics()  # or it would be the mean of all steps so far
        loss = float(trainer.train_on_batch(*batch))
        if not math.isfinite(loss):
            raise ValueError(
                "The loss of the segmenter must be a finite number. Received: "
                f"{loss} in step {step}. Try another --seed, or larger batches."
            )
        report(step, loss)


def labelled_crossentropy(label, scores):
    """Cross-entropy, the mean over all pixels that have a class.

    Args:
        label: `(batch, height, width)` class indices; those of no class are
            void and count nothing.
        scores: `(batch, height, width, classes)` floats, before a softmax.

    Returns:
        A scalar; 0 where all is void.

    Example:

    >>> label = np.array([[[1, 255]]])
    >>> scores = np.array([[[[0.0, 0.0], [9.0, 0.0]]]], "float32")
    >>> round(float(labelled_crossentropy(label, scores)), 4)  # log 2
    0.6931
    """
    classes = scores.shape[-1]
    label = ops.cast(label, "int32")
    known = ops.cast(label < classes, scores.dtype)
    losses = ops.sparse_categorical_crossentropy(
        ops.minimum(label, classes - 1), scores, from_logits=True
    )
    return ops.sum(losses * known) / ops.maximum(ops.sum(known), 1.0)


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
    trainer.compile(keras.optimizers.Adam(rate), loss=labelled_crossentropy)
    return trainer
