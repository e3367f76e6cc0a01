"""Generated images of past steps, for the discriminator to see again."""

import keras
from keras import ops

from keras_pix2pixhd.models.blocks import check_at_least
from keras_pix2pixhd.models.image_pool_checks import (
    check_samples,
    checked_pair,
    checked_specs,
)


@keras.saving.register_keras_serializable(package="keras_pix2pixhd")
class ImagePool(keras.layers.Layer):
    """Hands out past samples in place of about half of the new ones.

    While it is not full, what is new is stored and handed back. Once full,
    each sample of a batch is, with probability a half, swapped with a random
    stored one. A sample is a dict, so that a generated image stays with the
    labels that it was made from. What is stored is state: it is saved with
    the model, and moves inside compiled steps on every backend. A batch with
    a number that is not finite is handed back, and nothing of it is stored.

    Args:
        size: int. Samples that it holds; at least the batch size.
        image_size: `(height, width)` of everything in it.
        seed: int, default 0. Of the draws.

    Reference:
        [Shrivastava et al., 2017](https://arxiv.org/abs/1612.07828), section
        2.3; `ImagePool` of NVIDIA/pix2pixHD. A batch that does not fit into
        what is left of the pool fills it; there is no swapping yet.

    Example:

    >>> pool = ImagePool(2, image_size=(4, 6))
    >>> pool.build({"image": ((4, 6, 3), "float32")})
    >>> out = pool.query({"image": np.ones((1, 4, 6, 3), "float32")})
    >>> tuple(out["image"].shape), int(pool.count)
    ((1, 4, 6, 3), 1)
    """

    def __init__(self, size, image_size, seed=0, **kwargs):
        super().__init__(**kwargs)
        height, width = checked_pair(image_size)
        check_at_least(size=(size, 1), height=(height, 1), width=(width, 1))
        self.size = size
        self.image_size = (height, width)
        self.seed = seed
        self.seed_generator = keras.random.SeedGenerator(seed)

    def build(self, specs):
        """Makes room for samples.

        Args:
            specs: dict from a name to the shape and the dtype of a sample,
                `{"image": ((height, width, 3), "float32")}`. Again with the
                same, it does nothing.

        Raises:
            ValueError: if a shape does not begin with `image_size`, or the
                pool was built for something else.
        """
        specs = checked_specs(specs, self.image_size)
        if self.built:
            if specs != self.specs:
                raise ValueError(
                    f"The pool was built for {self.specs}. Received: "
                    f"specs={specs}. Make a new ImagePool."
                )
            return
        self.specs = specs
        self.stored = {
            name: self._state(name, (self.size, *shape), dtype)
            for name, (shape, dtype) in specs.items()
        }
        self.count = self._state("count", (), "int32")
        self.built = True

    def _state(self, name, shape, dtype):
        integer = "float" not in dtype
        return self.add_weight(
            name=name,
            shape=shape,
            # TensorFlow has no room for int32 variables on a GPU
            dtype="int" if integer else dtype,
            initializer="zeros",
            trainable=False,
            autocast=False,
            aggregation="only_first_replica",
        )

    def query(self, items):
        """Takes a batch of new samples and hands out as many.

        Args:
            items: dict of tensors `(batch, height, width, ...)` with the
                names of `build`.

        Returns:
            A dict like it, in the dtypes of `build`. No gradient flows
            through it.

        Raises:
            ValueError: if the pool is not built, or names, sizes or the
                batch do not fit it.
        """
        if not self.built:
            raise ValueError(
                "The pool must be built before its first query. Call build "
                "with the shapes and dtypes of the samples."
            )
        check_samples(items, self.specs, self.size, self.image_size)
        items = {
            name: ops.stop_gradient(ops.cast(items[name], state.dtype))
            for name, state in self.stored.items()
        }
        finite = _all_finite(items)
        slots, taken = self._draw(ops.shape(next(iter(items.values())))[0])
        taken = ops.logical_and(taken, finite)
        full = self._is_full()
        outputs = {}
        for name, (shape, dtype) in self.specs.items():
            state, new = self.stored[name], items[name]
            past = ops.take(state, slots, axis=0)
            chosen = ops.reshape(taken, (-1,) + (1,) * len(shape))
            kept = ops.where(chosen, new, past)
            out = ops.where(ops.logical_and(chosen, full), past, new)
            state.assign(ops.scatter_update(state, slots[:, None], kept))
            outputs[name] = ops.cast(out, dtype)
        new = ops.where(finite, ops.shape(slots)[0], 0)
        count = self.count + ops.cast(new, self.count.dtype)
        self.count.assign(ops.minimum(count, self.size))
        return outputs

    def _is_full(self):
        return ops.equal(self.count, self.size)

    def _draw(self, batch):
        """A slot of its own for every sample, and whether it is put there."""
        draws = keras.random.uniform(
            (2, self.size), seed=self.seed_generator, dtype="float32"
        )
        count = ops.cast(self.count, "int32")
        free = count + ops.arange(batch, dtype="int32")
        permuted = ops.cast(ops.argsort(draws[0])[:batch], "int32")
        full = self._is_full()
        slots = ops.where(full, permuted, free % self.size)
        taken = ops.where(full, draws[1][:batch] < 0.5, free < self.size)
        return slots, taken

    def save_own_variables(self, store):
        for name, state in self._saved().items():
            store[name] = state

    def load_own_variables(self, store):
        for name, state in self._saved().items():
            state.assign(store[name])

    def _saved(self):
        """All state; Keras alone would leave out where the draws are."""
        if not self.built:
            return {}
        stored = {f"stored_{name}": x for name, x in self.stored.items()}
        draws = self.seed_generator.state
        return {**stored, "count": self.count, "draws": draws}

    def get_build_config(self):
        return {"specs": self.specs} if self.built else None

    def build_from_config(self, config):
        self.build(config["specs"])

    def get_config(self):
        return {
            **super().get_config(),
            "size": self.size,
            "image_size": self.image_size,
            "seed": self.seed,
        }


def _all_finite(items):
    finite = [ops.convert_to_tensor(True)]
    for x in items.values():
        dtype = keras.backend.standardize_dtype(x.dtype)
        if keras.backend.is_float_dtype(dtype):
            finite.append(ops.all(ops.isfinite(x)))
    return ops.all(ops.stack(finite))
