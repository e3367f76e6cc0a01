import keras
import pytest

from keras_pix2pixhd.converters.model_file import (
    check_new_model_file,
    save_new_model,
)


@pytest.fixture
def model():
    return keras.Sequential([keras.Input((1,)), keras.layers.Dense(1)])


def test_model_is_saved_in_a_new_folder(tmp_path, model):
    path = tmp_path / "new" / "x.keras"
    save_new_model(model, path)
    assert keras.saving.load_model(path).count_params() == 2
    assert [p.name for p in path.parent.iterdir()] == ["x.keras"]


def test_existing_file_is_kept(tmp_path, model):
    path = tmp_path / "x.keras"
    path.write_text("mine")
    with pytest.raises(ValueError, match='x.keras", which exists. Choose'):
        save_new_model(model, path)
    assert path.read_text() == "mine"


def test_other_ending_is_refused(tmp_path):
    with pytest.raises(ValueError, match='.keras file. Received: ".*x.h5"'):
        check_new_model_file(tmp_path / "x.h5")


def test_failure_leaves_nothing(tmp_path):
    class Broken:
        def save(self, path):
            path.write_text("half")
            raise OSError(28, "No space left on device")

    with pytest.raises(ValueError, match="No space left on device. Free some"):
        save_new_model(Broken(), tmp_path / "x.keras")
    assert list(tmp_path.iterdir()) == []
