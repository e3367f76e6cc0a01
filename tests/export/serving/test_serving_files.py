"""What TF Serving is started with, read by what reads it."""

import http.server
import pathlib
import subprocess
import threading

import pytest
import yaml

from keras_pix2pixhd.export.serving import next_version, write_serving_files

text_format = pytest.importorskip("google.protobuf.text_format")


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


def test_batches_end_in_a_size_that_is_allowed(folder):
    # no Python package has the message: the lines that are no comments
    text = (folder / "batching.config").read_text()
    lines = [x for x in text.splitlines() if x and not x.startswith("#")]
    assert lines[0] == "max_batch_size { value: 4 }"
    sizes = [x for x in lines if x.startswith("allowed_batch_sizes")]
    assert sizes[-1] == "allowed_batch_sizes: 4"
    assert lines[-1] == "pad_variable_length_inputs: false"


def compose(folder):
    text = (folder / "compose.yaml").read_text()
    return yaml.safe_load(text)["services"]["serving"]


def test_the_compose_file_mounts_what_is_written(folder):
    service = compose(folder)
    assert service["image"].startswith("tensorflow/serving:2.")
    assert service["volumes"] == ["..:/models/cars:ro"]
    assert all(p.startswith("127.0.0.1:") for p in service["ports"])
    for flag in service["command"][:2]:
        path = flag.split("=")[1]
        assert (folder.parent / path.removeprefix("/models/cars/")).is_file()


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
