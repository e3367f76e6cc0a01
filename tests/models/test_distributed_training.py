import inspect

import keras
import pytest

from tests.small_gan import compiled_gan, small_batch

tf = pytest.importorskip("tensorflow")
pytestmark = pytest.mark.skipif(
    keras.backend.backend() != "tensorflow", reason="no tf.distribute"
)


def test_keras_still_has_what_is_overridden():
    """If not, see `_maybe_symbolic_build` and `_reducible`."""
    trainer = inspect.getmodule(keras.Model.fit.__wrapped__)
    fit = inspect.getsource(trainer.TensorFlowTrainer.fit)
    assert "self._maybe_symbolic_build(iterator=epoch_iterator)" in fit
    reduce = inspect.getsource(trainer.reduce_per_replica)
    assert 'strategy.reduce("MEAN", v, axis=0)' in reduce


def test_without_a_strategy_there_is_one_replica():
    gan = compiled_gan()
    assert gan.replicas == 1
    logs = gan.train_on_batch(small_batch(count=3), return_dict=True)
    assert all(keras.ops.ndim(value) == 0 for value in logs.values())


def test_a_strategy_of_one_device_is_keras_own():
    with tf.distribute.MirroredStrategy(["CPU:0"]).scope():
        gan = compiled_gan(compiling={"run_eagerly": False})
    assert gan.replicas == 1
    batch = small_batch(count=3)
    dataset = tf.data.Dataset.from_tensor_slices(batch).batch(2)
    history = gan.fit(dataset, verbose=0).history
    assert 0 < history["generator_loss"][0] < 100
    assert gan.generate(batch["label"]).shape == (3, 32, 32, 3)
