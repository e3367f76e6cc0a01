import keras
import numpy as np
import pytest

from keras_pix2pixhd.data import CARVANA
from keras_pix2pixhd.metrics import segment
from keras_pix2pixhd.models import Segmenter
from keras_pix2pixhd.segmentation import load_segmenter
from tests.small_gan import small_gan


def test_a_file_and_a_folder(tmp_path, rng):
    segmenter = Segmenter(CARVANA, filters=2, num_downsamplings=1)
    segmenter.save(tmp_path / "segmenter.keras")
    images = rng.integers(0, 256, (1, 5, 6, 3), dtype="uint8")
    for path in (tmp_path, str(tmp_path / "segmenter.keras")):
        loaded = load_segmenter(path)
        assert loaded.class_table == CARVANA
        found, expected = loaded(images), segmenter(images)
        convert = keras.ops.convert_to_numpy
        assert np.array_equal(convert(found), convert(expected))


def test_a_model_of_someone_else(tmp_path):
    image = keras.Input((None, None, 3))
    scores = keras.layers.Conv2D(2, 1, kernel_initializer="ones")(image)
    keras.Model(image, scores).save(tmp_path / "theirs.keras")
    loaded = load_segmenter(tmp_path / "theirs.keras")
    images = np.zeros((1, 2, 3, 3), "uint8")
    assert segment(loaded, images, CARVANA).tolist() == [[[0] * 3] * 2]


def test_what_is_no_path_is_refused():
    with pytest.raises(ValueError, match="must be the path.*Received: int"):
        load_segmenter(3)


def test_what_is_missing_is_named(tmp_path):
    with pytest.raises(ValueError, match='"nowhere", which is missing. Train'):
        load_segmenter("nowhere")
    with pytest.raises(ValueError, match='holds no "segmenter.keras". Train'):
        load_segmenter(tmp_path)


def test_what_is_no_keras_file_is_refused(tmp_path):
    path = tmp_path / "s.keras"
    path.write_bytes(b"PK half of it")
    with pytest.raises(ValueError, match="s.keras.*or an incomplete one"):
        load_segmenter(path)
    Segmenter(CARVANA, filters=1, num_downsamplings=0).save(path)
    path.write_bytes(path.read_bytes()[:-30])
    with pytest.raises(ValueError, match="s.keras.*or an incomplete one"):
        load_segmenter(path)


def test_a_model_of_unknown_layers_is_refused(tmp_path):
    class Theirs(keras.layers.Layer):
        def call(self, x):
            return x

    image = keras.Input((None, None, 3))
    keras.Model(image, Theirs()(image)).save(tmp_path / "theirs.keras")
    with pytest.raises(ValueError, match="theirs.keras.*be loaded.*Received"):
        load_segmenter(tmp_path / "theirs.keras")


def test_a_generator_is_refused(tmp_path):
    small_gan().save(tmp_path / "model.keras")
    words = "from images to classes. Received: a Pix2PixHDGAN. Train one"
    with pytest.raises(ValueError, match=words):
        load_segmenter(tmp_path / "model.keras")
