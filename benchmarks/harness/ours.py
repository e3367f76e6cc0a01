"""This package as a side: steps of `fit`, calls of `generate`."""

import itertools
import os
import time

PRECISIONS = {
    "float32": "float32",
    "bfloat16": "mixed_bfloat16",
    "float16": "mixed_float16",
}


class Ours:
    """A `Pix2PixHDGAN` that does the work.

    Args:
        work: `Work`.
        backend: `"tensorflow"`, `"jax"` or `"torch"`.
        precision: `"float32"`, `"bfloat16"` or `"float16"`; the last two are
            Keras' mixed policies.
        jit_compile: `"auto"` (default), True or False, as of
            `keras.Model.compile`.
    """

    def __init__(self, work, backend, precision="float32", jit_compile="auto"):
        os.environ["KERAS_BACKEND"] = backend
        import keras

        keras.config.set_dtype_policy(PRECISIONS[precision])
        self.backend = backend
        self._work = work
        self._batch = work.batch()
        self._gan = _gan(work)
        if work.task == "train":
            adam = {"beta_1": 0.5, "beta_2": 0.999, "epsilon": 1e-8}
            self._gan.compile(
                keras.optimizers.Adam(2e-4, **adam),
                keras.optimizers.Adam(2e-4, **adam),
                jit_compile=jit_compile,
            )

    def run(self, count):
        """Does the work `count` times.

        Returns:
            Seconds, from before the first step until the last one's result
            is on the host. Of training, what `fit` does before its first
            step and after its last is not in it.
        """
        if self._work.task == "train":
            return self._train(count)
        start = time.perf_counter()
        for _ in range(count):
            self._gan.generate(self._batch["label"])  # NumPy
        return time.perf_counter() - start

    def _train(self, count):
        import keras

        class Clock(keras.callbacks.Callback):
            def on_train_batch_begin(self, batch, logs=None):
                if batch == 0:
                    self.start = time.perf_counter()

            def on_train_batch_end(self, batch, logs=None):
                if batch == count - 1:
                    float(logs["loss"])
                    self.seconds = time.perf_counter() - self.start

        clock = Clock()
        self._gan.fit(
            ((self._batch,) for _ in itertools.count()),
            steps_per_epoch=count,
            verbose=0,
            callbacks=[clock],
        )
        return clock.seconds


def _gan(work):
    from keras_pix2pixhd.models import (
        GlobalGenerator,
        MultiscaleDiscriminator,
        PerceptualNetwork,
        Pix2PixHDGAN,
    )

    perceptual = work.task == "train" and work.perceptual
    return Pix2PixHDGAN(
        GlobalGenerator(
            work.label_channels,
            filters=work.filters,
            num_downsamplings=work.num_downsamplings,
            num_residual_blocks=work.num_residual_blocks,
        ),
        MultiscaleDiscriminator(
            work.label_channels + 3,
            filters=work.discriminator_filters,
            num_layers=work.num_layers,
            num_scales=work.num_scales,
        ),
        work.classes,
        label_channels=work.label_channels,
        perceptual_network=PerceptualNetwork("random", normalization="none")
        if perceptual
        else None,
    )
