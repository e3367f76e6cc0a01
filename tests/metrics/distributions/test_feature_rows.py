import numpy as np
import pytest

from keras_pix2pixhd.metrics.distributions.feature_rows import FeatureRows


def test_rows_keep_their_order(rng):
    features = rng.normal(size=(7, 3)).astype("float32")
    rows = FeatureRows()
    for part in np.split(features, [1, 1, 5]):
        rows.update(part)
    assert (rows.count, rows.dimensions) == (7, 3)
    np.testing.assert_array_equal(rows.features, features)


def test_rows_are_copies():
    features = np.ones((1, 2))
    rows = FeatureRows()
    rows.update(features)
    features[:] = 0
    assert rows.features.tolist() == [[1.0, 1.0]]


def test_nothing_is_held_at_first():
    assert FeatureRows().features is None
    assert FeatureRows().count == 0


def test_merging_appends():
    first, second, empty = FeatureRows(), FeatureRows(), FeatureRows()
    first.update([[1.0]])
    second.update([[2.0]])
    first.merge(second)
    first.merge(empty)
    assert first.features.tolist() == [[1.0], [2.0]]
    assert second.features.tolist() == [[2.0]]


def test_other_dimensions_are_refused():
    first, second = FeatureRows(), FeatureRows()
    first.update([[1.0]])
    second.update([[1.0, 2.0]])
    with pytest.raises(ValueError, match="those before, 1. Received: 2"):
        first.merge(second)


@pytest.mark.parametrize("last, constant", [(1.0, True), (1.0001, False)])
def test_equal_rows_are_constant(last, constant):
    rows = FeatureRows()
    rows.update([[1.0, 2.0], [last, 2.0]])
    assert rows.constant is constant
