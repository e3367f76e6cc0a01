import keras
import pytest

from keras_pix2pixhd.runs.workers.lost_worker import lost_worker


@pytest.fixture
def on_jax(monkeypatch):
    monkeypatch.setattr(keras.backend, "backend", lambda: "jax")


# the first was raised by two processes of which one was killed
@pytest.mark.parametrize(
    "error",
    [
        ValueError(
            "UNKNOWN: Gloo AllGather failed: [pair.cc:538] Read error "
            "[127.0.0.1]:8593: Connection reset by peer"
        ),
        RuntimeError("NCCL operation ncclAllReduce failed"),
        RuntimeError("UNAVAILABLE: Task 1 heartbeat timeout."),
    ],
)
def test_jax_says_by_its_libraries_that_a_process_is_gone(on_jax, error):
    assert lost_worker(error) == str(error).rstrip(".")


@pytest.mark.parametrize("error", [ValueError("folder"), KeyError("Gloo")])
def test_other_errors_are_others(on_jax, error):
    assert lost_worker(error) is None
