import numpy as np
import pytest

from keras_pix2pixhd.data.checking.value_runs import count_values, value_runs


def test_runs_go_over_the_end_of_a_row():
    values, lengths = value_runs(np.array([[3, 3, 1], [1, 1, 3]]))
    assert values.tolist() == [3, 1, 3]
    assert lengths.tolist() == [2, 3, 1]


def test_one_value():
    values, lengths = value_runs(np.full((4, 5), 9, "uint8"))
    assert (values.tolist(), lengths.tolist()) == ([9], [20])


@pytest.mark.parametrize("dtype", ["uint8", "int32", "int64"])
def test_counts_are_those_of_numpy(rng, dtype):
    values = rng.integers(0, 7, (13, 17)).astype(dtype)
    found, counts = count_values(values)
    expected = np.unique(values, return_counts=True)
    assert found.tolist() == expected[0].tolist()
    assert counts.tolist() == expected[1].tolist()
