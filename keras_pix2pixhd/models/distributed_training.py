"""Training on several devices, with Keras' own `fit`."""

import keras

from keras_pix2pixhd.models.dividing import (
    across_machines,
    check_batch_size,
    check_dataset,
    check_scope,
    divided,
    said_as_value_error,
)
from keras_pix2pixhd.models.kept_values import KeptValues
from keras_pix2pixhd.models.sharding import (
    check_devices,
    evaluated_batches,
    own_rows,
    shared_batches,
)

_BATCH_SIZE = 32  # of arrays, where Keras is told none


class DistributedTraining:
    """The part of `Pix2PixHDGAN` that Keras 3.15 lacks for replicas.

    A model that is made in the scope of a `MirroredStrategy` or a
    `MultiWorkerMirroredStrategy` is trained by it: each replica sees an equal
    part of every batch. On JAX, one that is made under a
    `keras.distribution.Distribution` is trained on the devices of that. On one
    device everything here is Keras' own.
    """

    @property
    def strategy(self):
        """The `tf.distribute.Strategy` of the model, by default of one replica.

        `None` on other backends.
        """
        if keras.backend.backend() != "tensorflow":
            return None
        return self.distribute_strategy

    @property
    def replicas(self):
        """How many replicas share a batch, those of all machines; or 1."""
        return self.strategy.num_replicas_in_sync if self.strategy else 1

    def compile(self, *args, **kwargs):
        """`keras.Model.compile`, in the scope of the model's strategy.

        Raises:
            ValueError: if it is called outside of that scope, or on JAX under
                another distribution.
        """
        if self.replicas > 1:
            check_scope(self.strategy)
        check_devices(self.generator.weights)
        return super().compile(*args, **kwargs)

    def fit(self, x=None, y=None, batch_size=None, **kwargs):
        """`keras.Model.fit`, which looks at the size of the batches.

        Raises:
            ValueError: if it is not divisible by the replicas, or on JAX by
                the devices.
        """
        if self.replicas == 1:
            with shared_batches(x, batch_size or _BATCH_SIZE):
                return super().fit(x, y, batch_size, **kwargs)
        checked = check_dataset(x, batch_size, self.replicas)
        if checked is not x:
            # traced with an endless data set, it loses the errors of others
            x, self.train_function = checked, None
        with said_as_value_error():
            return super().fit(x, y, batch_size, **kwargs)

    def evaluate(self, x=None, y=None, batch_size=None, *args, **kwargs):
        """`keras.Model.evaluate`, of batches of any size."""
        with evaluated_batches(x, batch_size or _BATCH_SIZE):
            return super().evaluate(x, y, batch_size, *args, **kwargs)

    def predict(self, x, batch_size=None, *args, **kwargs):
        """`keras.Model.predict`, of batches of any size."""
        with evaluated_batches(x, batch_size or _BATCH_SIZE):
            return super().predict(x, batch_size, *args, **kwargs)

    def train_on_batch(self, x, *args, **kwargs):
        """`keras.Model.train_on_batch`, the batch divided by all replicas."""
        with shared_batches(x, batch_size=None):
            batch = own_rows(self._divided(x))
            return super().train_on_batch(batch, *args, **kwargs)

    def test_on_batch(self, x, *args, **kwargs):
        """`keras.Model.test_on_batch`, the batch divided by all replicas."""
        with evaluated_batches(x, batch_size=None):
            return super().test_on_batch(self._divided(x), *args, **kwargs)

    def predict_on_batch(self, x):
        """`keras.Model.predict_on_batch`; each image of the batch once.

        Keras gives the whole batch to each replica. Here the first one of
        each machine alone paints.
        """
        if self.replicas == 1:
            return super().predict_on_batch(x)
        return self._painting_alone(x).numpy()

    def _divided(self, x):
        if self.replicas == 1:
            return x
        check_batch_size(len(x["label"]), self.replicas)
        return divided(x, self.strategy)

    @property
    def _painting_alone(self):
        import tensorflow as tf

        if "painting_alone" not in self.__dict__:
            paint = tf.function(
                lambda x: self.predict_step((x,)), reduce_retracing=True
            )
            self.__dict__["painting_alone"] = paint
        return self.__dict__["painting_alone"]

    def make_train_function(self, *args, **kwargs):
        super().make_train_function(*args, **kwargs)
        on_jax = keras.backend.backend() == "jax"
        if on_jax and not isinstance(self.train_function, KeptValues):
            self.train_function = KeptValues(self, self.train_function)

    def train_step(self, *args):
        return self._reducible(super().train_step(*args))

    def test_step(self, *args):
        if self.replicas == 1:
            return super().test_step(*args)
        batch = keras.utils.unpack_x_y_sample_weight(args[0])[0]
        test = super().test_step
        # of a small batch, some replicas get nothing
        some = keras.ops.shape(batch["label"])[0] > 0
        return self._reducible(
            keras.ops.cond(some, lambda: test(*args), self.get_metrics_result)
        )

    def _reducible(self, logs):
        """Logs with the axis over which Keras means those of all workers."""
        if not isinstance(logs, dict) or not across_machines(self.strategy):
            return logs
        return {k: keras.ops.reshape(v, (1,)) for k, v in logs.items()}

    def _maybe_symbolic_build(self, *args, **kwargs):
        """Does nothing: networks and optimizers are built by `compile`.

        Keras' own fails under a `MultiWorkerMirroredStrategy`
        (keras-team/keras#20585). A private method: a test sees whether Keras
        still calls it.
        """
