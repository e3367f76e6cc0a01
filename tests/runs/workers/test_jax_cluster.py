import json

import pytest

from keras_pix2pixhd.runs.workers.jax_cluster import (
    ADDRESSES,
    COUNT,
    INDEX,
    jax_cluster,
)


@pytest.fixture
def given(monkeypatch):
    """A function that sets the environment of a process, and nothing else."""

    def give(**values):
        for name in (ADDRESSES, COUNT, INDEX, "TF_CONFIG"):
            monkeypatch.delenv(name, raising=False)
            if name in values:
                monkeypatch.setenv(name, values[name])

    return give


def test_the_chief_may_be_the_only_address(given):
    given(**{ADDRESSES: "a:1", COUNT: "3", INDEX: "2"})
    cluster = jax_cluster()
    assert cluster.shard == (2, 3)
    assert cluster.waiting() == "waiting for 3 workers: a:1; this is worker 2"


def test_or_all_workers_have_one(given):
    given(**{ADDRESSES: "a:1,b:2", COUNT: "2", INDEX: "1"})
    assert jax_cluster().waiting() == (
        "waiting for 2 workers: a:1, b:2; this is b:2"
    )


def test_the_variables_of_tensorflow_will_do(given):
    task = {"type": "worker", "index": 1}
    cluster = {"worker": ["a:1", "b:1"]}
    given(TF_CONFIG=json.dumps({"cluster": cluster, "task": task}))
    assert jax_cluster().shard == (1, 2)


def test_without_any_jax_may_find_them(given):
    given()
    assert jax_cluster() is None


@pytest.mark.parametrize(
    ("values", "words"),
    [
        ({INDEX: "0"}, "Received: KERAS_DISTRIBUTION_PROCESS_ID=0 .*KeyError"),
        ({ADDRESSES: "a:1", COUNT: "2", INDEX: "2"}, "there is no worker 2"),
        ({ADDRESSES: "a:1", COUNT: "two", INDEX: "0"}, "'two'"),
        ({ADDRESSES: "a", COUNT: "2", INDEX: "0"}, "must be host:port"),
        ({ADDRESSES: "a:1,b:1", COUNT: "3", INDEX: "0"}, "2 addresses"),
    ],
)
def test_what_names_no_workers_is_refused(given, values, words):
    given(**values)
    with pytest.raises(ValueError, match=f"such as .*host1:2222.*{words}"):
        jax_cluster()
