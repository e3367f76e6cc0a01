"""What TF Serving is started with, read by what reads it."""

import http.server
import pathlib
import subprocess
import threading

import pytest
import yaml

from keras_pix2pixhd.export.serving import next_version, write_serving_files

text_format = pytest.importorskip("google.protobuf.text_format")
from google.protobuf import (  # noqa: E402
    descriptor_pb2,
    descriptor_pool,
    message_factory,
    wrappers_pb2,
)


@pytest.fixture
def folder(tmp_path):
    return write_serving_files(tmp_path / "cars", "cars")


def test_the_model_config_is_one(folder):
    config = pytest.importorskip(
        "tensorflow_serving.config.model_server_config_pb2"
    ).ModelServerConfig()
    text_format.Parse((folder / "models.config").read_text(), config)
    (model,) = config.model_config_list.config
    assert (model.name, model.base_path) == ("cars", "/models/cars")
    assert model.model_version_policy.latest.num_versions == 1


def test_the_monitoring_config_names_the_path_of_the_guide(folder):
    text = (folder / "monitoring.config").read_text()
    path = "/monitoring/prometheus/metrics"
    assert f'enable: true path: "{path}"' in text
    guide = pathlib.Path(__file__).parents[3] / "docs" / "serving.md"
    assert path in guide.read_text("utf-8")


def test_images_are_painted_one_by_one(folder):
    parameters = batching_parameters()
    text_format.Parse((folder / "batching.config").read_text(), parameters)
    assert parameters.max_execution_batch_size.value == 1
    assert parameters.enable_large_batch_splitting.value
    assert not parameters.pad_variable_length_inputs
    # SharedBatchScheduler::AddQueue: else the server does not start
    limit = parameters.max_batch_size.value
    assert limit >= parameters.max_execution_batch_size.value
    # a request waits for all of its images: they must fit
    assert limit <= parameters.max_enqueued_batches.value
    # what waits and what is painted hold a thread each
    running = parameters.num_batch_threads.value
    threads = [x for x in compose(folder)["command"] if "_threads=" in x]
    assert len(threads) == 2
    for flag in threads:
        waiting = parameters.max_enqueued_batches.value
        assert int(flag.split("=")[1]) > 2 * waiting + running


def batching_parameters():
    """Returns TF Serving's message, which no Python package has.

    Reference: tensorflow_serving/servables/tensorflow/
    session_bundle_config.proto, the fields of BatchingParameters.
    """
    numbers = {
        "max_batch_size": 1,
        "batch_timeout_micros": 2,
        "max_enqueued_batches": 3,
        "num_batch_threads": 4,
        "max_execution_batch_size": 9,
    }
    file = descriptor_pb2.FileDescriptorProto(
        name="batching.proto",
        syntax="proto3",
        dependency=["google/protobuf/wrappers.proto"],
    )
    message = file.message_type.add(name="BatchingParameters")
    kinds = {name: (number, "Int64") for name, number in numbers.items()}
    kinds["enable_large_batch_splitting"] = (8, "Bool")
    for name, (number, kind) in kinds.items():
        message.field.add(
            name=name,
            number=number,
            label="LABEL_OPTIONAL",
            type="TYPE_MESSAGE",
            type_name=f".google.protobuf.{kind}Value",
        )
    message.field.add(
        name="allowed_batch_sizes",
        number=6,
        label="LABEL_REPEATED",
        type="TYPE_INT64",
    )
    message.field.add(
        name="pad_variable_length_inputs",
        number=7,
        label="LABEL_OPTIONAL",
        type="TYPE_BOOL",
    )
    pool = descriptor_pool.DescriptorPool()
    wrappers = descriptor_pb2.FileDescriptorProto()
    wrappers_pb2.DESCRIPTOR.CopyToProto(wrappers)
    pool.Add(wrappers)
    pool.Add(file)
    found = pool.FindMessageTypeByName("BatchingParameters")
    return message_factory.GetMessageClass(found)()


def compose(folder):
    text = (folder / "compose.yaml").read_text()
    return yaml.safe_load(text)["services"]["serving"]


def test_the_compose_file_mounts_what_is_written(folder):
    service = compose(folder)
    assert service["volumes"] == ["..:/models/cars:ro"]
    assert all(p.startswith("127.0.0.1:") for p in service["ports"])
    assert service["init"] and service["read_only"]
    files = [x for x in service["command"] if "/models/" in x]
    assert len(files) == 3
    for flag in files:
        path = flag.split("=")[1]
        assert (folder.parent / path.removeprefix("/models/cars/")).is_file()


def test_the_server_is_told_how_many_processors_it_has(folder):
    service = compose(folder)
    limits = service["deploy"]["resources"]["limits"]
    threads = [x for x in service["command"] if "_op_parallelism=" in x]
    assert [x.split("=")[1] for x in threads] == [limits["cpus"]] * 2


def test_the_server_is_not_older_than_what_exports(folder):
    tensorflow = pytest.importorskip("tensorflow")
    tag = compose(folder)["image"].split(":")[1]
    served = [int(x) for x in tag.split(".")[:2]]
    assert served >= [int(x) for x in tensorflow.__version__.split(".")[:2]]


@pytest.mark.parametrize(
    "state, healthy", [("AVAILABLE", True), ("LOADING", False)]
)
def test_the_health_check_asks_for_the_model(folder, state, healthy):
    asked = []

    class Answer(http.server.BaseHTTPRequestHandler):
        def do_GET(self):
            asked.append(self.path)
            self.send_response(200)
            self.end_headers()
            self.wfile.write(b'{"model_version_status": [{"state": "')
            self.wfile.write(f'{state}"}}]}}'.encode())

        def log_message(self, *words):
            pass

    with http.server.HTTPServer(("127.0.0.1", 0), Answer) as server:
        threading.Thread(target=server.handle_request, daemon=True).start()
        kind, *command = compose(folder)["healthcheck"]["test"]
        assert kind == "CMD"
        port = f"/{server.server_port} "
        command[-1] = command[-1].replace("/8501 ", port)
        done = subprocess.run(command, timeout=20)
    assert (done.returncode == 0) == healthy
    assert asked == ["/v1/models/cars"]


def test_what_was_edited_stays(folder):
    (folder / "models.config").write_text("mine")
    (folder / "compose.yaml").unlink()
    write_serving_files(folder.parent, "cars")
    assert (folder / "models.config").read_text() == "mine"
    assert (folder / "compose.yaml").exists()


def test_versions_go_up_from_1(tmp_path):
    assert next_version(tmp_path / "none") == 1
    for name in ("1", "9", "10", "serving", "onnx-float16"):
        (tmp_path / name).mkdir()
    assert next_version(tmp_path) == 11
