import json

import keras
import pytest

from keras_pix2pixhd.runs.workers.cluster import Cluster, cluster_of_environment

HOSTS = ["a:1", "b:1"]


def set_cluster(monkeypatch, cluster, kind="worker", index=0):
    text = {"cluster": cluster, "task": {"type": kind, "index": index}}
    monkeypatch.setenv("TF_CONFIG", json.dumps(text))


@pytest.mark.parametrize(
    ("cluster", "task", "wanted"),
    [
        ({"worker": HOSTS}, ("worker", 1), (1, 2)),
        ({"chief": ["c:1"], "worker": HOSTS}, ("worker", 1), (2, 3)),
        ({"chief": ["c:1"], "worker": HOSTS}, ("chief", 0), (0, 3)),
    ],
)
def test_workers_are_counted_from_the_chief(monkeypatch, cluster, task, wanted):
    set_cluster(monkeypatch, cluster, *task)
    assert cluster_of_environment().shard == wanted


def test_a_worker_alone_has_all(monkeypatch):
    set_cluster(monkeypatch, {"worker": ["a:1"]})
    assert cluster_of_environment().shard is None


def test_whom_a_process_waits_for_is_said(monkeypatch):
    set_cluster(monkeypatch, {"chief": ["c:1"], "worker": HOSTS}, index=1)
    assert cluster_of_environment().waiting() == (
        "waiting for 3 workers: c:1, a:1, b:1; this is b:1"
    )


@pytest.mark.parametrize(
    ("workers", "index", "words"),
    [
        ("abc", 0, "worker must be a list of host:port"),
        ({"0": "a:1"}, 0, "worker must be a list of host:port"),
        ([1, 2], 0, "must be host:port .*, not 1"),
        (["nonsense"], 0, "must be host:port .*, not 'nonsense'"),
        (["256.1.1.1:99999"], 0, "a port from 1 to 65535, not '256.1.1.1:999"),
        (HOSTS, 0.5, "index must be an integer, not 0.5"),
        (HOSTS, True, "index must be an integer, not True"),
        (HOSTS, float("inf"), "index must be an integer, not inf"),
        (HOSTS, None, "index must be an integer, not None"),
        (HOSTS, "x", "ValueError"),
    ],
)
def test_what_names_no_addresses_is_refused(monkeypatch, workers, index, words):
    set_cluster(monkeypatch, {"worker": workers}, index=index)
    with pytest.raises(ValueError, match=f"Received: TF_CONFIG=.*{words}"):
        cluster_of_environment()


def test_two_chiefs_are_refused(monkeypatch):
    set_cluster(monkeypatch, {"chief": HOSTS, "worker": ["c:1"]})
    with pytest.raises(ValueError, match="at most one chief"):
        cluster_of_environment()


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("{", "JSONDecodeError"),
        ("[]", "TypeError"),
        ("[" * 100_000, "RecursionError"),
        ('{"cluster": {"worker": ["a:1"]}}', "KeyError: 'task'"),
        (
            '{"cluster": {"worker": ["a:1"]}, '
            '"task": {"type": "worker", "index": 1}}',
            "there is no task 1",
        ),
        (
            '{"cluster": {"worker": ["a:1"], "ps": ["b:1"]}, '
            '"task": {"type": "ps", "index": 0}}',
            "a task of type 'ps'",
        ),
    ],
)
def test_what_names_no_cluster_is_refused(monkeypatch, text, words):
    monkeypatch.setenv("TF_CONFIG", text)
    with pytest.raises(ValueError, match=f"Received: TF_CONFIG=.*{words}"):
        cluster_of_environment()


@pytest.mark.skipif(
    keras.backend.backend() != "tensorflow", reason="errors of TensorFlow"
)
@pytest.mark.parametrize(
    ("message", "reason"),
    [
        ("Socket closed\nmore", r"Socket closed"),
        (
            "Graph execution error:\n\nCollective ops is aborted by: "
            "recvmsg:Connection reset by peer\nAdditional information",
            "recvmsg:Connection reset by peer",
        ),
        ("", ""),
    ],
)
def test_the_loss_of_another_worker_is_said_in_a_line(message, reason):
    import tensorflow as tf

    lost = tf.errors.UnavailableError(None, None, message)
    lost.add_note("Resume with: ...")
    words = rf"worker 1 of 2 has lost another one \({reason}\)\. Start all"
    with pytest.raises(ValueError, match=words) as raised:
        with Cluster(1, 2).watched():
            raise lost
    assert raised.value.__notes__ == ["Resume with: ..."]
