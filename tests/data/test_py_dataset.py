import importlib.util
import os
import pathlib
import subprocess
import sys

import keras
import numpy as np
import pytest
from PIL import Image

from keras_pix2pixhd.data import (
    Augmentation,
    ImageDatastore,
    PairsPyDataset,
    combine,
    read_pairs,
    write_toy_cars,
)
from tests.small_gan import compiled_gan

ROOT = pathlib.Path(__file__).parents[2]


@pytest.fixture
def pairs(carvana_like):
    """Image number n is all n; the left half of each label map is 1."""
    return read_pairs(carvana_like([f"p{n:02d}" for n in range(20)]))


def numbers(dataset):
    """Which image is where in the epoch."""
    batches = [dataset[index] for index in range(len(dataset))]
    images = np.concatenate([batch["image"][:, 0, 0, 0] for batch in batches])
    return ((images + 1) * 127.5).round().astype(int).tolist()


def flipped(dataset):
    """Of which images the label map is flipped."""
    found = []
    for index in range(len(dataset)):
        batch = dataset[index]
        images = (batch["image"][:, 0, 0, 0] + 1) * 127.5
        turned = batch["label"][:, 0, 0] == 0
        found += [int(n) for n in images[turned].round()]
    return sorted(found)


def epochs(dataset, look, count=2):
    found = []
    for _ in range(count):
        found.append(look(dataset))
        dataset.on_epoch_end()
    return found


def test_batches(pairs):
    dataset = PairsPyDataset(pairs, batch_size=8)
    assert len(dataset) == dataset.num_batches == 3
    batch = dataset[0]
    assert set(batch) == {"label", "image"}
    assert batch["label"].dtype == "uint8"
    assert batch["label"].tolist() == [[[1, 1, 1, 0, 0, 0]] * 4] * 8
    assert batch["image"].dtype == "float32"
    assert batch["image"].shape == (8, 4, 6, 3)
    assert [len(dataset[index]["label"]) for index in range(3)] == [8, 8, 4]
    assert epochs(dataset, numbers) == [list(range(20))] * 2


@pytest.mark.parametrize("index", [-1, 3])
def test_there_is_no_such_batch(pairs, index):
    dataset = PairsPyDataset(pairs, batch_size=8)
    with pytest.raises(IndexError, match=f"are 3 batches.*index={index}"):
        dataset[index]


def test_range_of_values(carvana_like):
    folder = carvana_like(["a"], size=(1, 3))
    pixels = np.array([[(0, 51, 255)] * 3], "uint8")
    Image.fromarray(pixels).save(folder / "images" / "a.png")
    pairs = read_pairs(folder)
    image = PairsPyDataset(pairs)[0]["image"]
    np.testing.assert_allclose(image[0, 0, 0], [-1, -0.6, 1], atol=1e-6)
    image = PairsPyDataset(pairs, image_dtype="uint8")[0]["image"]
    assert image.dtype == "uint8"
    assert image[0, 0, 0].tolist() == [0, 51, 255]


@pytest.mark.parametrize(
    "settings",
    [
        {},
        # A size at which no middle of a new pixel is a border of two old ones.
        {"image_size": (128, 64), "batch_size": 2},
        {"image_size": (40, 56), "resize_mode": "crop", "batch_size": 3},
        {"resize_mode": "scale_shortside", "image_size": (32, 32)},
        {"resize_mode": "none_32"},
        {"image_dtype": "uint8"},
        {"shard": (1, 2)},
    ],
)
@pytest.mark.parametrize("components", [False, True])
def test_the_same_batches_as_of_to_dataset(tmp_path, settings, components):
    pytest.importorskip("tensorflow")
    pairs = read_pairs(write_toy_cars(tmp_path / "toys", count=3))
    if components:
        pairs = pairs.with_components()
    dataset = PairsPyDataset(pairs, **settings)
    expected = list(pairs.to_dataset(**settings).as_numpy_iterator())
    assert len(dataset) == len(expected)
    for index, batch in enumerate(expected):
        assert (
            set(dataset[index])
            == set(batch)
            == {
                "label",
                "image",
                "instance",
            }
        )
        for kind, array in dataset[index].items():
            assert array.dtype == batch[kind].dtype
            assert array.shape == batch[kind].shape
            levels = 127.5 if array.dtype == "float32" else 1
            gap = np.abs(array.astype("float64") - batch[kind]) * levels
            # Two libraries resize images; at borders they differ.
            most, mean = (12, 0.3) if kind == "image" else (0, 0)
            assert gap.max() <= most and gap.mean() <= mean


