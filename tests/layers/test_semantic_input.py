import keras
import numpy as np
import pytest
from keras import ops

from keras_pix2pixhd.layers import SemanticInput
from tests.golden import loading
from tests.layer_checks import check_layer


def vectors(label, dtype="uint8", **arguments):
    """The layer's output for one row of labels."""
    batch = {"label": np.array(label, dtype)[None, None]}
    return ops.convert_to_numpy(SemanticInput(**arguments)(batch))[0, 0]


@pytest.mark.parametrize("dtype", ["uint8", "int32"])
def test_basics(tmp_path, rng, dtype):
    batch = {
        "label": rng.integers(0, 3, (2, 5, 4)).astype(dtype),
        "instance": rng.integers(0, 3, (2, 5, 4)).astype("int32"),
    }
    arguments = {
        "num_classes": 3,
        "label_channels": 4,
        "use_instance_edges": True,
    }
    check_layer(SemanticInput, arguments, batch, (2, 5, 4, 5), tmp_path)


@pytest.mark.parametrize("dtype", ["uint8", "int32"])
def test_indices_become_one_hot_vectors(dtype):
    found = vectors([2, 0, 1], dtype, num_classes=3)
    assert found.tolist() == [[0, 0, 1], [1, 0, 0], [0, 1, 0]]


@pytest.mark.parametrize(
    "void, dtype", [(2, "uint8"), (255, "uint8"), (70000, "int32")]
)
def test_index_beyond_the_classes_is_void(void, dtype):
    found = vectors([1, void], dtype, num_classes=2)
    assert found.tolist() == [[0, 1], [0, 0]]


def test_channels_beyond_the_classes_stay_zero():
    found = vectors([0, 1, 2, 3, 255], num_classes=2, label_channels=4)
    assert found[:2].tolist() == [[1, 0, 0, 0], [0, 1, 0, 0]]
    assert not found[2:].any()


def test_negative_index_is_void():
    found = vectors([-1, 1], "int32", num_classes=2, label_channels=4)
    assert found.tolist() == [[0, 0, 0, 0], [0, 1, 0, 0]]


def test_vectors_pass_unchanged():
    label = [[0.25, 0.75, 0.0], [-1.0, 0.0, 1.0]]
    found = vectors(label, "float32", num_classes=2, label_channels=3)
    assert found.tolist() == label


def test_edges_are_the_last_channel():
    layer = SemanticInput(2, label_channels=3, use_instance_edges=True)
    batch = {
        "label": np.array([[[0, 0, 1]]], "uint8"),
        "instance": np.array([[[1, 1001, 1001]]], "int32"),
    }
    found = ops.convert_to_numpy(layer(batch))[0, 0]
    assert found.tolist() == [[1, 0, 0, 1], [1, 0, 0, 1], [0, 1, 0, 0]]


def test_edges_go_with_vectors_too():
    layer = SemanticInput(2, use_instance_edges=True)
    batch = {
        "label": np.array([[[[0.5, 0.5], [1, 0]]]], "float32"),
        "instance": np.array([[[1, 1]]], "int32"),
    }
    found = ops.convert_to_numpy(layer(batch))[0, 0]
    assert found.tolist() == [[0.5, 0.5, 0], [1, 0, 0]]


def test_other_keys_are_ignored(rng):
    layer = SemanticInput(2)
    label = np.array([[[0, 1]]], "uint8")
    batch = {"label": label, "image": rng.random((1, 1, 2, 3), "float32")}
    found = ops.convert_to_numpy(layer(batch))
    assert found[0, 0].tolist() == [[1, 0], [0, 1]]


def test_number_of_channels():
    assert SemanticInput(2).channels == 2
    assert SemanticInput(2, 32).channels == 32
    assert SemanticInput(2, 32, use_instance_edges=True).channels == 33


def test_equals_the_reference():
    cases = loading.cases()
    found = SemanticInput(5, use_instance_edges=True)(
        {"label": cases["label"], "instance": cases["instance"]}
    )
    expected = loading.network_input(cases)
    assert (ops.convert_to_numpy(found) == expected).all()


@pytest.mark.parametrize(
    "num_classes, label_channels", [(3, 2), (0, None), (0, 2), (3, 0)]
)
def test_fewer_channels_than_classes_are_refused(num_classes, label_channels):
    message = (
        "label_channels must be at least the number of classes, and that at "
        f"least 1. Received: label_channels={label_channels}, "
        f"num_classes={num_classes}"
    )
    with pytest.raises(ValueError, match=message):
        SemanticInput(num_classes, label_channels)


def test_batch_without_label_is_refused(rng):
    message = (
        "A batch must have the key 'label'. Received a batch with the keys "
        r"\['image'\]"
    )
    with pytest.raises(ValueError, match=message):
        SemanticInput(2)({"image": rng.random((1, 2, 2, 3), "float32")})


