import os
import signal

import keras
import numpy as np
import pytest

from keras_pix2pixhd.callbacks import SaveModel


class Writer:
    """Stands for a model; its save writes half, then does as told."""

    def __init__(self, then):
        self.then = then

    def save(self, path):
        assert path.suffix == ".keras"
        path.write_text("half")
        self.then()


def callback(path, then):
    result = SaveModel(path)
    result.set_model(Writer(then))
    return result


def test_a_model_is_saved_after_every_epoch(tmp_path):
    path = tmp_path / "model.keras"
    model = keras.Sequential([keras.Input((1,)), keras.layers.Dense(1)])
    model.compile("sgd", "mse")
    seen = []
    model.fit(
        np.ones((2, 1)),
        np.ones((2, 1)),
        epochs=2,
        verbose=0,
        callbacks=[
            SaveModel(str(path)),
            keras.callbacks.LambdaCallback(
                on_epoch_begin=lambda epoch, logs: seen.append(path.exists())
            ),
        ],
    )
    assert seen == [False, True]
    loaded = keras.saving.load_model(path)
    assert np.array_equal(loaded.get_weights()[0], model.get_weights()[0])
    assert os.listdir(tmp_path) == ["model.keras"]


def test_a_save_that_fails_leaves_the_old_file_whole(tmp_path):
    def fail():
        raise OSError(28, "No space left on device")

    path = tmp_path / "model.keras"
    path.write_text("whole")
    with pytest.raises(ValueError, match="No space left.*Free some space"):
        callback(path, fail).on_epoch_end(0)
    assert path.read_text() == "whole"


@pytest.mark.skipif(not hasattr(os, "fork"), reason="no fork here")
def test_a_save_that_is_killed_leaves_the_old_file_whole(tmp_path):
    path = tmp_path / "model.keras"
    path.write_text("whole")
    child = os.fork()
    if not child:
        try:
            kill = lambda: os.kill(os.getpid(), signal.SIGKILL)  # noqa: E731
            callback(path, kill).on_epoch_end(0)
        finally:
            os._exit(1)
    _, status = os.waitpid(child, 0)
    assert os.WTERMSIG(status) == signal.SIGKILL
    assert path.read_text() == "whole"


def test_what_a_failed_save_left_is_no_obstacle(tmp_path):
    path = tmp_path / "model.keras"

    def fail():
        raise OSError

    with pytest.raises(ValueError, match='model.keras" must be a file that'):
        callback(path, fail).on_epoch_end(0)
    assert not path.exists()
    callback(path, lambda: None).on_epoch_end(1)
    assert path.read_text() == "half"
    assert os.listdir(tmp_path) == ["model.keras"]


def test_what_is_no_path_is_refused():
    with pytest.raises(ValueError, match="path must be a path: text.*=None"):
        SaveModel(None)


def test_another_suffix_is_refused():
    words = r"path must end in \.keras\. Received: path='model\.h5'"
    with pytest.raises(ValueError, match=words):
        SaveModel("model.h5")
