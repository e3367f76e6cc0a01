"""A model that TF Serving serves, over REST or gRPC.

    from served_model import Rest, ask

    server = Rest("http://localhost:8501", "cars")
    photo = ask(lambda left: server.paint({"label_png": png}, left), timeout=10)

REST needs nothing but Python, gRPC also tensorflow-serving-api.
"""

from served_model.answers import BusyError, FailedError, RefusedError, ask
from served_model.grpc import Grpc
from served_model.rest import Rest

__all__ = ["BusyError", "FailedError", "Grpc", "RefusedError", "Rest", "ask"]
