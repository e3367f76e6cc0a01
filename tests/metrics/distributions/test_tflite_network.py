"""TFLite files, against an interpreter that is run here."""

import sys
import warnings

import numpy as np
import pytest
from PIL import Image

from keras_pix2pixhd.metrics.distributions import FeatureNetwork
from keras_pix2pixhd.metrics.distributions.tflite_network import TFLiteNetwork


@pytest.fixture
def lite():
    return pytest.importorskip("ai_edge_litert.interpreter")


def write_tflite(path, function, size, dtype="float32"):
    """Converts a function of images to a file."""
    tf = pytest.importorskip("tensorflow")
    spec = tf.TensorSpec((1, *size, 3), dtype)
    traced = tf.function(function).get_concrete_function(spec)
    converter = tf.lite.TFLiteConverter.from_concrete_functions([traced])
    path.write_bytes(converter.convert())
    return path


def test_known_file_equals_the_interpreter(lite, mobilenet, rng):
    images = rng.integers(0, 256, (3, 128, 176, 3), dtype="uint8")
    network = FeatureNetwork(mobilenet)
    found = network(images)
    kind = lite.OpResolverType.BUILTIN_REF  # the plainest kernels
    interpreter = lite.Interpreter(
        str(mobilenet), experimental_op_resolver_type=kind
    )
    interpreter.allocate_tensors()
    for features, image in zip(found, images, strict=True):
        size = (224, 224)
        resized = Image.fromarray(image).resize(size, Image.Resampling.BICUBIC)
        interpreter.set_tensor(0, np.asarray(resized)[None])
        interpreter.invoke()
        output = interpreter.get_output_details()[0]
        quantised = interpreter.get_tensor(output["index"]).ravel()
        # the scale that the file states, its zero is 0
        expected = quantised.astype("float32") * np.float32(0.023528477)
        np.testing.assert_array_equal(features, expected)
    assert len(np.unique(found)) > 50


def test_known_file_has_its_name(lite, mobilenet, tmp_path):
    copy = tmp_path / "renamed.tflite"
    copy.write_bytes(mobilenet.read_bytes())
    network = FeatureNetwork(copy)
    assert network.key == "mobilenetv1_224"
    assert (network.image_size, network.dimensions) == ((224, 224), 1024)
    assert network.describe()["range"] == "uint8 in [0, 255]"


def test_tensorflow_stands_in_for_litert_quietly(mobilenet, rng, monkeypatch):
    pytest.importorskip("tensorflow")
    images = rng.integers(0, 256, (1, 224, 224, 3), dtype="uint8")
    expected = TFLiteNetwork(mobilenet)(images)
    monkeypatch.setitem(sys.modules, "ai_edge_litert", None)
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        found = TFLiteNetwork(mobilenet)(images)
    np.testing.assert_array_equal(found, expected)


def test_missing_interpreter_says_what_to_install(tmp_path, monkeypatch):
    for name in ("ai_edge_litert", "tensorflow"):
        monkeypatch.setitem(sys.modules, name, None)
    path = tmp_path / "any.tflite"
    path.write_bytes(b"")
    with pytest.raises(ValueError, match="no interpreter: .*pip install ai-ed"):
        FeatureNetwork(path)


def test_float_network_gets_minus_1_to_1_and_maps_are_averaged(
    lite, tmp_path, rng
):
    path = write_tflite(tmp_path / "maps.tflite", lambda x: 2 * x + 1, (4, 6))
    network = FeatureNetwork(path)
    images = rng.integers(0, 256, (2, 4, 6, 3), dtype="uint8")
    expected = 2 * (images.mean((1, 2)) / 127.5 - 1) + 1
    np.testing.assert_allclose(network(images), expected, atol=1e-5)
    assert network.key == f"maps_{network.sha256[:8]}_4x6"
    assert network.describe()["range"] == "float32 in [-1, 1]"


def test_network_of_any_size_needs_one(lite, tmp_path):
    path = write_tflite(tmp_path / "any.tflite", lambda x: x + x, (None, None))
    with pytest.raises(ValueError, match="any size must be given one"):
        FeatureNetwork(path)
    network = FeatureNetwork(path, image_size=(3, 5))
    found = network(np.full((1, 3, 5, 3), 255, "uint8"))
    np.testing.assert_allclose(found, [[2, 2, 2]])


def test_another_size_is_refused(lite, mobilenet):
    with pytest.raises(ValueError, match=r"\(224, 224\). Received: image_size"):
        FeatureNetwork(mobilenet, image_size=(128, 128))


def test_other_inputs_are_refused(lite, tmp_path):
    path = write_tflite(
        tmp_path / "int.tflite", lambda x: x + x, (4, 4), "int32"
    )
    with pytest.raises(ValueError, match="Received: an input of int32"):
        FeatureNetwork(path)


def test_other_files_are_refused(lite, tmp_path):
    path = tmp_path / "text.tflite"
    path.write_text("no network at all")
    with pytest.raises(ValueError, match="must be a TFLite network from one"):
        FeatureNetwork(path)
