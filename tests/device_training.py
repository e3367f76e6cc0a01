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
# a run of the command line as small, which workers train as well
RUN = {
    "image_size": "16,24",
    "toy_scenes": 12,
    "filters": 4,
    "num_downsamplings": 1,
    "num_residual_blocks": 0,
    "discriminator_filters": 4,
    "discriminator_layers": 1,
    "discriminator_scales": 1,
    "batch_size": 4,
    "samples": 1,
    "validation_images": 2,
    "evaluation_images": 2,
}
MAIN = "from keras_pix2pixhd.cli import main; raise SystemExit(main())"


def run_options(**settings):
    """The options of `pix2pixhd train` for `RUN` and further settings."""
    pairs = (RUN | settings).items()
    words = [("--set", f"{name}={value}") for name, value in pairs]
    return [word for pair in words for word in pair]


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


class Batches(keras.utils.PyDataset):
    """Batches of arrays, for backends without tf.data."""

    def __init__(self, data, size):
        super().__init__()
        self.data, self.size = data, size

    def __len__(self):
        return -(-len(self.data["label"]) // self.size)

    def __getitem__(self, i):
        rows = slice(i * self.size, (i + 1) * self.size)
        return part_of(self.data, rows)


def part_of(data, rows):
    return {name: values[rows] for name, values in data.items()}


def batches(data, size):
    if keras.backend.backend() != "tensorflow":
        return Batches(data, size)
    import tensorflow as tf

    return tf.data.Dataset.from_tensor_slices(data).batch(size)


def trained(scope):
    """Trains a step an epoch; returns the model, losses and outputs."""
    with scope:
        gan = compiled_gan()
    data = images_and_labels()
    found = training_of(gan, data)
    batch = part_of(data, slice(BATCH))
    logs = gan.train_on_batch(batch, return_dict=True)
    report = gan.step_report()
    found |= as_json({"trained_on_batch": logs, "report": report})
    return gan, found


def training_of(gan, data):
    """Trains a model on data; returns losses and outputs."""
    history = gan.fit(
        batches(data, BATCH), epochs=STEPS, steps_per_epoch=1, verbose=0
    ).history
    # batches of one leave a replica with nothing
    few = batches(part_of(data, slice(3)), 1)
    painted = part_of(data, slice(3))
    if not gan.feature_encoder:
        del painted["image"]
    found = {
        "losses": history,
        "evaluated": gan.evaluate(few, verbose=0, return_dict=True),
        "outputs": gan.predict_on_batch(painted).tolist(),
    }
    return as_json(found)


def as_json(found):
    return json.loads(json.dumps(found, default=float))


def refused(gan):
    """What is said of batches that two replicas cannot share."""
    import tensorflow as tf

    data = images_and_labels(3)
    dataset = tf.data.Dataset.from_tensor_slices(data)
    ways = {
        "dataset": lambda: gan.fit(dataset.batch(3, drop_remainder=True)),
        "last batch": lambda: gan.fit(batches(data, 2), verbose=0),
        "arrays": lambda: gan.fit(data, batch_size=3),
        "one batch": lambda: gan.train_on_batch(data),
        "scope": lambda: gan.compile("adam", "sgd"),
    }
    return said_of(ways)


def said_of(ways):
    """What the errors of some calls say, by the name of the call."""
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
