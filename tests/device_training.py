"""The same small training on one device, on two, and by two workers.

Run as a program, `python tests/device_training.py mirrored|multi_worker FILE`,
it trains under a strategy and writes what it has found as JSON.
"""

import json
import sys

import keras
import numpy as np

from keras_pix2pixhd.models import (
    GlobalGenerator,
    ImagePool,
    MultiscaleDiscriminator,
    Pix2PixHDGAN,
)

SIZE = (16, 24)
BATCH = 4
STEPS = 5


def images_and_labels(count=BATCH * STEPS):
    random = np.random.default_rng(0)
    return {
        "label": random.integers(0, 3, (count, *SIZE), "uint8"),
        "image": random.uniform(-1, 1, (count, *SIZE, 3)).astype("float32"),
    }


def compiled_gan():
    """With everything that replicas have to share."""
    keras.utils.set_random_seed(0)
    gan = Pix2PixHDGAN(
        GlobalGenerator(
            3, filters=4, num_downsamplings=1, num_residual_blocks=1
        ),
        MultiscaleDiscriminator(
            6,
            filters=4,
            num_layers=1,
            num_scales=1,
            spectral_normalization=True,
        ),
        class_table=3,
        ema_decay=0.9,
    )
    # a large epsilon: rounding cannot turn a step of Adam around
    adams = [keras.optimizers.Adam(2e-3, 0.5, epsilon=1e-3) for _ in range(2)]
    gan.compile(
        *adams,
        image_pool=ImagePool(6, SIZE),
        diff_augment="color,translation,cutout",
        clip_norm=1.0,
    )
    gan.diff_augment.seed_generator.state.assign([7, 0])
    return gan


def trained(scope):
    """Trains a step an epoch; returns the model, losses and outputs."""
    import tensorflow as tf

    with scope:
        gan = compiled_gan()
    data = images_and_labels()
    dataset = tf.data.Dataset.from_tensor_slices(data).batch(BATCH)
    history = gan.fit(
        dataset.repeat(), epochs=STEPS, steps_per_epoch=1, verbose=0
    ).history
    # batches of one leave a replica with nothing
    few = {k: v[:3] for k, v in data.items()}
    few = tf.data.Dataset.from_tensor_slices(few).batch(1)
    first = {k: v[:BATCH] for k, v in data.items()}
    found = {
        "losses": history,
        "evaluated": gan.evaluate(few, verbose=0, return_dict=True),
        "outputs": gan.predict_on_batch({"label": data["label"][:3]}).tolist(),
        "trained_on_batch": gan.train_on_batch(first, return_dict=True),
        "report": gan.step_report(),
    }
    return gan, json.loads(json.dumps(found, default=float))


def refused(gan):
    """What is said of batches that two replicas cannot share."""
    import tensorflow as tf

    data = images_and_labels(3)
    dataset = tf.data.Dataset.from_tensor_slices(data)
    ways = {
        "dataset": lambda: gan.fit(dataset.batch(3, drop_remainder=True)),
        "last batch": lambda: gan.fit(dataset.batch(2), verbose=0),
        "arrays": lambda: gan.fit(data, batch_size=3),
        "one batch": lambda: gan.train_on_batch(data),
        "scope": lambda: gan.compile("adam", "sgd"),
    }
    said = {}
    for name, way in ways.items():
        try:
            way()
        except ValueError as error:
            said[name] = str(error)
    return said


def main(kind, file):
    import tensorflow as tf

    if kind == "multi_worker":
        strategy = tf.distribute.MultiWorkerMirroredStrategy()
    else:
        tf.config.set_logical_device_configuration(
            tf.config.list_physical_devices("CPU")[0],
            [tf.config.LogicalDeviceConfiguration()] * 2,
        )
        strategy = tf.distribute.MirroredStrategy(["CPU:0", "CPU:1"])
    gan, found = trained(strategy.scope())
    if kind == "mirrored":
        found["refused"] = refused(gan)
    with open(file, "w", encoding="utf-8") as stream:
        json.dump(found, stream)


if __name__ == "__main__":
    main(*sys.argv[1:])
