import keras
import pytest

from keras_pix2pixhd.data import (
    PairsPyDataset,
    prepare_records,
    read_pairs,
    read_records,
    write_toy_cars,
)
from keras_pix2pixhd.data.backend_dataset import backend_dataset
from keras_pix2pixhd.data.endless_py_dataset import EndlessPyDataset


@pytest.fixture
def pairs(tmp_path):
    return read_pairs(write_toy_cars(tmp_path / "toys", 5, (16, 24)))


def on(backend, monkeypatch):
    monkeypatch.setattr(keras.backend, "backend", lambda: backend)


def test_tensorflow_has_a_pipeline_of_its_own(pairs, monkeypatch):
    tf = pytest.importorskip("tensorflow")
    on("tensorflow", monkeypatch)
    dataset = backend_dataset(
        pairs, (16, 24), batch_size=2, cache="memory", seed=1
    )
    assert isinstance(dataset, tf.data.Dataset)
    assert len(list(dataset)) == 3


@pytest.mark.parametrize("backend", ["jax", "torch"])
def test_the_others_do_without_tensorflow(pairs, monkeypatch, backend):
    on(backend, monkeypatch)
    dataset = backend_dataset(
        pairs, (8, 12), batch_size=2, cache="memory", seed=1
    )
    assert isinstance(dataset, PairsPyDataset) and len(dataset) == 3
    assert dataset[0]["image"].shape == (2, 8, 12, 3)


@pytest.mark.parametrize("backend", ["jax", "torch"])
def test_endless_batches_are_read_ahead(pairs, monkeypatch, backend):
    on(backend, monkeypatch)
    settings = {"batch_size": 2, "shuffle": True, "seed": 1, "repeat": True}
    dataset = backend_dataset(pairs, (8, 12), start=7, **settings)
    assert isinstance(dataset, EndlessPyDataset)
    alone = pairs.to_pydataset((8, 12), start=7, **settings)
    assert (dataset[3]["label"] == alone[3]["label"]).all()


def test_records_need_tensorflow_on_every_backend(pairs, tmp_path, monkeypatch):
    tf = pytest.importorskip("tensorflow")
    prepare_records(tmp_path / "toys", tmp_path / "records")
    records = read_records(tmp_path / "records").train
    on("jax", monkeypatch)
    dataset = backend_dataset(records, (16, 24))
    assert isinstance(dataset, tf.data.Dataset)
