"""TF Serving's gRPC API, on loopback.

Facts: tensorflow_serving/model_servers/server.cc, prediction_service_impl.cc
and grpc_status_util.cc, 2026.
"""

import concurrent.futures
import contextlib

import grpc
from tensorflow_serving.apis import (
    get_model_status_pb2,
    model_service_pb2_grpc,
    predict_pb2,
    prediction_service_pb2_grpc,
)

from tests.serving.served_models import StatusError

_UNLIMITED = [
    ("grpc.max_send_message_length", -1),
    ("grpc.max_receive_message_length", -1),
]


@contextlib.contextmanager
def grpc_server(models):
    """Serves `ServedModels`; gives the address."""
    pool = concurrent.futures.ThreadPoolExecutor(4)
    server = grpc.server(pool, options=_UNLIMITED)
    predictions, states = _Predictions(models), _States(models)
    add = prediction_service_pb2_grpc.add_PredictionServiceServicer_to_server
    add(predictions, server)
    add = model_service_pb2_grpc.add_ModelServiceServicer_to_server
    add(states, server)
    port = server.add_insecure_port("127.0.0.1:0")
    server.start()
    try:
        yield f"127.0.0.1:{port}"
    finally:
        server.stop(None).wait()


class _Servicer:
    def __init__(self, models):
        self._models = models

    @contextlib.contextmanager
    def _statuses(self, context):
        fault = self._models.next_fault()
        try:
            if fault:
                raise StatusError(fault, "on purpose")
            yield
        except StatusError as error:
            message = error.message
            if len(message) > 1024:
                message = message[:1024] + "...TRUNCATED"
            context.abort(error.code, message)


def _name_and_version(spec):
    has_version = spec.WhichOneof("version_choice") == "version"
    return spec.name, spec.version.value if has_version else None


class _Predictions(
    _Servicer, prediction_service_pb2_grpc.PredictionServiceServicer
):
    def Predict(self, request, context):  # noqa: N802
        import tensorflow as tf

        spec, answer = request.model_spec, predict_pb2.PredictResponse()
        with self._statuses(context):
            model = self._models.find(*_name_and_version(spec))
            arrays = {
                name: _array(name, tensor)
                for name, tensor in request.inputs.items()
            }
            outputs = model.predict(spec.signature_name, arrays)
            for name, array in outputs.items():
                answer.outputs[name].CopyFrom(tf.make_tensor_proto(array))
        return answer


def _array(name, tensor):
    import tensorflow as tf

    try:
        return tf.make_ndarray(tensor)
    except (TypeError, ValueError) as error:
        raise StatusError(
            "INVALID_ARGUMENT", f"tensor parsing error: {name}"
        ) from error


class _States(_Servicer, model_service_pb2_grpc.ModelServiceServicer):
    def GetModelStatus(self, request, context):  # noqa: N802
        answer = get_model_status_pb2.GetModelStatusResponse()
        with self._statuses(context):
            spec = _name_and_version(request.model_spec)
            for number in self._models.versions(*spec):
                one = answer.model_version_status.add(version=number)
                one.state = get_model_status_pb2.ModelVersionStatus.AVAILABLE
        return answer
