import numpy as np
import pytest

from keras_pix2pixhd.metrics.distributions import (
    FeatureReference,
    nearest,
    nearest_references,
)
from keras_pix2pixhd.metrics.distributions.nearest import neighbour_radii


@pytest.fixture(params=[(512, 2048), (4, 3)])
def blocks(request, monkeypatch):
    monkeypatch.setattr(nearest, "_ROWS", request.param[0])
    monkeypatch.setattr(nearest, "_COLUMNS", request.param[1])


def test_nearest_by_hand(blocks):
    features = [[0.0, 0.0], [3.0, 4.0], [9.0, 9.0]]
    reference = [[9.0, 8.0], [0.0, 4.0], [0.0, -3.0], [50.0, 50.0]]
    indices, distances = nearest_references(features, reference)
    assert indices.tolist() == [2, 1, 0]
    assert distances.tolist() == [3.0, 3.0, 1.0]


def test_nearest_equals_all_differences(rng, blocks):
    x, y = rng.normal(size=(30, 5)), rng.normal(size=(20, 5))
    table = np.sqrt(((x[:, None] - y) ** 2).sum(-1))
    indices, distances = nearest_references(x, y)
    np.testing.assert_array_equal(indices, table.argmin(1))
    np.testing.assert_allclose(distances, table.min(1), rtol=1e-12)


def test_first_of_equals_is_taken(blocks):
    indices, distances = nearest_references(np.ones((2, 3)), np.ones((9, 3)))
    assert indices.tolist() == [0, 0]
    assert distances.tolist() == [0.0, 0.0]


def test_small_steps_far_from_zero_are_seen():
    reference = np.array([[1e6, 0.0], [1e6, 1.0], [1e6, 2.0]], "float32")
    indices, distances = nearest_references([[1e6, 1.75]], reference)
    assert (indices.item(), distances.item()) == (2, 0.25)


@pytest.mark.parametrize("place", [0, 7, 19])
def test_distances_are_seen_whatever_is_far_away(rng, place, blocks):
    x = rng.normal(size=(20, 5))
    x[place] = 1e7
    table = ((x[:, None] - x) ** 2).sum(-1)
    expected = np.sort(table, 1)[:, 3]
    np.testing.assert_allclose(neighbour_radii(x, 3), expected, rtol=1e-7)
    others = x + rng.normal(0, 0.1, x.shape)
    table = ((others[:, None] - x) ** 2).sum(-1)
    indices, _ = nearest_references(others, x)
    np.testing.assert_array_equal(indices, table.argmin(1))


def test_distances_are_seen_in_two_groups_far_apart(rng, blocks):
    x = rng.normal(size=(20, 5))
    x[::2] += 1e7
    expected = np.sort(((x[:, None] - x) ** 2).sum(-1), 1)[:, 3]
    np.testing.assert_allclose(neighbour_radii(x, 3), expected, rtol=1e-7)


def test_reference_object_is_taken():
    reference = FeatureReference([[1.0], [5.0]], "toy_8", 64 * "0")
    indices, _ = nearest_references([[4.0]], reference)
    assert indices.item() == 1


def test_radii_by_hand(blocks):
    features = np.array([[0.0], [1.0], [3.0], [7.0], [7.0]])
    assert neighbour_radii(features, 1).tolist() == [1, 1, 4, 0, 0]
    assert neighbour_radii(features, 2).tolist() == [9, 4, 9, 16, 16]


def test_empty_reference_is_refused():
    with pytest.raises(ValueError, match="at least one image. Received: none"):
        nearest_references(np.zeros((2, 3)), np.zeros((0, 3)))


def test_other_dimensions_are_refused():
    with pytest.raises(ValueError, match="those before, 4. Received: 3"):
        nearest_references(np.zeros((2, 3)), np.zeros((2, 4)))
