"""The command line on JAX and torch, where TensorFlow need not be installed.

That a killed run goes on to the bit is in test_resume.py, which runs there
too.
"""

import importlib

import keras
import pytest

from keras_pix2pixhd.cli import main
from tests.killed_runs import TINY, rows_of

BACKEND = keras.backend.backend()
pytestmark = pytest.mark.skipif(
    BACKEND == "tensorflow", reason="Keras runs on TensorFlow here."
)
# the function of the same name hides the module
TRAIN_STAGE = importlib.import_module("keras_pix2pixhd.runs.train_stage")


def settings(**changes):
    """The options of `train` for a tiny run."""
    options = []
    for name, value in ({**TINY, **changes}).items():
        if isinstance(value, tuple):
            value = ",".join(map(str, value))
        options += ["--set", f"{name}={value}"]
    return options


@pytest.fixture(scope="module")
def run(tmp_path_factory):
    output = tmp_path_factory.mktemp("runs")
    more = settings(image_pool_size=1, ema_decay=0.5, cache="memory")
    assert main(["train", "--output", str(output), *more]) == 0
    return output / "0001-toy"


def test_what_only_tensorflow_has_is_left_out_with_a_line(tmp_path, capsys):
    options = [*settings(steps=1, decay_epochs=0), "--set", "cache=memory"]
    assert main(["train", "--output", str(tmp_path), *options]) == 0
    said = capsys.readouterr().out.splitlines()
    assert (
        "cache=memory is left out: only KERAS_BACKEND=tensorflow has caches"
        in said
    )
    assert (
        "SavedModel, TF Serving:   none: gan.export needs "
        "KERAS_BACKEND=tensorflow"
    ) in said
    assert not (tmp_path / "0001-toy" / "saved_model").exists()


def test_a_run_of_another_backend_goes_on_and_says_so(run, monkeypatch, capsys):
    def of_tensorflow(*args):
        return restore(*args)._replace(backend="tensorflow")

    restore = TRAIN_STAGE.restore_checkpoint
    with monkeypatch.context() as patch:
        patch.setattr(TRAIN_STAGE, "restore_checkpoint", of_tensorflow)
        assert main(["train", "--resume", str(run), "--epochs", "3"]) == 0
    assert (
        f"begun on tensorflow, now on {BACKEND}: equal but for rounding and "
        "for what is drawn at random (order of the data, augmentation, "
        "dropout, image pool)"
    ) in capsys.readouterr().out.splitlines()
    assert [row["epoch"] for row in rows_of(run)] == ["1", "2", "3"]


def test_a_run_is_painted_with_and_evaluated(run, tmp_path):
    labels = run / "toy_cars" / "labels"
    command = ["generate", str(run), str(labels), str(tmp_path / "painted")]
    assert main([*command, "--image-size", "32", "48"]) == 0
    assert len(list((tmp_path / "painted").glob("*.png"))) == 8
    assert main(["evaluate", str(run)]) == 0
    assert (run / "evaluation" / "report.html").is_file()
