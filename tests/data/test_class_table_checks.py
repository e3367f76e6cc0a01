import pickle

import numpy as np
import pytest

from keras_pix2pixhd.data import CARVANA
from keras_pix2pixhd.data.class_table_checks import UnknownValuesError


def test_unknown_values_can_be_read_from_the_error():
    with pytest.raises(UnknownValuesError) as error:
        CARVANA.ids_to_indices(np.array([[9, 3, 9]]))
    error = pickle.loads(pickle.dumps(error.value))
    assert (error.kind, error.values, error.counts) == ("id", [3, 9], [1, 2])
    assert "3 (1 pixel), 9 (2 pixels)" in str(error)


def test_unknown_colors_can_be_read_from_the_error():
    with pytest.raises(UnknownValuesError) as error:
        CARVANA.colors_to_indices(np.array([[(1, 2, 3)]], "uint8"))
    assert error.value.kind == "colour"
    assert error.value.values == [(1, 2, 3)] and error.value.counts == [1]
