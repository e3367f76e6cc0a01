"""A convolution whose largest singular value is one."""

import keras
from keras import ops

ITERATIONS_AT_BUILD = 15
TINY = 1e-24


@keras.saving.register_keras_serializable(package="keras_pix2pixhd")
class SpectralConv2D(keras.layers.Conv2D):
    """A `Conv2D` that convolves with its kernel divided by `sigma`.

    `sigma` is the largest singular value of the kernel as a matrix of
    `filters` rows, by power iteration. A reparametrisation: the stored
    kernel is what the optimizer moves and is never overwritten, and the
    gradient flows through `sigma` too. `sigma` is computed in float32 under
    every dtype policy.

    A call does not iterate, so that all passes of a training step see the
    same `sigma`: call `update()` once a step, before them. Building the layer
    iterates often enough for `sigma` to be right within a few percent from
    the start; after a kernel has been assigned from elsewhere, call
    `update(15)`.

    Args:
        *args, **kwargs: those of `keras.layers.Conv2D`.

    Input shape:
        `(batch, height, width, channels)`.

    Output shape:
        That of `Conv2D`.

    Reference:
        [Miyato et al., 2018](https://arxiv.org/abs/1802.05957);
        `torch.nn.utils.parametrizations.spectral_norm`.

    Example: a kernel of one number becomes its sign.

    >>> layer = SpectralConv2D(1, 1, kernel_initializer="ones")
    >>> layer.build((None, None, None, 1))
    >>> _ = layer.kernel.assign(-3 * np.ones((1, 1, 1, 1)))
    >>> float(layer(np.ones((1, 1, 1, 1)))[0, 0, 0, 0])
    -1.0
    """

    def build(self, input_shape):
        super().build(input_shape)
        self.left = super().add_weight(
            name="left_singular_vector",
            shape=(self.filters,),
            initializer=self._first_vector,
            trainable=False,
            dtype="float32",
            autocast=False,
            aggregation="only_first_replica",
        )

    def add_weight(self, *args, **kwargs):
        if kwargs.get("name") == "kernel":
            kwargs["autocast"] = False  # sigma wants all of its digits
        return super().add_weight(*args, **kwargs)

    def update(self, iterations=1):
        """Brings `sigma` nearer to the kernel of now.

        Args:
            iterations: int, default 1: enough once a training step, as the
                kernel moves little in one.
        """
        self.left.assign(self._iterated(self.left, iterations))

    def convolution_op(self, inputs, kernel):
        kernel = ops.convert_to_tensor(kernel, "float32")
        # with the right vector that belongs to it, left @ matrix @ right is
        # the length of left @ matrix, and so is its gradient
        length = ops.matmul(
            _matrix(kernel), ops.stop_gradient(ops.convert_to_tensor(self.left))
        )
        sigma = ops.sqrt(ops.maximum(ops.sum(ops.square(length)), TINY))
        kernel = ops.cast(kernel / sigma, inputs.dtype)
        return super().convolution_op(inputs, kernel)

    def _first_vector(self, shape, dtype=None):
        vector = keras.random.normal(shape, dtype=dtype, seed=0)
        return self._iterated(_unit(vector), ITERATIONS_AT_BUILD)

    def _iterated(self, left, iterations):
        matrix = _matrix(ops.convert_to_tensor(self.kernel, "float32"))
        matrix = ops.stop_gradient(matrix)
        left = ops.convert_to_tensor(left)
        for _ in range(iterations):
            right = _unit(ops.matmul(matrix, left))
            left = _unit(ops.matmul(right, matrix))
        return left

    def save_own_variables(self, store):
        super().save_own_variables(store)
        if self.built:
            store["left"] = self.left

    def load_own_variables(self, store):
        super().load_own_variables(store)
        if self.built:
            self.left.assign(store["left"])


def _matrix(kernel):
    """The kernel with a column for each filter."""
    return ops.reshape(kernel, (-1, kernel.shape[-1]))


def _unit(vector):
    length = ops.sqrt(ops.sum(ops.square(vector)))
    return vector / ops.maximum(length, TINY)
