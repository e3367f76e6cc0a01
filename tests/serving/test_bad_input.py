"""What does not fit is refused, and the next question is answered."""

import base64
import json
import socket
import urllib.parse

import numpy as np
import pytest

pytest.importorskip("tensorflow_serving")

import grpc

from tests.serving.bad_inputs import BAD
from tests.serving.label_maps import (
    IDS,
    assert_within_one_level,
    labels,
    pixels_of,
    png,
)
from tests.serving.questions import (
    ask_rest,
    predict_grpc,
    predict_rest,
    question,
)

GOOD = np.array([[[0, 1, 2], [2, 1, 0]]], "uint8")
PREDICT = "/tensorflow.serving.PredictionService/Predict"


def as_json(value):
    if isinstance(value, bytes):
        return {"b64": base64.b64encode(value).decode()}
    if isinstance(value, list):
        return [as_json(item) for item in value]
    return as_json(value.tolist()) if hasattr(value, "tolist") else value


@pytest.fixture
def still_answers(gan, address, url):
    """Asks for a photograph after the test."""
    yield
    expected = gan.generate(GOOD)
    (image,) = predict_grpc(address, "", {"label": GOOD}).values()
    assert_within_one_level(image, expected)
    status, answer = predict_rest(url, "", GOOD.tolist())
    assert status == 200
    assert_within_one_level(answer["outputs"], expected)


@pytest.mark.parametrize("case", BAD, ids=[case.name for case in BAD])
def test_over_grpc(address, case, still_answers):
    with pytest.raises(grpc.RpcError) as caught:
        predict_grpc(address, case.signature, case.inputs)
    assert caught.value.code().name == case.code
    assert case.words in caught.value.details()


@pytest.mark.parametrize("case", BAD, ids=[case.name for case in BAD])
def test_over_rest(url, case, still_answers):
    columns = {name: as_json(value) for name, value in case.inputs.items()}
    status, answer = predict_rest(url, case.signature, columns)
    assert status == case.status
    words = case.words if case.rest_words is None else case.rest_words
    assert words in answer["error"]


def test_more_pixels_than_the_model_takes(address, still_answers):
    label = np.zeros((1, 1, 2**24 + 1), "uint8")
    with pytest.raises(grpc.RpcError, match="at most 16777216, all together"):
        predict_grpc(address, "", {"label": label})


def test_no_rows_are_refused(url, still_answers):
    path = "/v1/models/painter:predict"
    status, text = ask_rest(url, path, {"instances": []})
    assert status == 400
    assert "No values in 'instances' array" in json.loads(text)["error"]


@pytest.mark.parametrize("size", [(1, 1), (1, 4000)], ids=str)
def test_thin_maps_are_painted(gan, address, url, rng, size):
    label = labels(rng, 1, *size)
    expected = gan.generate(label)
    (image,) = predict_grpc(address, "", {"label": label}).values()
    assert_within_one_level(image, expected)
    _, answer = predict_rest(url, "", label.tolist())
    assert_within_one_level(answer["outputs"], expected)


@pytest.mark.parametrize("index", [3, 200, 254])
def test_indices_outside_of_the_table_are_void(gan, address, url, rng, index):
    label = labels(rng, 1, 4, 6)
    expected = gan.generate(label)
    label[label == 255] = index
    (image,) = predict_grpc(address, "", {"label": label}).values()
    assert_within_one_level(image, expected)
    _, answer = predict_rest(url, "", label.tolist())
    assert_within_one_level(answer["outputs"], expected)


@pytest.mark.parametrize("kind", ["ids", "colours"])
def test_files_with_ids_outside_of_the_table_are_void(
    gan, address, url, rng, kind
):
    label = labels(rng, 1, 4, 6)
    if kind == "ids":
        values = IDS.copy()
        values[255] = 99
    else:
        values = np.full((256, 3), 77, "uint8")
        values[:3] = [(0, 0, 9), (200, 10, 30), (5, 250, 6)]
    file, expected = png(values[label[0]]), gan.generate(label)
    (files,) = predict_grpc(address, "png", {"label_png": [file]}).values()
    assert_within_one_level(pixels_of(files[0])[None], expected)
    _, answer = predict_rest(url, "png", {"label_png": [as_json(file)]})
    photo = pixels_of(base64.b64decode(answer["outputs"][0]["b64"]))
    assert_within_one_level(photo[None], expected)


def test_json_that_is_cut_is_refused(url, still_answers):
    body = json.dumps({"instances": GOOD.tolist()}).encode()[:-4]
    status, text = ask_rest(url, "/v1/models/painter:predict", body)
    assert status == 400
    assert json.loads(text)["error"].startswith("JSON Parse error")


def test_a_body_that_is_cut_gets_no_answer(url, still_answers):
    place = urllib.parse.urlsplit(url)
    head = b"POST /v1/models/painter:predict HTTP/1.1\r\nHost: x\r\n"
    with socket.create_connection((place.hostname, place.port)) as connection:
        connection.sendall(head + b'Content-Length: 500\r\n\r\n{"instances"')
        connection.shutdown(socket.SHUT_WR)
        assert connection.recv(100) == b""


def test_a_message_that_is_cut_is_refused(address, still_answers):
    with grpc.insecure_channel(address) as channel:
        call = channel.unary_unary(
            PREDICT, lambda request: request.SerializeToString()[:-3]
        )
        with pytest.raises(grpc.RpcError) as caught:
            call(question("", {"label": GOOD}), timeout=30)
    assert caught.value.code() is grpc.StatusCode.INTERNAL


def test_a_connection_that_is_cut_is_forgotten(address, still_answers):
    host, port = address.split(":")
    with socket.create_connection((host, int(port))) as connection:
        connection.sendall(b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n\0\0\x99\x01")
        connection.shutdown(socket.SHUT_WR)
        while connection.recv(1000):
            pass
