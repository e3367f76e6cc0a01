"""The training of `device_training` on JAX, on one device and on two.

Run as a program, `python tests/sharded_training.py FILE`, on a JAX with two
devices, it writes what it has found as JSON.
"""

import json
import pathlib
import sys
import tempfile

import keras
import numpy as np

from keras_pix2pixhd.checkpoints import restore_checkpoint, save_checkpoint
from keras_pix2pixhd.models import (
    GlobalGenerator,
    ImagePool,
    InstanceFeatureEncoder,
    MultiscaleDiscriminator,
    PerceptualNetwork,
    Pix2PixHDGAN,
)
from tests.device_training import (
    BATCH,
    SIZE,
    Batches,
    images_and_labels,
    part_of,
    said_of,
    training_of,
)
from tests.small_gan import values, write_vgg19_prefix


def images_labels_and_instances():
    data = images_and_labels()
    coarse = np.random.default_rng(1).integers(
        0, 5, (len(data["label"]), SIZE[0] // 4, SIZE[1] // 4), "int32"
    )
    data["instance"] = coarse.repeat(4, axis=1).repeat(4, axis=2)
    return data


def compiled_gan(vgg):
    """With everything that looks at more than one sample, or draws."""
    keras.utils.set_random_seed(0)
    edges, features = 1, 2
    gan = Pix2PixHDGAN(
        GlobalGenerator(
            3 + edges + features,
            filters=4,
            num_downsamplings=1,
            num_residual_blocks=0,
            normalization="batch",
        ),
        MultiscaleDiscriminator(
            3 + edges + 3,
            filters=4,
            num_layers=1,
            num_scales=1,
            spectral_normalization=True,
        ),
        class_table=3,
        use_instance_edges=True,
        feature_encoder=InstanceFeatureEncoder(
            feature_channels=features, filters=4, num_downsamplings=1
        ),
        perceptual_network=PerceptualNetwork(vgg),
        ema_decay=0.9,
    )
    adams = [keras.optimizers.Adam(2e-3, 0.5, epsilon=1e-3) for _ in range(2)]
    gan.compile(
        *adams,
        image_pool=ImagePool(6, SIZE),
        diff_augment="color,translation,cutout",
        accumulation_steps=2,
        clip_norm=1.0,
    )
    gan.diff_augment.seed_generator.state.assign([7, 0])
    return gan


def watched_shardings(gan):
    """A list that gets how generated images are laid out in each step."""
    import jax  # only where it runs: pytest imports every file

    compute_loss, seen = gan.compute_loss, []

    def watching(x, y=None, y_pred=None, *args, **kwargs):
        jax.debug.inspect_array_sharding(
            y_pred, callback=lambda layout: seen.append(_parts(layout, y_pred))
        )
        return compute_loss(x, y, y_pred, *args, **kwargs)

    gan.compute_loss = watching
    return seen


def _parts(layout, array):
    """On how many devices an array is, and how much of it on each."""
    return len(layout.device_set), layout.shard_shape(array.shape)


def layouts(gan):
    """Those of all variables: their devices, and whether each has all."""
    found = [v.value.sharding for v in gan.variables + gan.optimizer.variables]
    return sorted({(len(x.device_set), x.is_fully_replicated) for x in found})


def report_of_nan(gan, data):
    """What is reported after a batch whose last sample is not finite."""
    batch = part_of(data, slice(BATCH))
    batch["image"] = batch["image"].copy()
    batch["image"][-1, 0, 0, 0] = np.nan
    gan.fit(Batches(batch, BATCH), verbose=0)
    return gan.step_report()


def refused(gan, data):
    """What is said of batches that two devices cannot share."""
    three = part_of(data, slice(3))
    odd = Batches(three, 3)  # of a size that nothing knows beforehand
    return said_of(
        {
            "arrays": lambda: gan.fit(three, batch_size=3),
            "first batch": lambda: gan.fit(odd, verbose=0),
            "one batch": lambda: gan.train_on_batch(three),
        }
    )


def equal(gan, other):
    """Whether all numbers of two models are equal to the bit."""
    pairs = zip(values(gan.variables), values(other.variables), strict=True)
    return all(np.array_equal(x, y) for x, y in pairs)


def moved(one, two, scope, folder):
    """Takes models from two devices to one, and back."""
    found = {}
    save_checkpoint(two, folder / "two", (0, 0, 1))
    restore_checkpoint(one, folder / "two")
    found["checkpoint to one"] = equal(one, two), layouts(one)
    two.save(folder / "two.keras")
    loaded = keras.saving.load_model(folder / "two.keras")
    found["file to one"] = equal(loaded, two), layouts(loaded)
    one.generator.weights[0].assign(one.generator.weights[0] + 1.0)
    save_checkpoint(one, folder / "one", (0, 0, 1))
    with scope():
        restore_checkpoint(two, folder / "one")
        found["checkpoint to two"] = equal(one, two), layouts(two)
        loaded = keras.saving.load_model(folder / "two.keras")
        found["file to two"] = layouts(loaded)
    compiling = {"compile": lambda: loaded.compile("adam", "sgd")}
    return found, said_of(compiling)


def main(file):
    scope = keras.distribution.DataParallel().scope
    with tempfile.TemporaryDirectory() as folder:
        folder = pathlib.Path(folder)
        vgg = write_vgg19_prefix(folder / "vgg.npz")
        data, found = images_labels_and_instances(), {}
        one = compiled_gan(vgg)
        found["one"] = training_of(one, data)
        found["one"]["report"] = report_of_nan(one, data)
        with scope():
            two = compiled_gan(vgg)
            seen = watched_shardings(two)
            found["two"] = training_of(two, data)
            found["two"]["report"] = report_of_nan(two, data)
            found["images"] = seen
            found["variables"] = layouts(two)
            found["refused"] = refused(two, data)
        found["moved"], said = moved(one, two, scope, folder)
        found["refused"] |= said
    with open(file, "w", encoding="utf-8") as stream:
        json.dump(found, stream)


if __name__ == "__main__":
    main(*sys.argv[1:])
