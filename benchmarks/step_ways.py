"""The package's training step against explicit gradients, on TensorFlow.

    python benchmarks/step_ways.py --image-size 256 256 --filters 32

`Pix2PixHDGAN` differentiates one scalar and lets Keras' trainers do the rest;
that costs one more discriminator pass on the fake image than two explicit
gradients with one pass. Both train the same networks on the same batch here,
in turns, and the median of the ratios is printed.
"""

import argparse
import os
import platform
import resource
import statistics
import time

os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")
os.environ["KERAS_BACKEND"] = "tensorflow"

import keras
import numpy as np
import tensorflow as tf

from keras_pix2pixhd import (
    GlobalGenerator,
    MultiscaleDiscriminator,
    PerceptualNetwork,
    Pix2PixHDGAN,
)


class ExplicitStepGAN(Pix2PixHDGAN):
    """The same losses with two gradients and one pass on the fake image."""

    def train_step(self, data):
        batch, _, _ = keras.utils.unpack_x_y_sample_weight(data)
        with tf.GradientTape(persistent=True) as tape:
            fake = self(batch, training=True)
            view = self._view(batch, True)
            fake_maps = self._judge(view(fake), True)
            real_maps = self._judge(view(batch["image"]), True)
            fake_scores, real_scores = (
                [maps[-1] for maps in level] for level in (fake_maps, real_maps)
            )
            network, weights = self.perceptual_network, self.weights_of_losses
            generator_loss = (
                weights["adversarial"]
                * self.adversarial_loss.generator(fake_scores)
                + weights["feature_matching"]
                * self.feature_matching_loss(fake_maps, real_maps)
                + weights["perceptual"]
                * self.perceptual_loss(network(fake), network(batch["image"]))
            )
            discriminator_loss = 0.5 * (
                self.adversarial_loss.real(real_scores)
                + self.adversarial_loss.fake(fake_scores)
            )
        losses = (generator_loss, discriminator_loss)
        networks = (self.generator, self.discriminator)
        optimizers = (self.generator_optimizer, self.discriminator_optimizer)
        gradients = [
            tape.gradient(loss, network.trainable_variables)
            for loss, network in zip(losses, networks, strict=True)
        ]
        for optimizer, network, gradient in zip(
            optimizers, networks, gradients, strict=True
        ):
            optimizer.apply(gradient, network.trainable_variables)
        return {"generator_loss": generator_loss}


def make(kind, options, network):
    keras.utils.set_random_seed(0)
    gan = kind(
        GlobalGenerator(options.classes, filters=options.filters),
        MultiscaleDiscriminator(options.classes + 3, filters=options.filters),
        options.classes,
        perceptual_network=network,
    )
    adam = {"beta_1": 0.5, "beta_2": 0.999, "epsilon": 1e-8}
    gan.compile(
        keras.optimizers.Adam(2e-4, **adam), keras.optimizers.Adam(2e-4, **adam)
    )
    return gan


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--image-size", nargs=2, type=int, default=(256, 256))
    parser.add_argument("--classes", type=int, default=32)
    parser.add_argument("--filters", type=int, default=64)
    parser.add_argument("--batch-size", type=int, default=1)
    parser.add_argument("--pairs", type=int, default=11)
    options = parser.parse_args()
    generator = np.random.default_rng(0)
    shape = (options.batch_size, *options.image_size)
    batch = {
        "label": generator.integers(0, options.classes, shape, dtype="uint8"),
        "image": generator.uniform(-1, 1, (*shape, 3)).astype("float32"),
    }
    network = PerceptualNetwork("random", normalization="none")
    kinds = (Pix2PixHDGAN, ExplicitStepGAN)
    gans = [make(kind, options, network) for kind in kinds]
    seconds = [[], []]
    both = list(zip(gans, seconds, strict=True))
    for turn in range(options.pairs + 1):
        for gan, times in both if turn % 2 else both[::-1]:
            start = time.perf_counter()
            gan.train_on_batch(batch)
            times.append(time.perf_counter() - start)
    ours, theirs = (times[1:] for times in seconds)  # the first one compiles
    ratios = [a / b for a, b in zip(ours, theirs, strict=True)]
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 2**20
    print(
        f"machine: {os.cpu_count()} cores, {platform.machine()}, Python "
        f"{platform.python_version()}, TensorFlow {tf.__version__}, Keras "
        f"{keras.__version__}\n"
        f"work: {shape}, {options.classes} classes, {options.filters} filters\n"
        f"one scalar: {statistics.median(ours):.3f} s a step\n"
        f"two gradients: {statistics.median(theirs):.3f} s a step\n"
        f"one scalar / two gradients: median {statistics.median(ratios):.3f} "
        f"of {len(ratios)} pairs ({min(ratios):.3f} to {max(ratios):.3f})\n"
        f"peak memory of both together: {memory:.2f} GiB"
    )


if __name__ == "__main__":
    main()