@pytest.mark.parametrize("shape", [(2, 2), (1, 2, 2, 3), (1, 2, 2, 2, 1)])
def test_label_of_another_shape_is_refused(shape):
    message = (
        r"label must be \(batch, height, width\) class indices or \(batch, "
        r"height, width, 2\) one-hot vectors. Received: label.shape="
    )
    with pytest.raises(ValueError, match=message):
        SemanticInput(2)({"label": np.zeros(shape, "float32")})


@pytest.mark.parametrize("more", [{}, {"instance": None}])
def test_missing_instances_are_refused(more):
    message = (
        "needs an instance map.*'label'.*combine.*use_instance_edges=False"
    )
    batch = {"label": np.zeros((1, 2, 2), "uint8"), **more}
    with pytest.raises(ValueError, match=message):
        SemanticInput(2, use_instance_edges=True)(batch)


def test_missing_label_is_refused_symbolically_too():
    image = keras.Input((None, None, 3))
    with pytest.raises(ValueError, match="must have the key 'label'"):
        SemanticInput(2)({"image": image})


def test_a_batch_that_is_no_dict_is_refused():
    with pytest.raises(ValueError, match="A batch must be a dict.*Received"):
        SemanticInput(2)(np.zeros((1, 4, 4), "uint8"))


def test_features_come_after_the_edges():
    layer = SemanticInput(2, use_instance_edges=True, feature_channels=2)
    batch = {
        "label": np.array([[[0, 1]]], "uint8"),
        "instance": np.array([[[5, 5]]], "int32"),
        "features": np.array([[[[0.5, -0.5], [0.25, 1.0]]]], "float32"),
    }
    assert (layer.condition_channels, layer.channels) == (3, 5)
    assert ops.convert_to_numpy(layer(batch))[0, 0].tolist() == [
        [1, 0, 0, 0.5, -0.5],
        [0, 1, 0, 0.25, 1.0],
    ]
    condition = ops.convert_to_numpy(layer.condition(batch))
    assert condition[0, 0].tolist() == [[1, 0, 0], [0, 1, 0]]


@pytest.mark.parametrize(
    "features, received",
    [
        (None, "features.shape=none"),
        (np.zeros((1, 1, 2, 3)), r"features.shape=\(1, 1, 2, 3\)"),
        (np.zeros((1, 2, 2, 2)), r"features.shape=\(1, 2, 2, 2\)"),
    ],
)
def test_features_that_do_not_fit_are_refused(features, received):
    layer = SemanticInput(2, feature_channels=2)
    batch = {"label": np.zeros((1, 1, 2), "uint8"), "features": features}
    words = rf"features of shape \(batch, height, width, 2\).*{received}"
    with pytest.raises(ValueError, match=words):
        layer(batch)


def test_instances_of_another_size_are_refused():
    layer = SemanticInput(2, use_instance_edges=True)
    batch = {
        "label": np.zeros((1, 1, 2), "uint8"),
        "instance": np.zeros((1, 2, 2), "int32"),
    }
    words = r"size of the label map. Received: instance.shape=\(1, 2, 2\)"
    with pytest.raises(ValueError, match=words):
        layer(batch)


def test_negative_feature_channels_are_refused():
    with pytest.raises(ValueError, match="Received: feature_channels=-1"):
        SemanticInput(2, feature_channels=-1)


def test_without_classes_pixels_are_scaled():
    layer = SemanticInput(None)
    label = np.array([[[[0, 51, 255]]]], "uint8")
    found = ops.convert_to_numpy(layer({"label": label}))
    np.testing.assert_allclose(found, [[[[-1, -0.6, 1]]]], atol=1e-6)


def test_without_classes_floats_stay():
    layer = SemanticInput(None, label_channels=2, dtype="mixed_bfloat16")
    found = layer({"label": np.array([[[[0.25, -1]]]], "float32")})
    assert keras.backend.standardize_dtype(found.dtype) == "bfloat16"
    found = ops.convert_to_numpy(ops.cast(found, "float32"))
    assert found.tolist() == [[[[0.25, -1]]]]


def test_without_classes_three_channels_are_the_default():
    layer = SemanticInput(None, use_instance_edges=True)
    assert (layer.label_channels, layer.channels) == (3, 4)
    config = layer.get_config()
    assert config["num_classes"] is None
    assert SemanticInput.from_config(config).get_config() == config


@pytest.mark.parametrize(
    "label",
    [
        np.zeros((1, 2, 2), "uint8"),
        np.zeros((1, 2, 2, 4), "uint8"),
        np.zeros((1, 2, 2, 3), "int32"),
    ],
)
def test_without_classes_what_is_no_image_is_refused(label):
    words = (
        r"without classes must be \(batch, height, width, 3\), floats in "
        r"\[-1, 1\] or uint8 in \[0, 255\]. Received: label.shape=.*, dtype="
    )
    with pytest.raises(ValueError, match=words):
        SemanticInput(None).condition({"label": label})
