import os
import pathlib

import keras_pix2pixhd
from keras_pix2pixhd.generation.workers import environment
from keras_pix2pixhd.generation.workers.environment import worker_environment


def clear(monkeypatch):
    for name in (*environment._THREADS, "CUDA_VISIBLE_DEVICES", "PYTHONPATH"):
        monkeypatch.delenv(name, raising=False)


def test_the_cores_are_shared(monkeypatch):
    clear(monkeypatch)
    monkeypatch.setattr(environment, "cores", lambda: 8)
    assert worker_environment(0, 3)["TF_NUM_INTRAOP_THREADS"] == "2"
    assert worker_environment(0, 3)["OMP_NUM_THREADS"] == "2"
    assert worker_environment(0, 9)["OMP_NUM_THREADS"] == "1"
    monkeypatch.setenv("OMP_NUM_THREADS", "5")
    assert worker_environment(0, 3)["OMP_NUM_THREADS"] == "5"


def test_each_gets_one_of_the_gpus_that_are_named(monkeypatch):
    clear(monkeypatch)
    assert "CUDA_VISIBLE_DEVICES" not in worker_environment(1, 2)
    monkeypatch.setenv("CUDA_VISIBLE_DEVICES", "3,5")
    seen = [
        worker_environment(index, 3)["CUDA_VISIBLE_DEVICES"]
        for index in range(3)
    ]
    assert seen == ["3", "5", "3"]
    monkeypatch.setenv("CUDA_VISIBLE_DEVICES", "-1")
    assert worker_environment(1, 2)["CUDA_VISIBLE_DEVICES"] == "-1"


def test_the_same_package_is_found(monkeypatch):
    clear(monkeypatch)
    root = str(pathlib.Path(keras_pix2pixhd.__file__).parents[1])
    assert worker_environment(0, 2)["PYTHONPATH"] == root
    monkeypatch.setenv("PYTHONPATH", "x")
    expected = f"{root}{os.pathsep}x"
    assert worker_environment(0, 2)["PYTHONPATH"] == expected
