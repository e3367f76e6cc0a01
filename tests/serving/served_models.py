"""Models as TF Serving runs them: a session, fed by the names of a graph.

No function of Python stands before the graph, so what is sent gets as far as
it would there: TF Serving checks the names of inputs, and the graph the rest.
Facts: tensorflow_serving/servables/tensorflow/predict_util.cc, 2026.
"""

import grpc

CODES = {code.value[0]: code for code in grpc.StatusCode}


class StatusError(Exception):
    """A status other than OK: a `grpc.StatusCode` and a message."""

    def __init__(self, code, message):
        super().__init__(message)
        self.code = getattr(grpc.StatusCode, code)
        self.message = message


class ServedModel:
    """One version of a model.

    Args:
        folder: of the SavedModel.
    """

    def __init__(self, folder):
        import tensorflow as tf

        self._errors = tf.errors.OpError
        with tf.Graph().as_default() as self._graph:
            self._session = tf.compat.v1.Session(graph=self._graph)
            meta = tf.compat.v1.saved_model.loader.load(
                self._session, ["serve"], str(folder)
            )
        self.signatures = meta.signature_def

    def predict(self, signature_name, arrays):
        """Returns arrays by the names of outputs."""
        signature = self._signature(signature_name)
        _check_names(signature.inputs, arrays)
        feeds = {
            self._tensor(signature.inputs[name].name): array
            for name, array in arrays.items()
        }
        fetches = [self._tensor(one.name) for one in signature.outputs.values()]
        try:
            # what Session.run calls, after it has made arrays fit
            outputs = self._session._call_tf_sessionrun(
                None, feeds, fetches, [], None
            )
        except self._errors as error:
            raise StatusError(
                CODES[error.error_code].name, error.message
            ) from error
        return dict(zip(signature.outputs, outputs, strict=True))

    def _signature(self, name):
        if (name or "serving_default") not in self.signatures:
            raise StatusError(
                "FAILED_PRECONDITION",
                f'Serving signature key "{name}" not found.',
            )
        return self.signatures[name or "serving_default"]

    def _tensor(self, name):
        return self._graph.get_tensor_by_name(name)._as_tf_output()


def _check_names(inputs, arrays):
    if len(arrays) != len(inputs):
        raise StatusError(
            "INVALID_ARGUMENT",
            "input size does not match signature: "
            f"{len(arrays)}!={len(inputs)}",
        )
    for name in arrays:
        if name not in inputs:
            raise StatusError(
                "INVALID_ARGUMENT",
                f"input tensor alias not found in signature: {name}",
            )


class ServedModels:
    """Models by name and version, and what is done wrong on purpose.

    Args:
        models: dict of dicts: `models["cars"][1]` is a `ServedModel`.

    Attributes:
        faults: list: what the next questions are answered with instead, the
            name of a status or "DROP".
        questions: int, how many there were.
    """

    def __init__(self, models):
        self._models = models
        self.faults = []
        self.questions = 0

    def next_fault(self):
        """Counts a question, and returns what goes wrong, or `None`."""
        self.questions += 1
        return self.faults.pop(0) if self.faults else None

    def find(self, name, version=None):
        """Returns a `ServedModel`."""
        versions = self._models.get(name, {})
        number = max(versions, default=None) if version is None else version
        if number not in versions:
            wanted = f"Latest({name})"
            if version is not None:
                wanted = f"Specific({name}, {version})"
            raise StatusError(
                "NOT_FOUND", f"Servable not found for request: {wanted}"
            )
        return versions[number]

    def versions(self, name, version=None):
        """Returns the numbers of a model's versions."""
        numbers = sorted(self._models.get(name, {}))
        if version is not None and version not in numbers:
            raise StatusError(
                "NOT_FOUND",
                f"Could not find version {version} of model {name}",
            )
        if not numbers:
            raise StatusError(
                "NOT_FOUND", f"Could not find any versions of model {name}"
            )
        return numbers if version is None else [version]
