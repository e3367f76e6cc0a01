"""Every format, with everything a model can have."""

import json

import keras
import numpy as np
import pytest

from keras_pix2pixhd.data import ClassTable
from keras_pix2pixhd.export import ParityError, export_model
from keras_pix2pixhd.export.parity import check_parity, runner
from keras_pix2pixhd.export.parity.cases import features_of
from keras_pix2pixhd.features import FeatureClusters
from keras_pix2pixhd.models import (
    GlobalGenerator,
    MultiscaleDiscriminator,
    Pix2PixHDGAN,
)
from tests.export.gans import TABLE, gan_with_everything
from tests.export.in_this_process import paint

pytestmark = pytest.mark.skipif(
    keras.backend.backend() != "tensorflow", reason="needs TensorFlow"
)


@pytest.fixture(scope="module")
def gan():
    return gan_with_everything()


def here(monkeypatch):
    monkeypatch.setattr(check_parity, "_run", paint)


FILES = {
    "onnx": "model.onnx",
    "litert": "model.tflite",
    "keras": "model.keras",
}


@pytest.mark.parametrize(
    "format, weights",
    [
        ("saved-model", "float32"),
        ("onnx", "float32"),
        ("onnx", "bfloat16"),
        ("litert", "float32"),
        ("litert", "int8"),
        ("keras", "float16"),
    ],
)
def test_every_format_paints_as_the_model_does(
    gan, tmp_path, monkeypatch, format, weights
):
    here(monkeypatch)
    lines = []
    folder = export_model(
        gan, tmp_path / "out", format, weights, report=lines.append
    )
    assets = folder if format in FILES else folder / "assets.extra"
    assert ClassTable.load(assets / "classes.json") == TABLE
    assert "Apache" in (assets / "LICENSE.txt").read_text()
    options = json.loads((assets / "provenance.json").read_text())["options"]
    assert (options["format"], options["weights"]) == (format, weights)
    parity = json.loads((assets / "parity.json").read_text())
    assert parity["max"] <= parity["bound"]["max"]
    assert len(lines) == len(parity["cases"]) >= 2
    # and by hand, with another map and another style
    rng = np.random.default_rng(1)
    batch = {
        "label": rng.choice([0, 1, 2, 255], (2, 11, 14)).astype("uint8"),
        "instance": rng.integers(0, 4, (2, 11, 14)).astype("int32"),
        "style": rng.normal(size=(2, 3, 2)).astype("float32"),
    }
    painted = runner.LOADERS[format](str(folder))("serving_default", batch)
    styles = np.concatenate([batch["style"], np.zeros((2, 1, 2))], axis=1)
    pairs = zip(styles, batch["label"], strict=True)
    features = [style[np.minimum(label, 3)] for style, label in pairs]
    expected = gan.generate(
        batch["label"], batch["instance"], np.stack(features)
    )
    assert painted.dtype == np.uint8
    most = {"float32": 1, "int8": 24}.get(weights, 3)
    assert abs(painted.astype(int) - expected).max() <= most


def test_onnx_and_litert_give_floats_too(gan, tmp_path, monkeypatch):
    import onnxruntime
    from ai_edge_litert.interpreter import Interpreter

    here(monkeypatch)
    batch = {
        "label": np.array([[[0, 1, 2] * 4] * 9], "uint8"),
        "instance": np.zeros((1, 9, 12), "int32"),
        "style": np.ones((1, 3, 2), "float32"),
    }
    onnx = export_model(gan, tmp_path / "a", "onnx") / "model.onnx"
    session = onnxruntime.InferenceSession(onnx)
    found = [session.run(["image_float", "image"], batch)]
    lite = export_model(gan, tmp_path / "b", "litert") / "model.tflite"
    outputs = Interpreter(str(lite)).get_signature_runner()(**batch)
    found.append([outputs["image_float"], outputs["image"]])
    for floats, levels in found:
        assert floats.dtype == "float32"
        rounded = np.floor((floats + 1) * 127.5 + 0.5)
        np.testing.assert_array_equal(rounded, levels)


def test_an_export_that_paints_otherwise_is_not_written(
    gan, tmp_path, monkeypatch
):
    here(monkeypatch)
    run = check_parity._run

    def off_by_two(*arguments):
        painted = run(*arguments)
        first = next(iter(painted))
        painted[first] = np.where(painted[first] > 2, painted[first] - 2, 9)
        return painted

    monkeypatch.setattr(check_parity, "_run", off_by_two)
    words = "within 1 grey levels anywhere.*as keras with float32 weights"
    with pytest.raises(ParityError, match=words) as caught:
        export_model(gan, tmp_path / "out", "keras")
    assert caught.value.parity["max"] >= 2
    assert not list(tmp_path.iterdir())
    # halves may be off by 2 anywhere, but not on average
    with pytest.raises(ParityError, match="0.5 on average"):
        export_model(gan, tmp_path / "out", "keras", "float16")


def test_a_fresh_process_does_not_know_this_package(gan, tmp_path):
    folder = export_model(gan, tmp_path / "out", "keras")
    assert json.loads((folder / "parity.json").read_text())["max"] <= 1
    (folder / "model.keras").write_bytes(b"no model")
    with pytest.raises(ValueError, match="run without this package. Received"):
        check_parity._run("keras", folder, {"a/b": {"label": np.zeros(1)}})


