"""What a training refuses once it knows how many steps there are."""

import pytest

from keras_pix2pixhd.runs import train
from tests.killed_runs import tiny


def test_fewer_steps_than_one_update_takes_are_refused(tmp_path):
    changes = {"steps_per_epoch": None, "epochs": 1, "accumulation_steps": 50}
    words = "Received: accumulation_steps=50 for . steps in all. Set it lower"
    with pytest.raises(ValueError, match=words):
        train(tiny(tmp_path, **changes), log=str)
    assert list(tmp_path.iterdir()) == []