def test_shuffle_is_new_each_epoch_and_reproducible(pairs):
    def shuffled(seed):
        dataset = PairsPyDataset(pairs, batch_size=3, shuffle=True, seed=seed)
        return epochs(dataset, numbers)

    first = shuffled(3)
    assert first[0] != first[1] != list(range(20)) != first[0]
    assert sorted(first[0]) == sorted(first[1]) == list(range(20))
    assert shuffled(3) == first
    assert shuffled(4) != first
    assert shuffled(-4) == shuffled(-4) != shuffled(4)
    assert shuffled(None) != shuffled(None)


def test_an_epoch_can_be_gone_back_to(pairs):
    dataset = PairsPyDataset(pairs, shuffle=True, augment=True, seed=1)
    first = epochs(dataset, numbers), epochs(dataset, flipped)
    assert dataset.epoch == 4
    dataset.epoch = 0
    assert (epochs(dataset, numbers), epochs(dataset, flipped)) == first


def test_flips_belong_to_the_pair_not_to_its_place(pairs):
    def flips(**settings):
        dataset = PairsPyDataset(pairs, augment=True, seed=1, **settings)
        return epochs(dataset, flipped)

    first = flips()
    assert first[0] != first[1]
    assert flips(shuffle=True, batch_size=7) == first
    assert 2 <= len(first[0]) <= 18


def test_no_flips_unless_asked(pairs):
    assert epochs(PairsPyDataset(pairs, shuffle=True), flipped) == [[], []]


def test_crops_are_random_with_augment_alone(tmp_path):
    pairs = read_pairs(write_toy_cars(tmp_path / "toys", count=1))
    image = pairs.read(0)["image"]

    def crops(augment):
        dataset = PairsPyDataset(
            pairs,
            image_size=(32, 48),
            resize_mode="crop",
            augment=augment,
            image_dtype="uint8",
            seed=0,
        )
        return epochs(dataset, lambda dataset: dataset[0]["image"][0], 4)

    for crop in crops(augment=False):
        assert (crop == image[16:48, 24:72]).all()
    first, *others = crops(augment=Augmentation(flip=False))
    assert any((crop != first).any() for crop in others)


def test_shards_hold_each_pair_once(pairs):
    shards = [
        PairsPyDataset(pairs, shuffle=True, seed=5, shard=(part, 3))
        for part in range(3)
    ]
    assert [len(shard) for shard in shards] == [7, 7, 6]
    seen = [number for shard in shards for number in numbers(shard)]
    assert sorted(seen) == list(range(20))


def test_rgb_labels(carvana_like):
    folder = carvana_like(["a", "b"])
    pairs = combine(
        images=ImageDatastore(folder / "images"),
        labels=ImageDatastore(folder / "images"),
    )
    batch = PairsPyDataset(pairs, batch_size=2)[0]
    assert batch["label"].dtype == "float32"
    assert (batch["label"] == batch["image"]).all()


def test_a_layer(tmp_path):
    pairs = read_pairs(write_toy_cars(tmp_path / "toys", count=3))
    augment = Augmentation(flip=False, layer=keras.layers.RandomFlip(seed=1))
    dataset = PairsPyDataset(pairs, augment=augment)
    turned = 0
    for index in range(12):
        batch, stored = dataset[index % 3], pairs.read(index % 3)
        ways = [
            (slice(None, None, a), slice(None, None, b))
            for a in (1, -1)
            for b in (1, -1)
        ]
        fits = [
            way
            for way in ways
            if all(
                (batch[kind][0] == stored[kind][way]).all()
                for kind in ("label", "instance")
            )
        ]
        assert len(fits) == 1
        turned += fits[0] != ways[0]
        image = stored["image"][fits[0]] / 127.5 - 1
        np.testing.assert_allclose(batch["image"][0], image, atol=1e-6)
    assert turned


def test_a_layer_is_tried_at_once(pairs):
    augment = Augmentation(layer=keras.layers.RandomCrop(2, 2))
    with pytest.raises(ValueError, match="keep the size.*RandomCrop"):
        PairsPyDataset(pairs, augment=augment)


