import sys

import pytest

from keras_pix2pixhd.data import (
    RecordPairs,
    prepare_records,
    read_pairs,
    write_toy_cars,
)
from keras_pix2pixhd.data.records.index_file import Side


def test_the_error_names_what_is_missing(tmp_path, monkeypatch):
    pairs = read_pairs(write_toy_cars(tmp_path / "toy", 2))
    monkeypatch.setitem(sys.modules, "tensorflow", None)
    with pytest.raises(ValueError, match="tf.data pipeline.*pip install"):
        pairs.to_dataset()


def test_of_records_as_well(tmp_path, monkeypatch):
    folder = write_toy_cars(tmp_path / "toy", 2)
    names = tuple(read_pairs(folder).names)
    monkeypatch.setitem(sys.modules, "tensorflow", None)
    words = "TFRecords are written and read by tensorflow, on every.*made of"
    with pytest.raises(ValueError, match=words):
        prepare_records(folder, tmp_path / "records")
    records = RecordPairs(tmp_path, Side, None, names)
    with pytest.raises(ValueError, match=words):
        records.check()
    with pytest.raises(ValueError, match=words):
        records.to_dataset()
