"""Training steps of a local enhancer with instances, on real street scenes.

    python benchmarks/local_enhancer.py ../shared/data/cityscapes_sample

The folder holds `train_img`, `train_label` and `train_inst`, as in the
reference's own sample of Cityscapes: label ids, 16-bit instance ids. Networks
have the reference's default widths, VGG19 random weights. The first step
traces the graph and is printed apart.
"""

import argparse
import os
import pathlib
import platform
import resource
import time

os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")

import keras
import numpy as np

from keras_pix2pixhd import (
    CITYSCAPES,
    ImageDatastore,
    InstanceDatastore,
    InstanceFeatureEncoder,
    LocalEnhancer,
    MultiscaleDiscriminator,
    PerceptualNetwork,
    Pix2PixHDGAN,
    PixelLabelDatastore,
    combine,
)


def read(folder, image_size):
    """The scenes as batches of one, NumPy arrays."""
    pairs = combine(
        images=ImageDatastore(folder / "train_img"),
        labels=PixelLabelDatastore(folder / "train_label", CITYSCAPES),
        instances=InstanceDatastore(folder / "train_inst"),
        key=lambda name: "_".join(name.split("_")[:3]),
    )
    batches = []
    for place in range(len(pairs)):
        pair = pairs.read(place, image_size)
        pair["image"] = pair["image"].astype("float32") / 127.5 - 1
        batches.append({key: array[None] for key, array in pair.items()})
    return batches


def make(options):
    keras.utils.set_random_seed(0)
    condition = len(CITYSCAPES) + 1
    gan = Pix2PixHDGAN(
        LocalEnhancer(condition + 3, filters=options.filters),
        MultiscaleDiscriminator(condition + 3, num_scales=3),
        CITYSCAPES,
        use_instance_edges=True,
        feature_encoder=InstanceFeatureEncoder(),
        perceptual_network=PerceptualNetwork("random", normalization="none"),
    )
    adam = {"beta_1": 0.5, "beta_2": 0.999, "epsilon": 1e-8}
    gan.compile(
        keras.optimizers.Adam(2e-4, **adam),
        keras.optimizers.Adam(2e-4, **adam),
        freeze_steps=options.freeze_steps,
    )
    return gan


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("folder", type=pathlib.Path)
    parser.add_argument("--image-size", nargs=2, type=int, default=(512, 1024))
    parser.add_argument("--filters", type=int, default=32)
    parser.add_argument("--steps", type=int, default=4)
    parser.add_argument("--freeze-steps", type=int, default=2)
    options = parser.parse_args()
    batches = read(options.folder, tuple(options.image_size))
    gan = make(options)
    print(
        f"machine: {os.cpu_count()} cores, {platform.machine()}, Keras "
        f"{keras.__version__} on {keras.backend.backend()}\n"
        f"generator: {gan.generator.count_params():,} parameters, encoder "
        f"{gan.feature_encoder.count_params():,}, discriminator "
        f"{gan.discriminator.count_params():,}"
    )
    for step in range(options.steps):
        batch = batches[step % len(batches)]
        gan.reset_metrics()
        start = time.perf_counter()
        logs = gan.train_on_batch(batch, return_dict=True)
        seconds = time.perf_counter() - start
        numbers = ", ".join(
            f"{name.removesuffix('_loss')} {float(value):.3f}"
            for name, value in logs.items()
            if name != "loss"
        )
        instances = len(np.unique(batch["instance"]))
        print(f"step {step + 1}: {seconds:.1f} s, {instances} instances")
        print(f"  {numbers}")
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 2**20
    print(f"peak memory: {memory:.1f} GiB")


if __name__ == "__main__":
    main()
