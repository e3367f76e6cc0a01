"""A tiny GAN and a tiny batch, for the tests of training."""

import zipfile

import h5py
import keras
import numpy as np

from keras_pix2pixhd.models import (
    GlobalGenerator,
    MultiscaleDiscriminator,
    Pix2PixHDGAN,
)

CLASSES = 3
SIZE = (32, 32)


def small_batch(seed=0, count=2, instance=False):
    """Random labels and images, and rectangles as instances on request."""
    random = np.random.default_rng(seed)
    shape = (count, *SIZE)
    batch = {
        "label": random.integers(0, CLASSES, shape, dtype="uint8"),
        "image": random.uniform(-1, 1, (*shape, 3)).astype("float32"),
    }
    if instance:
        batch["instance"] = np.zeros(shape, "int32")
        batch["instance"][:, 8:20, 4:16] = 1
    return batch


def small_gan(class_table=CLASSES, normalization="instance", **arguments):
    """A GAN whose initial weights are the same every time."""
    keras.utils.set_random_seed(0)
    edges = int(arguments.get("use_instance_edges", False))
    channels = arguments.get("label_channels") or CLASSES
    return Pix2PixHDGAN(
        GlobalGenerator(
            channels + edges,
            filters=4,
            num_downsamplings=1,
            num_residual_blocks=1,
        ),
        MultiscaleDiscriminator(
            channels + edges + 3,
            filters=4,
            num_layers=2,
            normalization=normalization,
        ),
        class_table,
        **arguments,
    )


def adam(learning_rate):
    return keras.optimizers.Adam(learning_rate, 0.5, 0.999)


def compiled_gan(class_table=CLASSES, compiling=None, **arguments):
    """A tiny GAN, ready to train; eagerly, because one step is soon done.

    Not so on JAX, which compiles a step much faster than it takes one operation
    by operation.

    Args:
        compiling: dict of arguments of `compile` that differ.
        **arguments: of `small_gan`.
    """
    gan = small_gan(class_table, **arguments)
    gan.compile(
        **{
            "generator_optimizer": adam(1e-3),
            "discriminator_optimizer": adam(2e-3),
            "run_eagerly": keras.backend.backend() != "jax",
            **(compiling or {}),
        }
    )
    return gan


def train(gan, batch, steps=1):
    """Trains on the same batch; returns the logs of every step."""
    logs = []
    for _ in range(steps):
        gan.reset_metrics()
        logs.append(gan.train_on_batch(batch, return_dict=True))
    return [{name: float(x) for name, x in step.items()} for step in logs]


def values(variables):
    """Copies of variables as NumPy arrays."""
    return [np.array(keras.ops.convert_to_numpy(v)) for v in variables]


def largest_difference(found, expected):
    """The largest absolute difference between two lists of arrays."""
    pairs = zip(found, expected, strict=True)
    return max(float(np.max(np.abs(x - y))) for x, y in pairs)


def saved_numbers(path):
    """How many numbers a .keras file holds."""
    sizes = []

    def note(_, item):
        if isinstance(item, h5py.Dataset):
            sizes.append(item.size)

    with zipfile.ZipFile(path) as archive:
        with archive.open("model.weights.h5") as file, h5py.File(file) as store:
            store.visititems(note)
    return sum(sizes)


def check_saved_once(gan, path):
    """Weights and two moments; iterations, rates and trackers beside."""
    weights = sum(x.size for x in values(gan.trainable_variables))
    assert 3 * weights < saved_numbers(path) < 3 * weights + 100


def write_vgg19_prefix(path, seed=0):
    """Random weights of VGG19 up to relu2_1, as an `.npz` file."""
    random = np.random.default_rng(seed)
    arrays = {}
    for name, channels_in, channels in (
        ("block1_conv1", 3, 64),
        ("block1_conv2", 64, 64),
        ("block2_conv1", 64, 128),
    ):
        kernel = random.normal(0, 0.1, (3, 3, channels_in, channels))
        arrays[f"{name}_kernel"] = kernel.astype("float32")
        arrays[f"{name}_bias"] = np.zeros(channels, "float32")
    np.savez(path, **arrays)
    return path
