import numpy as np
import pytest
from PIL import Image

from keras_pix2pixhd.data import (
    CARVANA,
    ImageDatastore,
    InstanceDatastore,
    PixelLabelDatastore,
    combine,
    read_pairs,
)

# two cars that touch at no side, and the ground in one piece
MASK = np.array([[1, 0, 0, 1], [1, 1, 0, 1]], "uint8")
REGIONS = [[0, 1, 1, 2], [0, 0, 1, 2]]


def write(folder, name, mask=MASK):
    for kind in ("images", "masks", "numbers"):
        (folder / kind).mkdir(exist_ok=True)
    Image.new("RGB", mask.shape[::-1]).save(folder / "images" / f"{name}.png")
    Image.fromarray(mask).save(folder / "masks" / f"{name}.png")
    ids = np.full(mask.shape, 26001, "uint16")
    Image.fromarray(ids).save(folder / "numbers" / f"{name}.png")


@pytest.fixture
def pairs(tmp_path):
    for name in ("a", "b", "c"):
        write(tmp_path, name)
    return read_pairs(tmp_path)


def test_only_on_request(pairs):
    assert pairs.kinds == ("image", "label")
    assert "instance" not in pairs.read(0)
    assert not pairs.components
    derived = pairs.with_components()
    assert derived.components
    assert derived.kinds == ("image", "label", "instance")
    assert repr(derived) == "<Pairs of image + label + instance, 3 pairs>"
    assert pairs.kinds == ("image", "label")


def test_read(pairs):
    derived = pairs.with_components()
    pair = derived.read(0)
    assert pair["instance"].tolist() == REGIONS
    assert pair["instance"].dtype == "int32"
    assert pair["label"].tolist() == MASK.tolist()
    assert derived.read_kind(1, "instance").tolist() == REGIONS
    assert set(derived.files(0)) == {"image", "label"}


def test_parts_keep_it(pairs):
    derived = pairs.with_components()
    parts = [derived.select(["b"]), derived.subset(1), *derived.partition(0.5)]
    for part in parts:
        assert part.read(0)["instance"].tolist() == REGIONS
    assert derived.with_components().names == ("a", "b", "c")


def test_instance_files_are_replaced(tmp_path):
    write(tmp_path, "a")
    pairs = combine(
        images=ImageDatastore(tmp_path / "images"),
        labels=PixelLabelDatastore(tmp_path / "masks", CARVANA),
        instances=InstanceDatastore(tmp_path / "numbers"),
    )
    assert pairs.read(0)["instance"].tolist() == [[26001] * 4] * 2
    derived = pairs.with_components()
    assert derived.kinds == pairs.kinds
    (tmp_path / "numbers" / "a.png").unlink()  # no longer read
    assert derived.read(0)["instance"].tolist() == REGIONS
    assert derived.check()["pairs"] == 1


def test_check_names_a_bad_label_map_once(pairs, tmp_path):
    derived = pairs.with_components()
    assert derived.check() == pairs.check()
    (tmp_path / "masks" / "b.png").write_text("no image")
    with pytest.raises(ValueError, match="Received: 1 problem in 3 pairs"):
        derived.check()


def test_dataset(pairs):
    pytest.importorskip("tensorflow")
    batch = next(iter(pairs.with_components().to_dataset(batch_size=3)))
    assert batch["instance"].dtype == "int32"
    assert batch["instance"].numpy().tolist() == [REGIONS] * 3


def test_regions_of_the_resized_map(tmp_path):
    pytest.importorskip("tensorflow")
    # every second column, by the nearest pixel, joins what was apart
    write(tmp_path, "a", np.array([[0, 1, 0, 1]], "uint8"))
    pairs = read_pairs(tmp_path).with_components()
    batch = next(iter(pairs.to_dataset(image_size=(1, 2))))
    assert batch["label"].numpy().tolist() == [[[1, 1]]]
    assert batch["instance"].numpy().tolist() == [[[0, 0]]]


def test_flipped_as_the_label_map(pairs):
    pytest.importorskip("tensorflow")
    dataset = pairs.with_components().to_dataset(augment=True, seed=0)
    seen = set()
    for batch in list(dataset) * 3 + list(dataset.repeat(8)):
        flipped = batch["label"].numpy()[0, 1, 1] == 0
        seen.add(bool(flipped))
        step = -1 if flipped else 1
        regions = batch["instance"].numpy()[0, :, ::step]
        assert regions.tolist() == REGIONS
    assert seen == {True, False}


def test_read_resized(pairs):
    pair = pairs.with_components().read(0, image_size=(4, 8))
    assert pair["image"].shape == (4, 8, 3)
    # twice as large by the nearest pixel is each pixel twice
    assert pair["label"].tolist() == MASK.repeat(2, 0).repeat(2, 1).tolist()
    doubled = np.array(REGIONS).repeat(2, 0).repeat(2, 1)
    assert pair["instance"].tolist() == doubled.tolist()
