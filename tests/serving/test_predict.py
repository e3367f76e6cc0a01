"""What users of TF Serving send, answered from the export."""

import base64
import json

import numpy as np
import pytest

pytest.importorskip("tensorflow_serving")

import grpc

from tests.serving.label_maps import (
    assert_within_one_level,
    label_png,
    labels,
    pixels_of,
)
from tests.serving.questions import ask_rest, predict_grpc, predict_rest

PREDICT = "/v1/models/painter:predict"


@pytest.fixture
def label(rng):
    return labels(rng, 2, 5, 7)


def base64_of(file):
    return {"b64": base64.b64encode(file).decode()}


def test_the_client_library_is_answered_with_photographs(gan, address, label):
    answer = predict_grpc(address, "", {"label": label})
    assert list(answer) == ["image"]
    assert answer["image"].dtype == np.uint8
    assert_within_one_level(answer["image"], gan.generate(label))


def test_the_client_library_is_answered_with_files(gan, address, label):
    files = [label_png(one) for one in label]
    answer = predict_grpc(address, "png", {"label_png": files})
    photos = [pixels_of(file) for file in answer["image_png_bytes"]]
    assert_within_one_level(photos, gan.generate(label))


def test_floats_are_the_photograph_in_minus_one_to_one(gan, address, label):
    (image,) = predict_grpc(address, "float", {"label": label}).values()
    assert image.dtype == np.float32 and abs(image).max() <= 1
    assert_within_one_level((image + 1) * 127.5, gan.generate(label))


@pytest.mark.parametrize(
    "path", [PREDICT, "/v1/models/painter/versions/1:predict"]
)
def test_nested_lists_in_rows(gan, url, label, path):
    status, text = ask_rest(url, path, {"instances": label.tolist()})
    assert status == 200
    photos = json.loads(text)["predictions"]
    assert_within_one_level(photos, gan.generate(label))


def test_nested_lists_by_name(gan, url, label):
    rows = [{"label": one.tolist()} for one in label]
    _, text = ask_rest(url, PREDICT, {"instances": rows})
    photos = json.loads(text)["predictions"]
    assert_within_one_level(photos, gan.generate(label))


def test_nested_lists_in_columns(gan, url, label):
    status, answer = predict_rest(url, "serving_default", label.tolist())
    assert status == 200
    assert_within_one_level(answer["outputs"], gan.generate(label))


def test_files_in_base64_in_rows(gan, url, label):
    rows = [{"label_png": base64_of(label_png(one))} for one in label]
    body = {"signature_name": "png", "instances": rows}
    status, text = ask_rest(url, PREDICT, body)
    assert status == 200
    files = json.loads(text)["predictions"]
    photos = [pixels_of(base64.b64decode(file["b64"])) for file in files]
    assert_within_one_level(photos, gan.generate(label))


def test_a_file_in_base64_in_columns(gan, url, label):
    files = {"label_png": [base64_of(label_png(label[0]))]}
    status, answer = predict_rest(url, "png", files)
    assert status == 200
    (photo,) = answer["outputs"]
    photo = pixels_of(base64.b64decode(photo["b64"]))
    assert_within_one_level(photo, gan.generate(label[:1])[0])


def test_a_string_output_without_bytes_in_its_name_is_no_json(url, label):
    # why our output is called image_png_bytes
    inputs = {"label_png": [base64_of(label_png(label[0]))]}
    body = {"signature_name": "raw", "inputs": inputs}
    status, text = ask_rest(url, "/v1/models/echo:predict", body)
    assert status == 200
    with pytest.raises(UnicodeDecodeError):
        json.loads(text)


def test_an_unknown_model_or_version_is_not_found(url, address, label):
    body = {"instances": label.tolist()}
    status, text = ask_rest(url, "/v1/models/cars:predict", body)
    assert status == 404
    words = "Servable not found for request: Latest(cars)"
    assert json.loads(text) == {"error": words}
    with pytest.raises(grpc.RpcError) as caught:
        predict_grpc(address, "", {"label": label}, version=7)
    assert caught.value.code() is grpc.StatusCode.NOT_FOUND
    assert "Specific(painter, 7)" in caught.value.details()


def test_the_status_of_a_model(url):
    _, text = ask_rest(url, "/v1/models/painter")
    (state,) = json.loads(text)["model_version_status"]
    assert (state["version"], state["state"]) == ("1", "AVAILABLE")
    assert ask_rest(url, "/v1/models/cars")[0] == 404
