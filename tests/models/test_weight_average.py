import keras
import numpy as np
import pytest

from keras_pix2pixhd.models.weight_average import WeightAverage
from tests.small_gan import largest_difference, values


def dense(value=0.0, dtype=None):
    """A network of one weight."""
    layer = keras.layers.Dense(1, use_bias=False, dtype=dtype)
    network = keras.Sequential([keras.Input((1,)), layer])
    network.set_weights([np.full((1, 1), value)])
    return network


def average_after(average, network, *weights):
    for weight in weights:
        network.set_weights([np.full((1, 1), weight)])
        average.update(network)
    return average.network.get_weights()[0].item()


def test_it_begins_with_the_weights():
    assert WeightAverage(dense(3.0), 0.9).network.get_weights() == [[[3.0]]]


def test_the_first_steps_forget_sooner():
    # d is 1/10, then 2/11: 0.1 + 0.9 * 2 = 1.9; (2 * 1.9 + 9 * 4) / 11
    network = dense(1.0)
    average = WeightAverage(network, 0.999)
    assert average_after(average, network, 2.0) == pytest.approx(1.9)
    expected = 39.8 / 11
    assert average_after(average, network, 4.0) == pytest.approx(expected)
    assert int(average.steps) == 2


def test_the_decay_is_never_beyond_the_one_given():
    # at step 8 both are 9 / 18 = 0.5; later (1 + t) / (10 + t) is more
    network = dense(0.0)
    average = WeightAverage(network, 0.5)
    average.steps.assign(7)  # 8 / 17: 0 * 8 / 17 + 17 * 9 / 17
    assert average_after(average, network, 17.0) == pytest.approx(9.0)
    assert average_after(average, network, 1.0) == pytest.approx(5.0)
    average.steps.assign(1000)
    assert average_after(average, network, 1.0) == pytest.approx(3.0)


def test_beginning_anew_forgets_the_average_and_its_steps():
    network = dense(0.0)
    average = WeightAverage(network, 0.9)
    average_after(average, network, 1.0, 2.0)
    network.set_weights([np.full((1, 1), 7.0)])
    average.restart(network)
    assert average.network.get_weights() == [[[7.0]]]
    assert int(average.steps) == 0


def test_batch_statistics_are_copied():
    network = keras.Sequential(
        [keras.Input((1,)), keras.layers.BatchNormalization()]
    )
    average = WeightAverage(network, 0.9)
    gamma, beta, mean, variance = (np.full(1, x) for x in (3.0, 0.0, 5.0, 2.0))
    network.set_weights([gamma, beta, mean, variance])
    average.update(network)
    found = [w.item() for w in average.network.get_weights()]
    assert found == pytest.approx([0.1 * 1 + 0.9 * 3, 0.0, 5.0, 2.0])


def test_the_network_does_not_move_and_shares_nothing():
    network = dense(1.0)
    average = WeightAverage(network, 0.9)
    average_after(average, network, 4.0)
    assert network.get_weights() == [[[4.0]]]
    mine = {id(w) for w in network.weights}
    assert not mine & {id(w) for w in average.weights}


def test_no_weight_of_it_can_be_trained():
    outer = keras.Sequential([WeightAverage(dense(), 0.9)])
    outer.trainable = False
    outer.trainable = True
    assert outer.trainable_variables == []
    assert len(outer.non_trainable_variables) == 2


def test_any_functional_model_is_averaged():
    inputs = keras.Input((None, None, 2))
    x = keras.layers.Conv2D(3, 1, name="wide")(inputs)
    network = keras.Model(inputs, keras.layers.Conv2D(3, 1)(x), name="painter")
    average = WeightAverage(network, 0.9)
    assert average.network.name == "averaged_painter"
    found = values(average.network.weights)
    assert largest_difference(found, values(network.weights)) == 0


@keras.saving.register_keras_serializable(package="tests")
class Forgetful(keras.Sequential):
    """Comes back without its layers."""

    @classmethod
    def from_config(cls, config, custom_objects=None):
        return cls()


def test_a_network_that_comes_back_as_another_is_refused():
    network = Forgetful([keras.Input((1,)), keras.layers.Dense(1)])
    words = "come out of its get_config.*a Forgetful with 2 weights.* with 0"
    with pytest.raises(ValueError, match=words):
        WeightAverage(network, 0.9)


def test_weights_of_low_precision_are_refused():
    with pytest.raises(ValueError, match="must be float32.*mixed policy"):
        WeightAverage(dense(dtype="bfloat16"), 0.9)
    WeightAverage(dense(dtype="mixed_bfloat16"), 0.9)


@pytest.mark.parametrize("decay", [1, -0.1, 1.5, "0.9", None, float("nan")])
def test_a_decay_out_of_its_range_is_refused(decay):
    with pytest.raises(ValueError, match=f"below 1. Received: .*={decay!r}"):
        WeightAverage(dense(), decay)


def test_no_decay_is_no_average():
    with pytest.raises(ValueError, match="above 0. Received: decay=0.*out"):
        WeightAverage(dense(), 0)
