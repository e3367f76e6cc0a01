"""TF Serving's REST API, on loopback.

Facts: tensorflow_serving/model_servers/http_server.cc, http_rest_api_util.cc
and http_rest_api_handler.cc, 2026.
"""

import contextlib
import http.server
import json
import re
import socket
import threading

from tests.serving.rest_form import arrays_of, body_of
from tests.serving.served_models import StatusError

_MODEL = r"/v1/models/(?P<name>[^/:]+)(/versions/(?P<version>\d+))?"
_STATUS = {
    "INVALID_ARGUMENT": 400,
    "FAILED_PRECONDITION": 400,
    "OUT_OF_RANGE": 400,
    "NOT_FOUND": 404,
    "RESOURCE_EXHAUSTED": 429,
    "UNIMPLEMENTED": 501,
    "UNAVAILABLE": 503,
    "DEADLINE_EXCEEDED": 504,
}


@contextlib.contextmanager
def rest_server(models, port=0):
    """Serves `ServedModels`; gives the URL."""

    class Handler(_Handler):
        served = models

    server = http.server.ThreadingHTTPServer(("127.0.0.1", port), Handler)
    threading.Thread(target=server.serve_forever, args=(0.01,)).start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        server.server_close()


class _Handler(http.server.BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def log_message(self, *_):
        pass

    def do_GET(self):  # noqa: N802
        self._answer(b"", _MODEL, self._status)

    def do_POST(self):  # noqa: N802
        size = int(self.headers["Content-Length"])
        body = self.rfile.read(size)
        if len(body) < size:  # cut: whoever asked is gone
            self.close_connection = True
            return
        self._answer(body, _MODEL + ":predict", self._predict)

    def _answer(self, body, path, method):
        fault = self.served.next_fault()
        if fault == "DROP":
            self.close_connection = True
            self.connection.shutdown(socket.SHUT_RDWR)
            return
        try:
            if fault:
                raise StatusError(fault, "on purpose")
            found = re.fullmatch(path, self.path)
            if not found:
                raise StatusError("INVALID_ARGUMENT", "Malformed request: ")
            version = found["version"] and int(found["version"])
            answer, status = method(found["name"], version, body), 200
        except StatusError as error:
            answer = json.dumps({"error": error.message}).encode()
            status = _STATUS.get(error.code.name, 500)
        self.send_response(status)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(answer)))
        self.end_headers()
        self.wfile.write(answer)

    def _predict(self, name, version, body):
        def inputs_of(signature):
            signatures = self.served.find(name, version).signatures
            signature = signature or "serving_default"
            if signature not in signatures:
                raise StatusError(
                    "INVALID_ARGUMENT",
                    f'Serving signature name: "{signature}" not found',
                )
            return signatures[signature].inputs

        signature, form, arrays = arrays_of(body, inputs_of)
        model = self.served.find(name, version)
        return body_of(form, model.predict(signature, arrays))

    def _status(self, name, version, _):
        numbers = self.served.versions(name, version)
        status = {"error_code": "OK", "error_message": ""}
        states = [
            {"version": str(n), "state": "AVAILABLE", "status": status}
            for n in numbers
        ]
        return json.dumps({"model_version_status": states}).encode()
