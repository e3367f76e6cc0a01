import numpy as np
from keras import ops

from keras_pix2pixhd.layers import InstanceEdges
from tests.golden import loading
from tests.layer_checks import check_layer


def edges(ids):
    y = InstanceEdges()(np.array(ids, "int32")[None])
    return ops.convert_to_numpy(y)[0, :, :, 0].tolist()


def test_basics(tmp_path, rng):
    ids = rng.integers(0, 3, (2, 5, 4)).astype("int32")
    check_layer(InstanceEdges, {}, ids, (2, 5, 4, 1), tmp_path)


def test_both_sides_of_a_border_are_marked():
    assert edges([[1, 1, 2, 2]]) == [[0, 1, 1, 0]]
    assert edges([[1], [1], [2], [2]]) == [[0], [1], [1], [0]]


def test_diagonal_neighbours_do_not_count():
    ids = [[1, 0, 0, 0], [0, 0, 0, 0], [0, 0, 0, 0]]
    assert edges(ids) == [[1, 1, 0, 0], [1, 0, 0, 0], [0, 0, 0, 0]]


def test_pixel_surrounded_by_another_instance():
    ids = [[5, 5, 5], [5, 9, 5], [5, 5, 5]]
    assert edges(ids) == [[0, 1, 0], [1, 1, 1], [0, 1, 0]]


def test_border_of_the_image_is_no_edge():
    assert edges([[3, 3], [3, 3]]) == [[0, 0], [0, 0]]


def test_one_pixel_has_no_edge():
    assert edges([[3]]) == [[0]]


def test_large_ids_are_told_apart():
    # equal as float32
    assert edges([[2**24, 2**24 + 1]]) == [[1, 1]]


def test_images_of_a_batch_stay_apart():
    ids = np.array([[[1, 2]], [[2, 2]]], "int32")
    y = ops.convert_to_numpy(InstanceEdges()(ids))
    assert y[:, 0, :, 0].tolist() == [[1, 1], [0, 0]]


def test_equals_the_reference():
    cases = loading.cases()
    y = ops.convert_to_numpy(InstanceEdges()(cases["instance"]))
    assert (y[..., 0] == cases["edge"]).all()
