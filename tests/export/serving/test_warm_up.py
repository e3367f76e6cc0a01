"""Warm-up requests, read by TF Serving's own messages."""

import keras
import numpy as np
import pytest

from keras_pix2pixhd.export.serving import write_warm_up
from keras_pix2pixhd.export.serving_generator import ServingGenerator
from keras_pix2pixhd.export.warm_up_requests import warm_up_requests
from keras_pix2pixhd.features import FeatureClusters
from tests.export.gans import TABLE, gan_with_everything

pytestmark = pytest.mark.skipif(
    keras.backend.backend() != "tensorflow", reason="needs TensorFlow"
)


def read(folder):
    import tensorflow as tf

    logs = pytest.importorskip("tensorflow_serving.apis.prediction_log_pb2")
    file = folder / "assets.extra" / "tf_serving_warmup_requests"
    found = []
    for record in tf.data.TFRecordDataset(str(file)):
        log = logs.PredictionLog.FromString(record.numpy())
        request = log.predict_log.request
        inputs = {k: tf.make_ndarray(x) for k, x in request.inputs.items()}
        spec = request.model_spec
        found.append((spec.name, spec.signature_name, inputs))
    return found


def test_requests_come_back_as_they_were(tmp_path):
    label = np.arange(200, dtype="uint8").reshape(1, 10, 20)
    instance = np.full((1, 10, 20), 70_000, "int32")
    files = np.array([b"\x89PNG\r\n\x00\xff" * 40], object)
    write_warm_up(
        tmp_path,
        "cars",
        [
            ("serving_default", {"label": label, "instance": instance}),
            ("png", {"label_png": files}),
        ],
    )
    (name, first, arrays), (_, second, strings) = read(tmp_path)
    assert (name, first, second) == ("cars", "serving_default", "png")
    np.testing.assert_array_equal(arrays["label"], label)
    np.testing.assert_array_equal(arrays["instance"], instance)
    assert arrays["label"].dtype == np.uint8
    assert strings["label_png"].tolist() == files.tolist()


def test_more_than_a_server_takes_are_refused(tmp_path):
    with pytest.raises(ValueError, match="1000 warm-up requests at most. Rec"):
        write_warm_up(tmp_path, "cars", [("png", {})] * 1001)


def test_requests_replace_those_before_or_leave_them(tmp_path):
    label = np.zeros((1, 3, 4), "uint8")
    request = ("serving_default", {"label": label})
    write_warm_up(str(tmp_path), "cars", [request] * 3)
    write_warm_up(str(tmp_path), "cars", [request] * 2)
    assert len(read(tmp_path)) == 2
    with pytest.raises(TypeError):
        write_warm_up(tmp_path, "cars", [request, ("png", {"x": object()})])
    assert len(read(tmp_path)) == 2
    (file,) = (tmp_path / "assets.extra").iterdir()
    assert file.name == "tf_serving_warmup_requests"


def test_as_many_as_a_server_takes_are_written(tmp_path):
    request = ("seed", {"seed": np.zeros(1, "int32")})
    write_warm_up(tmp_path, "cars", [request] * 1000)
    assert len(read(tmp_path)) == 1000


@pytest.mark.parametrize("fitted", [False, True])
def test_an_export_answers_its_own_warm_up(tmp_path, fitted):
    import tensorflow as tf

    gan = gan_with_everything()
    clusters = FeatureClusters([[[0.0, 1.0]]] * 3, TABLE) if fitted else None
    folder = gan.export(
        tmp_path / "1", check=False, name="cars", features=clusters
    )
    loaded = tf.saved_model.load(str(folder)).signatures
    found = read(folder)
    assert [row[:2] for row in found] == [
        ("cars", "serving_default"),
        ("cars", "png"),
    ]
    for _, signature, inputs in found:
        tensors = {
            name: tf.constant(x.tolist() if x.dtype == object else x)
            for name, x in inputs.items()
        }
        assert loaded[signature](**tensors)


def test_the_size_is_that_of_the_run():
    serving = ServingGenerator(gan_with_everything())
    (_, batch), _ = warm_up_requests(serving, image_size=(20, 30))
    assert batch["label"].shape == (1, 20, 30)
