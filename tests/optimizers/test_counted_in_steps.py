import keras
import pytest

from keras_pix2pixhd.optimizers import LinearDecay
from keras_pix2pixhd.optimizers.counted_in_steps import CountedInSteps


def test_it_comes_back_from_its_configuration():
    schedule = CountedInSteps(LinearDecay(1.0, 2, 8), 3)
    config = keras.saving.serialize_keras_object(schedule)
    again = keras.saving.deserialize_keras_object(config)
    assert [float(again(i)) for i in range(4)] == [1.0, 0.875, 0.5, 0.125]


def test_no_steps_are_refused():
    with pytest.raises(ValueError, match="steps must be at least 1.*steps=0"):
        CountedInSteps(LinearDecay(1.0, 2, 8), 0)
