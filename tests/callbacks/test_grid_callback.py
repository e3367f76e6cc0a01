import keras
import numpy as np
import pytest
from PIL import Image

from keras_pix2pixhd.callbacks import SampleGrid, sample_grid
from keras_pix2pixhd.models import (
    GlobalGenerator,
    MultiscaleDiscriminator,
    Pix2PixHDGAN,
)


class Painter(keras.Model):
    """Stands in for a GAN: one weight, the brightness of what it paints."""

    def __init__(self):
        super().__init__()
        self.brightness = self.add_weight(shape=(), initializer="zeros")
        self.compile("sgd", loss=lambda _, brightness: -brightness)

    def call(self, batch):
        ones = keras.ops.ones_like(batch["image"][:, 0, 0, :1])
        return self.brightness * ones

    def generate(self, label, instance=None):
        level = 1000 * float(keras.ops.convert_to_numpy(self.brightness))
        return np.full((*label.shape, 3), round(level), "uint8")


@pytest.fixture
def data(rng):
    return {
        "label": rng.integers(0, 2, (2, 16, 20)).astype("uint8"),
        "image": rng.uniform(-1, 1, (2, 16, 20, 3)).astype("float32"),
    }


def fit(data, *callbacks, **kwargs):
    kwargs = {"batch_size": 2, "verbose": 0} | kwargs
    Painter().fit(data, np.zeros((2, 1)), callbacks=callbacks, **kwargs)


def grids(folder):
    return {
        path.name: np.asarray(Image.open(path)) for path in folder.iterdir()
    }


def test_a_picture_before_and_after_each_epoch(tmp_path, data):
    folder = tmp_path / "deep" / "samples"
    fit(data, SampleGrid(folder, data, 2), epochs=2)
    real = np.floor((data["image"] + 1) * 127.5 + 0.5).astype("uint8")
    found = grids(folder)
    assert len(found) == 3
    # each step of SGD makes the weight larger by its learning rate, 0.01
    for epoch, level in enumerate([0, 10, 20]):
        expected = sample_grid(
            data["label"], np.full_like(real, level), real, 2
        )
        actual = found[f"epoch_00{epoch}.png"]
        np.testing.assert_array_equal(actual, expected)


def test_numbers_go_on_and_the_last_epoch_is_drawn(tmp_path, data):
    callback = SampleGrid(tmp_path, data, 2, every=3)
    fit(data, callback, epochs=4)
    first = {"epoch_000.png", "epoch_003.png", "epoch_004.png"}
    assert set(grids(tmp_path)) == first
    fit(data, callback, initial_epoch=4, epochs=6)
    assert set(grids(tmp_path)) == {*first, "epoch_006.png"}


def test_a_training_that_goes_on_does_not_draw_its_first_picture_again(
    tmp_path, data
):
    callback = SampleGrid(tmp_path, data, 2, resumed=True)
    fit(data, callback, initial_epoch=4, epochs=6)
    assert set(grids(tmp_path)) == {"epoch_005.png", "epoch_006.png"}


def test_inside_the_training_of_a_gan_with_edges(tmp_path, data):
    gan = Pix2PixHDGAN(
        GlobalGenerator(
            3, filters=2, num_downsamplings=1, num_residual_blocks=0
        ),
        MultiscaleDiscriminator(6, filters=2, num_layers=1),
        class_table=2,
        use_instance_edges=True,
    )
    gan.compile(keras.optimizers.Adam(0.01), keras.optimizers.Adam(0.01))
    data["instance"] = np.zeros((2, 16, 20), "int32")
    halves = [{k: v[i : i + 1] for k, v in data.items()} for i in range(2)]
    untrained = gan.generate(data["label"], data["instance"])
    callback = SampleGrid(tmp_path, halves, 2)
    gan.fit(data, epochs=2, verbose=0, callbacks=[callback])
    trained = gan.generate(data["label"], data["instance"])
    real = np.floor((data["image"] + 1) * 127.5 + 0.5).astype("uint8")
    found = grids(tmp_path)
    for name, images in {"000": untrained, "002": trained}.items():
        expected = sample_grid(data["label"], images, real, 2).astype(int)
        assert abs(expected - found[f"epoch_{name}.png"]).max() <= 1
    assert (trained != untrained).any()


def test_refused(tmp_path, data):
    for every in (0, 1.5, "x"):
        with pytest.raises(ValueError, match=f"1. Received: every={every!r}"):
            SampleGrid(tmp_path, data, 2, every=every)
    with pytest.raises(ValueError, match="folder must be a path: text.*=None"):
        SampleGrid(None, data, 2)
    with pytest.raises(ValueError, match=r"without \['image'\].*take_samples"):
        SampleGrid(tmp_path, {"label": data["label"]}, 2)
    with pytest.raises(ValueError, match="'label' and 'image'"):
        SampleGrid(tmp_path, [], 2)
    for wrong in (5, None, "ab", [data, 5]):
        with pytest.raises(ValueError, match=r"a dict of arrays.*take_samples"):
            SampleGrid(tmp_path, wrong, 2)
    with pytest.raises(ValueError, match=r"real.shape=\(1, 16, 20, 3\)"):
        SampleGrid(tmp_path, {**data, "image": data["image"][:1]}, 2)


def test_a_file_where_the_folder_should_be(tmp_path, data):
    (tmp_path / "file").write_text("")
    callback = SampleGrid(tmp_path / "file", data, 2)
    with pytest.raises(ValueError, match="file that can be written. Received"):
        fit(data, callback)
