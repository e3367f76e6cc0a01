"""Requests that TF Serving answers before it says that a model is there."""

import pathlib

import numpy as np

from keras_pix2pixhd.whole_file import whole_file

WARM_UP_FILE = "tf_serving_warmup_requests"
MOST_REQUESTS = 1000

# field numbers of tensorflow_serving.PredictionLog, .PredictLog,
# .PredictRequest, .ModelSpec, and of the entries of a map
_PREDICT_LOG = 6
_REQUEST = 1
_MODEL_SPEC, _INPUTS = 1, 2
_NAME, _SIGNATURE_NAME = 1, 3
_KEY, _VALUE = 1, 2


def write_warm_up(folder, name, requests):
    """Writes `assets.extra/tf_serving_warmup_requests`, or replaces it.

    The first call of a SavedModel takes longer than those after it; with
    these, the server makes it before it answers anyone.

    Args:
        folder: of an exported version.
        name: str, what the server calls the model.
        requests: list of pairs: the name of a signature, and a dict from the
            names of its inputs to arrays (of objects: bytes). One that the
            model refuses keeps the server from loading it.

    Raises:
        ValueError: if there are more than 1,000, which TF Serving refuses,
            or the file cannot be written.

    Reference:
        [SavedModel Warmup](https://github.com/tensorflow/serving/blob/\
master/tensorflow_serving/g3doc/saved_model_warmup.md)
    """
    import tensorflow as tf

    if len(requests) > MOST_REQUESTS:
        raise ValueError(
            f"There may be {MOST_REQUESTS} warm-up requests at most. "
            f"Received: {len(requests)}"
        )
    logs = [prediction_log(name, *request) for request in requests]
    file = pathlib.Path(folder) / "assets.extra" / WARM_UP_FILE
    with whole_file(file) as part, tf.io.TFRecordWriter(str(part)) as writer:
        for log in logs:
            writer.write(log)


def prediction_log(name, signature, inputs):
    """Returns the bytes of a `PredictionLog` with one `PredictRequest`.

    Args:
        name: str, of the model.
        signature: str.
        inputs: dict from str to array.
    """
    import tensorflow as tf

    spec = _field(_NAME, name.encode())
    spec += _field(_SIGNATURE_NAME, signature.encode())
    request = _field(_MODEL_SPEC, spec)
    for key, array in inputs.items():
        array = np.asarray(array)
        value = array.tolist() if array.dtype == object else array
        tensor = tf.make_tensor_proto(value).SerializeToString()
        entry = _field(_KEY, key.encode()) + _field(_VALUE, tensor)
        request += _field(_INPUTS, entry)
    return _field(_PREDICT_LOG, _field(_REQUEST, request))


def _field(number, content):
    """Returns a field of protobuf's wire format that holds bytes."""
    return bytes([number << 3 | 2]) + _varint(len(content)) + content


def _varint(number):
    digits = bytearray()
    while number > 127:
        digits.append(number & 127 | 128)
        number >>= 7
    digits.append(number)
    return bytes(digits)
