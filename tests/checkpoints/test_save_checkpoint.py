import json
import zipfile

import keras
import numpy as np
import pytest

from keras_pix2pixhd.checkpoints import save_checkpoint
from tests.small_gan import compiled_gan, small_gan, values


@pytest.fixture(scope="module")
def gan():
    return compiled_gan()


def test_a_checkpoint_is_one_file_that_numpy_reads(gan, tmp_path):
    folder = tmp_path / "new"
    path = save_checkpoint(gan, folder, (3, 5, 1234), {"note": [1.5]})
    assert path == folder / "step-00001234.npz"
    assert [*folder.iterdir()] == [path]
    header = json.loads(zipfile.ZipFile(path).read("header.json"))
    assert header["position"] == {"epoch": 3, "step_in_epoch": 5, "step": 1234}
    assert header["extra"] == {"note": [1.5]}
    first = values(gan.generator.trainable_variables)[0]
    assert header["variables"][0] == [
        "weights",
        "input_conv/kernel",
        [7, 7, 3, 4],
        "float32",
    ]
    assert np.array_equal(np.load(path)["000000"], first)


def test_equal_states_make_equal_files(gan, tmp_path):
    paths = [save_checkpoint(gan, tmp_path / name, (0, 0, 7)) for name in "ab"]
    assert paths[0].read_bytes() == paths[1].read_bytes()


def test_every_variable_is_there_once(gan, tmp_path):
    path = save_checkpoint(gan, tmp_path, (0, 0, 0))
    with np.load(path) as file:
        sizes = [file[name].size for name in file.files if name[0] == "0"]
    weights = sum(x.size for x in values(gan.trainable_variables))
    # two moments; totals and counts of six losses and of loss; besides few
    # numbers of the optimizers
    assert 3 * weights + 14 < sum(sizes) < 3 * weights + 14 + 30


def test_what_cannot_be_saved_is_refused(gan, tmp_path):
    with pytest.raises(ValueError, match="must be compiled.*Call compile"):
        save_checkpoint(small_gan(), tmp_path, (0, 0, 0))
    with pytest.raises(ValueError, match="extra must be a dict that JSON can"):
        save_checkpoint(gan, tmp_path, (0, 0, 0), {"x": keras.Variable(1.0)})
    for extra in (5, [1], {"x": {1}}):
        with pytest.raises(ValueError, match="extra must be a dict that JSON"):
            save_checkpoint(gan, tmp_path, (0, 0, 0), extra)
    with pytest.raises(ValueError, match="must be of a Pix2PixHDGAN.*: object"):
        save_checkpoint(object(), tmp_path, (0, 0, 0))
    for position in (5, "abc", (1, 2), None):
        words = "position must be a Position, or its three numbers"
        with pytest.raises(ValueError, match=words):
            save_checkpoint(gan, tmp_path, position)
    words = "position: step must be an integer, at least 0. Received.*=0.5"
    with pytest.raises(ValueError, match=words):
        save_checkpoint(gan, tmp_path, (0, 0, 0.5))
    with pytest.raises(ValueError, match="folder must be a path: text.*=None"):
        save_checkpoint(gan, None, (0, 0, 0))
    assert not [*tmp_path.iterdir()]
