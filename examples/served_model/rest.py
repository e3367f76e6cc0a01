"""A model behind the REST API of TF Serving."""

import base64
import contextlib
import http.client
import json
import socket
import threading
import time
import urllib.parse

from served_model.answers import (
    LATE,
    BusyError,
    FailedError,
    RefusedError,
    one_line,
)


class Rest:
    """The REST API.

    Args:
        url: of the server, as in "http://localhost:8501".
        model: its name.
        version: int. Default: the newest.
    """

    def __init__(self, url, model, version=None):
        try:
            address = urllib.parse.urlsplit(url)
            self._place = address.hostname, address.port
        except ValueError:
            address = None
        kinds = {
            "http": http.client.HTTPConnection,
            "https": http.client.HTTPSConnection,
        }
        if not address or not address.hostname or address.scheme not in kinds:
            raise RefusedError(
                f'--url must be like http://HOST:8501, not "{url}"'
            )
        self._kind = kinds[address.scheme]
        self._path = f"{address.path.rstrip('/')}/v1/models/"
        self._path += urllib.parse.quote(model, safe="")
        self._path += "" if version is None else f"/versions/{version}"

    def paint(self, inputs, timeout):
        """Returns a photograph, PNG bytes.

        Args:
            inputs: dict of the inputs of the signature `png`: bytes, ints.
            timeout: seconds.
        """
        lists = {name: [_as_json(value)] for name, value in inputs.items()}
        body = json.dumps({"signature_name": "png", "inputs": lists})
        try:
            answer = self._request("POST", ":predict", body, timeout)
            (image,) = answer["outputs"]
            return base64.b64decode(image["b64"])
        except (KeyError, TypeError, ValueError) as error:
            raise FailedError("the answer holds no PNG in base64") from error

    def versions(self, timeout):
        """Returns the states of the model's versions, by number."""
        try:
            answer = self._request("GET", "", None, timeout)
            states = answer["model_version_status"]
            return {int(one["version"]): one["state"] for one in states}
        except (KeyError, TypeError, ValueError) as error:
            raise FailedError("the answer holds no states") from error

    def _request(self, method, verb, body, timeout):
        end = time.monotonic() + timeout
        host, port = self._place
        connection = self._kind(host, port, timeout=timeout)
        try:
            connection.connect()
            with _cut_at(end, connection.sock):
                kind = {"Content-Type": "application/json"}
                connection.request(method, self._path + verb, body, kind)
                response = connection.getresponse()
                text = response.read()
        except (OSError, http.client.HTTPException) as error:
            if isinstance(error, TimeoutError) or time.monotonic() >= end:
                raise FailedError(LATE) from error
            dropped = (ConnectionError, http.client.IncompleteRead)
            kind = BusyError if isinstance(error, dropped) else FailedError
            raise kind(f"{host}: {one_line(error)}") from error
        finally:
            connection.close()
        if time.monotonic() >= end:  # cut, it looks like a short answer
            raise FailedError(LATE)
        return _json_of(response.status, text)


@contextlib.contextmanager
def _cut_at(end, connected):
    """Shuts a socket down in time: its own timeout begins with every byte."""

    def cut():
        with contextlib.suppress(OSError):
            socket.socket.shutdown(connected, socket.SHUT_RDWR)

    timer = threading.Timer(end - time.monotonic(), cut)
    timer.daemon = True
    timer.start()
    try:
        yield
    finally:
        timer.cancel()


def _as_json(value):
    if isinstance(value, bytes):
        return {"b64": base64.b64encode(value).decode()}
    return value


def _json_of(status, text):
    try:
        answer = json.loads(text)
    except ValueError as error:
        if status == 200:
            raise FailedError("the answer is no JSON") from error
        answer = text.decode(errors="replace")
    if status == 200:
        return answer
    if isinstance(answer, dict):
        answer = answer.get("error", answer)
    words = f"HTTP {status}: {one_line(answer)}"
    if status in (429, 502, 503):  # 502: a proxy whose server is gone
        raise BusyError(words)
    raise (RefusedError if 400 <= status < 500 else FailedError)(words)
