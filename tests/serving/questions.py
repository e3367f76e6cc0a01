"""Questions to TF Serving without the example: what others would send."""

import http.client
import json
import urllib.parse


def ask_rest(url, path, body=None):
    """Posts (or gets, without a body); returns the status and bytes."""
    connection = http.client.HTTPConnection(urllib.parse.urlsplit(url).netloc)
    if body is not None and not isinstance(body, bytes):
        body = json.dumps(body).encode()
    connection.request("GET" if body is None else "POST", path, body)
    response = connection.getresponse()
    answer = response.read()
    connection.close()
    return response.status, answer


def predict_rest(url, signature, columns, model="painter"):
    """Asks in columns; returns the status and what the JSON holds."""
    body = {"signature_name": signature, "inputs": columns}
    status, text = ask_rest(url, f"/v1/models/{model}:predict", body)
    return status, json.loads(text)


def question(signature, inputs, model="painter", version=None):
    """Returns a `PredictRequest`, made as the guides of TF Serving do."""
    import tensorflow as tf
    from tensorflow_serving.apis import predict_pb2

    request = predict_pb2.PredictRequest()
    request.model_spec.name = model
    request.model_spec.signature_name = signature
    if version is not None:
        request.model_spec.version.value = version
    for name, value in inputs.items():
        request.inputs[name].CopyFrom(tf.make_tensor_proto(value))
    return request


def predict_grpc(address, *args, **kwargs):
    """Asks the client library; returns arrays, or raises its error."""
    import grpc
    import tensorflow as tf
    from tensorflow_serving.apis import prediction_service_pb2_grpc

    with grpc.insecure_channel(address) as channel:
        stub = prediction_service_pb2_grpc.PredictionServiceStub(channel)
        answer = stub.Predict(question(*args, **kwargs), timeout=30)
    return {n: tf.make_ndarray(x) for n, x in answer.outputs.items()}
