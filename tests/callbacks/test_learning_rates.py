import types

import keras
import pytest

from keras_pix2pixhd.callbacks.learning_rates import learning_rates
from keras_pix2pixhd.optimizers import LinearDecay


def test_each_network_has_its_own_as_the_schedule_has_it_now():
    falling = keras.optimizers.SGD(LinearDecay(0.5, 0, 4))
    model = types.SimpleNamespace(
        generator_optimizer=falling,
        discriminator_optimizer=keras.optimizers.SGD(0.25),
    )
    for done, rate in ((0, 0.5), (1, 0.375)):
        falling.iterations.assign(done)
        assert learning_rates(model) == {
            "generator_learning_rate": rate,
            "discriminator_learning_rate": 0.25,
        }


def test_what_jax_holds_back_is_read_first():
    model = types.SimpleNamespace(optimizer=keras.optimizers.SGD(0.25))
    model.jax_state_sync = lambda: model.optimizer.learning_rate.assign(0.5)
    assert learning_rates(model)["learning_rate"] == pytest.approx(0.5)


@pytest.mark.skipif(
    keras.backend.backend() != "tensorflow", reason="a strategy of TensorFlow"
)
def test_a_constant_rate_that_devices_share_is_read():
    import tensorflow as tf

    with tf.distribute.MirroredStrategy(["CPU:0"]).scope():
        model = types.SimpleNamespace(optimizer=keras.optimizers.SGD(0.25))
    assert learning_rates(model) == {"learning_rate": 0.25}