def test_a_style_is_that_of_its_class():
    class Two:
        num_classes = 2

    batch = {
        "label": np.array([[[0, 1, 255]]], "uint8"),
        "style": np.array([[[0.5, 1.0], [2.0, 3.0]]], "float32"),
    }
    found = features_of(Two, batch)
    assert found.tolist() == [[[[0.5, 1.0], [2.0, 3.0], [0.0, 0.0]]]]


def test_seeds_draw_a_style_for_each_instance(gan, tmp_path):
    import tensorflow as tf

    centers = [[[0.5, 0]], [[1, 1], [2, 2], [3, 3]], [[-1, 0]]]
    clusters = FeatureClusters(centers, TABLE)
    folder = export_model(gan, tmp_path / "1", features=clusters, check=False)
    loaded = tf.saved_model.load(str(folder)).signatures
    label = np.zeros((2, 8, 12), "uint8")
    label[:, 2:6, 1:5] = 1
    label[:, 2:6, 7:11] = 1
    label[:, 7] = 255
    instance = np.zeros_like(label, "int32")
    instance[:, 2:6, 1:5], instance[:, 2:6, 7:11], instance[:, 7] = 4, 9, 5
    maps = {"label": tf.constant(label), "instance": tf.constant(instance)}

    def paint(*seeds):
        seed = tf.constant(seeds, "int32")
        return loaded["seed"](seed=seed, **maps)["image"].numpy()

    # what it may be: each car has one of three styles
    known = {}
    for left in range(3):
        for right in range(3):
            features = np.zeros((1, 8, 12, 2), "float32")
            features[..., 0] = 0.5
            features[:, 2:6, 1:5] = centers[1][left]
            features[:, 2:6, 7:11] = centers[1][right]
            features[:, 7] = 0
            image = gan.generate(label[:1], instance[:1], features)
            known[left, right] = image[0].astype(int)
    drawn = set()
    for seed in range(8):
        image = paint(seed, 0)[0]
        gaps = {k: abs(image - x).max() for k, x in known.items()}
        drawn.add(min(gaps, key=gaps.get))
        assert min(gaps.values()) <= 1
        np.testing.assert_array_equal(image, paint(3, seed)[1])
    assert len(drawn) > 2 and any(a != b for a, b in drawn)


def test_a_class_without_a_style_is_named(gan, tmp_path):
    import tensorflow as tf

    clusters = FeatureClusters([[[0.5, 0]], None, None], TABLE)
    folder = export_model(gan, tmp_path / "1", features=clusters, check=False)
    loaded = tf.saved_model.load(str(folder)).signatures
    zeros = tf.zeros((1, 4, 4), "int32")
    with pytest.raises(Exception, match=r"class \[2\] without any"):
        loaded["seed"](
            label=tf.constant(2, "uint8", (1, 4, 4)),
            instance=zeros,
            seed=tf.constant([1]),
        )


def test_a_style_that_is_no_number_is_refused(gan, tmp_path):
    import tensorflow as tf

    folder = export_model(gan, tmp_path / "1", check=False)
    loaded = tf.saved_model.load(str(folder)).signatures
    with pytest.raises(Exception, match="style must be finite"):
        loaded["serving_default"](
            label=tf.zeros((1, 4, 4), "uint8"),
            instance=tf.zeros((1, 4, 4), "int32"),
            style=tf.fill((1, 3, 2), float("nan")),
        )


def test_litert_lacks_nearest_upsampling(tmp_path):
    generator = GlobalGenerator(
        3,
        filters=2,
        num_downsamplings=1,
        num_residual_blocks=1,
        upsampling="nearest",
    )
    nearest = Pix2PixHDGAN(
        generator, MultiscaleDiscriminator(6, filters=2, num_layers=1), 3
    )
    words = "upsampling='nearest' is not. Received: one that needs Conv2D"
    with pytest.raises(ValueError, match=words):
        export_model(nearest, tmp_path / "out", "litert")
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize(
    "arguments, words",
    [
        ({"format": "pickle"}, "format must be one of saved-model, onnx"),
        (
            {"format": "litert", "weights": "bfloat16"},
            "weights of litert must be one of float32, float16, int8. Rec",
        ),
        ({"format": "onnx", "weights": "int8"}, "weights of onnx must be"),
        ({"format": "keras", "strict": True}, "strict is for the format sav"),
    ],
)
def test_what_there_is_not_is_refused(gan, tmp_path, arguments, words):
    with pytest.raises(ValueError, match=words):
        export_model(gan, tmp_path / "out", **arguments)
    assert not list(tmp_path.iterdir())


def test_a_missing_package_is_named(gan, tmp_path, monkeypatch):
    from keras_pix2pixhd.export import formats

    monkeypatch.setattr(formats.importlib.util, "find_spec", lambda name: None)
    words = r'needs ai_edge_litert.*pip install "keras_pix2pixhd\[litert\]"'
    with pytest.raises(ValueError, match=words):
        export_model(gan, tmp_path / "out", "litert")
