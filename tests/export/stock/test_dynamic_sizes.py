import keras
import numpy as np
import pytest

from keras_pix2pixhd.export.stock.dynamic_sizes import (
    padded_places,
    places,
    taken,
)


def listed(tensor):
    return keras.ops.convert_to_numpy(tensor).tolist()


def test_rows_and_columns_are_counted():
    x = np.zeros((2, 3, 4, 1), "uint8")
    assert listed(places(x, 1)) == [0, 1, 2]
    assert listed(places(x, 2)) == [0, 1, 2, 3]


@pytest.mark.parametrize(
    ("height", "multiple", "minimum", "expected"),
    [
        (5, 4, 1, [0, 1, 2, 3, 4, 4, 4, 4]),
        (4, 4, 4, [0, 1, 2, 3]),
        (1, 2, 6, [0, 0, 0, 0, 0, 0]),
        (7, 2, 6, [0, 1, 2, 3, 4, 5, 6, 6]),
        (3, 1, 4, [0, 1, 2, 2]),
        (2, 4, 5, [0, 1, 1, 1, 1, 1, 1, 1]),
    ],
)
def test_the_last_row_is_repeated(height, multiple, minimum, expected):
    x = np.zeros((1, height, 9, 1), "float32")
    assert listed(padded_places(x, 1, multiple, minimum)) == expected


def test_columns_are_padded_too():
    x = np.zeros((1, 9, 3, 1), "float32")
    assert listed(padded_places(x, 2, 2, 1)) == [0, 1, 2, 2]


def test_rows_then_columns_are_taken():
    x = np.arange(6).reshape(1, 2, 3, 1)
    assert listed(taken(x, [1, 1], [0, 2]))[0] == [[[3], [5]], [[3], [5]]]


def test_one_graph_serves_all_sizes():
    x = keras.Input((None, None, 1))
    model = keras.Model(x, padded_places(x, 1, 4, 8))
    counts = [
        len(model.predict_on_batch(np.zeros((1, height, 2, 1))))
        for height in (1, 8, 9)
    ]
    assert counts == [8, 8, 12]
