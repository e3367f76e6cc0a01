"""A model behind the gRPC API of TF Serving."""

from served_model.answers import (
    FIRST_WAIT,
    LATE,
    BusyError,
    FailedError,
    RefusedError,
    one_line,
)

PIP = "pip install tensorflow-serving-api"
BUSY = {"UNAVAILABLE", "RESOURCE_EXHAUSTED"}
MISTAKES = {"INVALID_ARGUMENT", "NOT_FOUND", "FAILED_PRECONDITION"}
MISTAKES |= {"OUT_OF_RANGE", "PERMISSION_DENIED", "UNAUTHENTICATED"}


class Grpc:
    """The gRPC API.

    Args:
        address: of the server, as in "localhost:8500".
        model, version: as those of `Rest`.
    """

    def __init__(self, address, model, version=None):
        try:
            import grpc
            from tensorflow_serving.apis import (
                get_model_status_pb2,
                model_service_pb2_grpc,
                predict_pb2,
                prediction_service_pb2_grpc,
            )
        except ImportError as error:
            raise RefusedError(f"gRPC needs {error.name}: {PIP}") from error
        unlimited = [
            ("grpc.max_send_message_length", -1),
            ("grpc.max_receive_message_length", -1),
            ("grpc.initial_reconnect_backoff_ms", int(FIRST_WAIT * 1000)),
        ]
        channel = grpc.insecure_channel(address, unlimited)
        self._model, self._version = model, version
        self._error = grpc.RpcError
        self._new_question = predict_pb2.PredictRequest
        self._new_status = get_model_status_pb2.GetModelStatusRequest
        self._states = get_model_status_pb2.ModelVersionStatus.State
        predictions = prediction_service_pb2_grpc.PredictionServiceStub(channel)
        self._predict = predictions.Predict
        models = model_service_pb2_grpc.ModelServiceStub(channel)
        self._get_status = models.GetModelStatus

    def paint(self, inputs, timeout):
        """Does what `Rest.paint` does."""
        question = self._question(self._new_question)
        question.model_spec.signature_name = "png"
        for name, value in inputs.items():
            tensor = question.inputs[name]
            tensor.tensor_shape.dim.add(size=1)
            if isinstance(value, bytes):
                tensor.dtype = 7  # DT_STRING
                tensor.string_val.append(value)
            else:
                tensor.dtype = 3  # DT_INT32
                tensor.int_val.append(value)
        answer = self._call(self._predict, question, timeout)
        (image,) = answer.outputs.values()
        return image.string_val[0]

    def versions(self, timeout):
        """Does what `Rest.versions` does."""
        question = self._question(self._new_status)
        answer = self._call(self._get_status, question, timeout)
        return {
            one.version: self._states.Name(one.state)
            for one in answer.model_version_status
        }

    def _question(self, kind):
        question = kind()
        question.model_spec.name = self._model
        if self._version is not None:
            question.model_spec.version.value = self._version
        return question

    def _call(self, method, question, timeout):
        try:
            return method(question, timeout=timeout)
        except self._error as error:
            name, words = error.code().name, one_line(error.details())
            if name == "DEADLINE_EXCEEDED":
                raise FailedError(LATE) from error
            kind = BusyError if name in BUSY else FailedError
            if name in MISTAKES or "larger than max" in words:
                kind = RefusedError
            raise kind(f"{name}: {words}") from error