@pytest.mark.parametrize(
    "settings, words",
    [
        ({"image_size": 64}, "`image_size` must be None or .height, width"),
        ({"batch_size": 0}, ">= 1. Received: batch_size=0"),
        ({"augment": "flip"}, "`augment` must be True, False or"),
        (
            {"seed": 1.5},
            "`seed` must be None or an integer. Received: seed=1.5",
        ),
        ({"resize_mode": "fit"}, "`resize_mode` must be one of"),
        ({"image_dtype": "int8"}, "`image_dtype` must be 'float32'"),
        ({"shard": (2, 2)}, "`shard` must be"),
        ({"resize_mode": "crop", "image_size": (5, 5)}, "at least as large"),
    ],
)
def test_bad_settings(pairs, settings, words):
    with pytest.raises(ValueError, match=words):
        PairsPyDataset(pairs, **settings)


def test_different_sizes_in_a_batch(carvana_like):
    folder = carvana_like(["a", "b"])
    Image.new("RGB", (8, 5)).save(folder / "images" / "b.png")
    Image.new("L", (8, 5)).save(folder / "masks" / "b_mask.png")
    pairs = read_pairs(folder)
    with pytest.raises(ValueError, match=r"batch_size=2.*Pass `image_size="):
        PairsPyDataset(pairs, batch_size=2)
    dataset = PairsPyDataset(pairs)
    assert [dataset[n]["label"].shape for n in (0, 1)] == [(1, 4, 6), (1, 5, 8)]


@pytest.mark.parametrize("workers", [1, 3])
def test_fit_counts_the_epochs(tmp_path, workers):
    pairs = read_pairs(write_toy_cars(tmp_path / "toys", count=4))
    seen = {}

    class Watched(PairsPyDataset):
        def __getitem__(self, index):
            epoch, batch = self.epoch, super().__getitem__(index)
            seen[epoch, index] = batch
            return batch

    settings = {
        "image_size": (32, 32),
        "batch_size": 2,
        "shuffle": True,
        "augment": True,
        "seed": 1,
    }
    dataset = Watched(pairs, **settings, workers=workers)
    gan = compiled_gan(pairs.class_table, label_channels=len(pairs.class_table))
    gan.fit(dataset, epochs=3, verbose=0)
    # Keras ends an epoch before the first, in which it looks at the shapes.
    assert dataset.epoch == 4
    trained = {(epoch, index) for epoch in (1, 2, 3) for index in (0, 1)}
    assert {place for place in seen if place[0]} == trained
    alone = PairsPyDataset(pairs, **settings)
    for (epoch, index), batch in seen.items():
        alone.epoch = epoch
        for kind, array in alone[index].items():
            assert (batch[kind] == array).all()


CODE = """
import importlib.machinery
import sys

class WithoutTensorFlow(importlib.machinery.PathFinder):
    @classmethod
    def find_spec(cls, name, path=None, target=None):
        if name.partition(".")[0] != "tensorflow":
            return super().find_spec(name, path, target)

sys.meta_path[-1:] = [WithoutTensorFlow]
import keras
from keras_pix2pixhd.data import Augmentation, PairsPyDataset
from keras_pix2pixhd.data import read_pairs, write_toy_cars
from tests.small_gan import compiled_gan

pairs = read_pairs(write_toy_cars(sys.argv[1], 4))
augment = Augmentation(
    zoom=1.2, rotation=5, hue=0.1, layer=keras.layers.RandomFlip()
)
dataset = PairsPyDataset(
    pairs, (32, 32), batch_size=2, shuffle=True, augment=augment, workers=2
)
gan = compiled_gan(
    pairs.class_table,
    label_channels=len(pairs.class_table),
    compiling={"run_eagerly": keras.backend.backend() == "torch"},
)
history = gan.fit(dataset, verbose=0).history
print(keras.backend.backend(), len(dataset), history["loss"][0] > 0)
"""


@pytest.mark.slow
@pytest.mark.parametrize("backend", ["jax", "torch"])
def test_training_without_tensorflow(tmp_path, backend):
    if not importlib.util.find_spec(backend):
        pytest.skip(f"{backend} is not installed")
    done = subprocess.run(
        [sys.executable, "-c", CODE, tmp_path / "toys"],
        capture_output=True,
        text=True,
        env={**os.environ, "KERAS_BACKEND": backend, "PYTHONPATH": str(ROOT)},
    )
    assert done.stdout == f"{backend} 2 True\n", done.stderr
