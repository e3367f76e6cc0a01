"""A tiny model, exported once, behind both of TF Serving's APIs."""

import pathlib
import sys

import pytest

ROOT = pathlib.Path(__file__).parents[2]
sys.path.append(str(ROOT / "examples"))  # served_model, serving_client


@pytest.fixture(scope="session")
def gan():
    from tests.serving.label_maps import TABLE
    from tests.small_gan import small_gan

    return small_gan(TABLE)


@pytest.fixture(scope="session")
def exported(gan, tmp_path_factory):
    from keras_pix2pixhd.export import export_saved_model

    folder = tmp_path_factory.mktemp("served") / "painter" / "1"
    return export_saved_model(gan, folder, check=False)


@pytest.fixture(scope="session")
def echo(tmp_path_factory):
    """A model whose photograph is what it was sent, for more inputs."""
    from tests.serving.echo_model import write_echo

    return write_echo(tmp_path_factory.mktemp("served") / "echo" / "3")


@pytest.fixture(scope="session")
def all_models(exported, echo):
    from tests.serving.served_models import ServedModel

    return {
        "painter": {1: ServedModel(exported)},
        "echo": {3: ServedModel(echo)},
    }


@pytest.fixture(scope="session")
def served(all_models):
    from tests.serving.served_models import ServedModels

    return ServedModels(all_models)


@pytest.fixture(autouse=True)
def no_faults(request):
    """What a test left to go wrong does not go wrong in the next."""
    yield
    if "served" in request.fixturenames:
        request.getfixturevalue("served").faults.clear()


@pytest.fixture(scope="session")
def url(served):
    from tests.serving.rest_server import rest_server

    with rest_server(served) as url:
        yield url


@pytest.fixture(scope="session")
def address(served):
    from tests.serving.grpc_server import grpc_server

    with grpc_server(served) as address:
        yield address


@pytest.fixture(params=["rest", "grpc"])
def place(request):
    """How the example is told of a server: two words of a command."""
    if request.param == "rest":
        return ["--url", request.getfixturevalue("url")]
    return ["--grpc", request.getfixturevalue("address")]


@pytest.fixture
def connect(place):
    """Function of a model's name, and version, to the example's server."""
    from served_model import Grpc, Rest

    kind = Rest if place[0] == "--url" else Grpc
    return lambda *model: kind(place[1], *model)
