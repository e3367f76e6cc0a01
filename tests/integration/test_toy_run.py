"""The README's first command at its full length: what it promises."""

import json

import keras
import pytest

from keras_pix2pixhd import preset, train

pytestmark = pytest.mark.skipif(
    keras.backend.backend() != "tensorflow", reason="the run exports"
)


@pytest.mark.slow
def test_the_toy_run_learns_the_colours_that_can_be_known(tmp_path):
    config = preset("toy").replace({"output": str(tmp_path)})
    run = train(config, log=lambda line: None)
    metrics = json.loads((run.folder / "metrics.json").read_text())
    errors = metrics["trained"]["class_color_error"]
    assert max(errors[name] for name in ("sky", "road", "wheel")) <= 12
    assert metrics["trained"]["l1"] <= metrics["untrained"]["l1"] / 2
