"""Precision and recall by hand and by torch-fidelity."""

import numpy as np
import pytest

from keras_pix2pixhd.metrics.distributions import PrecisionRecall, nearest


def measured(x, y, neighbours=3):
    metric = PrecisionRecall(neighbours=neighbours)
    metric.update_features(x, y)
    return metric.result()


def test_a_line_by_hand():
    # real balls: radius 1 around 0 and 1, radius 4 around 5
    # generated balls: radius 0.5 around 0.5 and 1, radius 19 around 20
    found = measured([[0.5], [1.0], [20.0]], [[0.0], [1.0], [5.0]], 1)
    assert found == {
        "precision_features_n3_k1": pytest.approx(2 / 3),
        "recall_features_n3_k1": 1.0,
    }


def test_second_neighbours_by_hand():
    # radii of 0, 1, 3 are 3, 2, 3: the balls reach from -3 to 6
    generated = [[-3.5], [-3.0], [6.0], [6.5]]
    found = measured(generated, [[0.0], [1.0], [3.0]], 2)
    assert found["precision_features_n4_r3_k2"] == 0.5


def test_far_images_have_neither():
    x = np.arange(5.0)[:, None]
    assert set(measured(x, x + 100).values()) == {0.0}


def test_one_mode_has_precision_without_recall():
    real = np.concatenate([np.arange(5.0), 100 + np.arange(5.0)])[:, None]
    found = measured(real[:5] + 0.25, real)
    assert [*found.values()] == [1.0, 0.5]


@pytest.mark.parametrize("offset", [0.0, 0.1, 1e6])
def test_equal_constant_images_are_real(offset):
    x = np.full((5, 40), offset, "float32")
    assert set(measured(x, x).values()) == {1.0}


def test_equals_torch_fidelity(rng, fidelity):
    torch = pytest.importorskip("torch")
    metric_prc = fidelity("metric_prc")
    x, y = rng.normal(size=(300, 4)), rng.normal(0.5, 1.5, (200, 4))
    for k in (1, 3):
        expected = metric_prc.prc_features_to_metric(
            torch.tensor(x),
            torch.tensor(y),
            prc_neighborhood=k,
            verbose=False,
        )
        precision, recall = measured(x, y, k).values()
        assert precision == pytest.approx(expected["precision"], abs=1e-6)
        assert recall == pytest.approx(expected["recall"], abs=1e-6)
        assert 0 < recall < 1 and 0 < precision < 1


def test_order_does_not_matter_where_one_image_is_far_away(rng):
    x, y = rng.normal(0, 2, (30, 4)), rng.normal(size=(30, 4))
    y[0] = 1e7
    table = ((x[:, None] - y) ** 2).sum(-1)
    radii = np.sort(((y[:, None] - y) ** 2).sum(-1), 1)[:, 3]
    expected = (table <= radii).any(1).mean()
    assert 0.1 < expected < 0.9
    for order in (slice(None), slice(None, None, -1)):
        found = measured(x, y[order])["precision_features_n30_k3"]
        assert found == expected


def test_blocks_do_not_matter(rng, monkeypatch):
    x, y = rng.normal(size=(2, 50, 3))
    whole = measured(x, y)
    monkeypatch.setattr(nearest, "_ROWS", 7)
    monkeypatch.setattr(nearest, "_COLUMNS", 3)
    assert measured(x, y) == whole


def test_too_few_images_are_refused():
    with pytest.raises(
        ValueError,
        match="at least 4 generated and 4 real images. Received: 3 gen.* 5 re",
    ):
        measured(np.zeros((3, 1)), np.zeros((5, 1)))


@pytest.mark.parametrize("value", [0, 2.5, None])
def test_bad_neighbours_are_refused(value):
    with pytest.raises(
        ValueError, match=f"integer, at least 1. Received: neighbours={value}"
    ):
        PrecisionRecall(neighbours=value)


def test_different_numbers_of_images_are_a_warning():
    metric = PrecisionRecall(neighbours=1)
    metric.update_features([[0.0], [1.0]], [[0.0], [1.0]])
    assert metric.warnings == []
    metric.update_features(real=[[2.0]])
    (warning,) = metric.warnings
    assert "2 generated and 3 real images" in warning
