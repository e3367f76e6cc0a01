import atexit

import keras
import pytest

from keras_pix2pixhd.runs.workers import jax_devices
from keras_pix2pixhd.runs.workers.cluster import Cluster

TWO = Cluster(1, 2, ("a:1", "b:1"))


def test_one_process_has_nobody_to_meet():
    alone = Cluster(0, 1, ("a:1",))
    assert jax_devices.meet(alone, log=None) is alone


@pytest.mark.parametrize(
    ("cluster", "words"),
    [
        (TWO, "waiting for 2 workers: a:1, b:1; this is b:1: too late"),
        (None, "no workers that JAX could find: too late"),
    ],
)
def test_those_who_do_not_meet_are_told(monkeypatch, cluster, words):
    def initialize(*arguments):
        raise RuntimeError("too late.")

    monkeypatch.setattr(keras.distribution, "initialize", initialize)
    lines = []
    with pytest.raises(ValueError, match=f"Received: {words}. Set TF_CONFIG"):
        jax_devices.meet(cluster, lines.append)
    assert lines == ([cluster.waiting()] if cluster else [])


@pytest.mark.parametrize(
    ("error", "codes"),
    [
        (ValueError(), [2]),
        (OSError(), [2]),
        (KeyboardInterrupt(), [130]),
        (ZeroDivisionError(), [1]),
        (SystemExit(143), []),  # all end together
    ],
)
def test_who_fails_does_not_wait_for_others(monkeypatch, error, codes):
    registered = []
    monkeypatch.setattr(
        atexit, "register", lambda function, code: registered.append(code)
    )
    with pytest.raises(type(error)):
        with jax_devices.ending_alone():
            raise error
    assert registered == codes


@pytest.mark.skipif(keras.backend.backend() != "jax", reason="for JAX")
def test_a_flag_of_the_only_process_counts():
    assert jax_devices.any_process(True)
    assert not jax_devices.any_process(False)
