import sys

import pytest

from keras_pix2pixhd.data import read_pairs, write_toy_cars


def test_the_error_names_what_is_missing(tmp_path, monkeypatch):
    pairs = read_pairs(write_toy_cars(tmp_path / "toy", 2))
    monkeypatch.setitem(sys.modules, "tensorflow", None)
    with pytest.raises(ValueError, match="tf.data pipeline.*pip install"):
        pairs.to_dataset()
