import os
import subprocess
import sys

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


def small_gan(edges=False):
    channels = 2 + edges
    gan = Pix2PixHDGAN(
        GlobalGenerator(
            channels, filters=2, num_downsamplings=1, num_residual_blocks=1
        ),
        MultiscaleDiscriminator(channels + 3, filters=2, num_layers=1),
        class_table=2,
        use_instance_edges=edges,
    )
    gan.compile(keras.optimizers.Adam(0.01), keras.optimizers.Adam(0.01))
    return gan


@pytest.fixture
def data(rng):
    return {
        "label": rng.integers(0, 2, (2, 16, 20)).astype("uint8"),
        "image": rng.uniform(-1, 1, (2, 16, 20, 3)).astype("float32"),
    }


def read(path):
    return np.asarray(Image.open(path))


def test_a_picture_before_and_after_each_epoch(tmp_path, data):
    gan, folder = small_gan(), tmp_path / "deep" / "samples"
    untrained = gan.generate(data["label"])
    callback = SampleGrid(folder, data, 2)
    gan.fit(data, batch_size=2, epochs=2, verbose=0, callbacks=[callback])
    names = ["epoch_000.png", "epoch_001.png", "epoch_002.png"]
    assert sorted(os.listdir(folder)) == names
    real = np.floor((data["image"] + 1) * 127.5 + 0.5).astype("uint8")
    for name, generated in zip(
        names[::2], (untrained, gan.generate(data["label"])), strict=True
    ):
        expected = sample_grid(data["label"], generated, real, 2)
        difference = expected.astype(int) - read(folder / name)
        assert abs(difference).max() <= 1
    assert (read(folder / names[0]) != read(folder / names[1])).any()


def test_numbers_go_on_and_the_last_epoch_is_drawn(tmp_path, data):
    gan = small_gan()
    callback = SampleGrid(tmp_path, data, 2, every=3)
    fit = {"verbose": 0, "callbacks": [callback]}
    gan.fit(data, epochs=4, **fit)
    first = ["epoch_000.png", "epoch_003.png", "epoch_004.png"]
    assert sorted(os.listdir(tmp_path)) == first
    before = read(tmp_path / "epoch_004.png")
    gan.fit(data, initial_epoch=4, epochs=6, **fit)
    assert sorted(os.listdir(tmp_path)) == [*first, "epoch_006.png"]
    difference = before.astype(int) - read(tmp_path / "epoch_004.png")
    assert abs(difference).max() <= 1


def test_instances_and_lists_of_samples(tmp_path, data):
    data["instance"] = np.zeros((2, 16, 20), "int32")
    halves = [{k: v[i : i + 1] for k, v in data.items()} for i in range(2)]
    callback = SampleGrid(tmp_path, halves, 2)
    small_gan(edges=True).fit(data, verbose=0, callbacks=[callback])
    assert len(os.listdir(tmp_path)) == 2


def test_refused(tmp_path, data):
    with pytest.raises(ValueError, match="at least 1. Received: every=0"):
        SampleGrid(tmp_path, data, 2, every=0)
    with pytest.raises(ValueError, match=r"without \['image'\].*take_samples"):
        SampleGrid(tmp_path, {"label": data["label"]}, 2)
    with pytest.raises(ValueError, match="'label' and 'image'"):
        SampleGrid(tmp_path, [], 2)
    with pytest.raises(ValueError, match=r"real.shape=\(1, 16, 20, 3\)"):
        SampleGrid(tmp_path, {**data, "image": data["image"][:1]}, 2)


def test_a_file_where_the_folder_should_be(tmp_path, data):
    (tmp_path / "file").write_text("")
    callback = SampleGrid(tmp_path / "file", data, 2)
    with pytest.raises(ValueError, match="file that can be written. Received"):
        small_gan().fit(data, verbose=0, callbacks=[callback])


def test_a_folder_that_cannot_be_written(tmp_path):
    # as another user: root may write everywhere
    code = (
        "import os, pathlib, sys, numpy as np\n"
        "from keras_pix2pixhd.png_file import write_png\n"
        "os.setuid(65534) if os.getuid() == 0 else None\n"
        "path = pathlib.Path(sys.argv[1]) / 'x.png'\n"
        "try:\n"
        "    write_png(np.zeros((2, 2, 3), 'uint8'), path)\n"
        "except ValueError as error:\n"
        "    print(error)\n"
    )
    (tmp_path / "locked").mkdir(mode=0o555)
    done = subprocess.run(
        [sys.executable, "-c", code, tmp_path / "locked"],
        capture_output=True,
        text=True,
    )
    assert 'x.png" must be a file that can be written' in done.stdout, (
        done.stderr
    )
    assert "Permission denied" in done.stdout
