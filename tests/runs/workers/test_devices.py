import json

import keras
import pytest

from keras_pix2pixhd.config import RunConfig
from keras_pix2pixhd.runs.workers import devices as module
from keras_pix2pixhd.runs.workers.devices import Devices, open_devices

CONFIG = RunConfig()


def test_one_device_needs_nothing(tmp_path):
    with open_devices(CONFIG) as devices, devices.scope():
        assert devices.strategy is None
        assert (devices.replicas, devices.shard) == (1, None)
        assert devices.chief
        assert devices.folder(tmp_path) == tmp_path
        assert devices.any(True)
        assert not devices.any(False)


def test_a_worker_that_is_not_the_chief_writes_elsewhere(tmp_path):
    worker = Devices(None, (1, 2), tmp_path / "spare")
    assert not worker.chief
    assert worker.folder("runs/0001-toy") == tmp_path / "spare" / "0001-toy"
    assert Devices(None, (0, 2), tmp_path).chief


@pytest.mark.skipif(
    keras.backend.backend() != "tensorflow", reason="no tf.distribute"
)
def test_all_devices_of_a_machine(tmp_path):
    config = CONFIG.replace({"strategy": "mirrored", "batch_size": 16})
    with open_devices(config) as devices:
        with devices.scope():
            variable = keras.Variable(0.0)
        assert len(variable.value.values) == devices.replicas
        assert devices.chief


@pytest.mark.skipif(keras.backend.backend() != "jax", reason="for JAX")
def test_all_devices_of_a_machine_on_jax():
    config = CONFIG.replace({"strategy": "mirrored", "batch_size": 16})
    with open_devices(config) as devices:
        assert keras.distribution.distribution() is devices.strategy
        assert devices.replicas == len(keras.distribution.list_devices())
        assert devices.shard is None
    assert keras.distribution.distribution() is None


def test_other_backends_have_no_strategies(monkeypatch):
    monkeypatch.setattr(keras.backend, "backend", lambda: "torch")
    config = CONFIG.replace({"strategy": "mirrored"})
    words = "must be TensorFlow or JAX.*Received: strategy=mirrored on torch"
    with pytest.raises(ValueError, match=words):
        with open_devices(config):
            pass


@pytest.mark.skipif(
    keras.backend.backend() != "tensorflow", reason="no tf.distribute"
)
def test_several_workers_need_tf_config(monkeypatch):
    monkeypatch.delenv("TF_CONFIG", raising=False)
    config = CONFIG.replace({"strategy": "multi_worker"})
    with pytest.raises(ValueError, match="such as .*host2.*TF_CONFIG=''"):
        with open_devices(config):
            pass


@pytest.mark.skipif(
    keras.backend.backend() != "tensorflow", reason="no tf.distribute"
)
def test_workers_say_whom_they_wait_for_and_why_in_vain(monkeypatch, capsys):
    import tensorflow as tf

    def strategy():
        raise tf.errors.UnknownError(None, None, "Could not start a server")

    monkeypatch.setattr(tf.distribute, "MultiWorkerMirroredStrategy", strategy)
    two = {"worker": ["localhost:2001", "localhost:2002"]}
    task = {"type": "worker", "index": 1}
    monkeypatch.setenv("TF_CONFIG", json.dumps({"cluster": two, "task": task}))
    config = CONFIG.replace({"strategy": "multi_worker"})
    words = (
        "waiting for 2 workers: localhost:2001, localhost:2002; this is "
        "localhost:2002"
    )
    with pytest.raises(ValueError, match="Is the port free") as error:
        with open_devices(config):
            pass
    assert f"Received: {words}: Could not start a server." in str(error.value)
    assert capsys.readouterr().out == words + "\n"


class Strategy:
    """Stands for one of TensorFlow."""

    def __init__(self, replicas):
        self.num_replicas_in_sync = replicas


@pytest.mark.parametrize(
    "devices, words",
    [
        (Devices(), "gpu:0, gpu:1"),
        (
            Devices(Strategy(2)),
            "gpu:0, gpu:1; mirrored: 2 devices share each batch",
        ),
        (
            Devices(Strategy(1)),
            "gpu:0, gpu:1; mirrored: 1 device, which has nothing to share",
        ),
        (
            Devices(Strategy(4), (0, 2)),
            "gpu:0, gpu:1; multi_worker, worker 0 of 2: 4 devices share each "
            "batch",
        ),
    ],
)
def test_a_run_says_what_it_trains_on(monkeypatch, devices, words):
    monkeypatch.setattr(module, "_found", lambda: ["gpu:0", "gpu:1"])
    assert devices.in_words() == f"{keras.backend.backend()}, {words}"


def test_the_devices_of_every_backend_are_found():
    (device, *_) = module._found()
    assert device.partition(":")[0] in ("cpu", "gpu", "cuda", "mps", "tpu")
