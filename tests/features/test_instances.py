import numpy as np

from keras_pix2pixhd.features.instances import find_instances


def test_by_hand():
    label = np.array([[0, 1, 1], [0, 1, 5]], "uint8")
    ids = np.array([[8, 8, 8], [-3, -3, 70000]])
    found = find_instances(label, ids, num_classes=2)
    # in the order of the ids: -3 is half and half, so the first class; 8 is
    # mostly class 1; 70000 is void
    assert found.classes.tolist() == [0, 1, 2]
    assert found.areas.tolist() == [2, 3, 1]
    assert found.firsts.tolist() == [3, 0, 5]
    assert found.places.tolist() == [[1, 1, 1], [0, 0, 2]]


def test_void_loses_a_tie():
    found = find_instances(np.array([[255, 1]]), np.array([[4, 4]]), 2)
    assert found.classes.tolist() == [1]


def test_every_pixel_its_own():
    label = np.arange(256, dtype="uint8").reshape(16, 16) % 3
    ids = np.arange(256).reshape(16, 16)[::-1]
    found = find_instances(label, ids, num_classes=3)
    np.testing.assert_array_equal(
        found.classes, label[::-1].ravel().astype("int64")
    )
    assert (found.areas == 1).all()


def test_equals_a_loop(rng):
    label = rng.integers(0, 4, (20, 30))
    ids = rng.integers(0, 25, (20, 30)) * 1000
    found = find_instances(label, ids, num_classes=3)
    for place, number in enumerate(np.unique(ids)):
        votes = np.bincount(label[ids == number], minlength=4)
        assert found.classes[place] == votes.argmax()
        assert found.areas[place] == votes.sum()
        assert (found.places[ids == number] == place).all()
