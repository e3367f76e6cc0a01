"""Every format gives the pixels that were written, in the graph as well."""

import os

import numpy as np
import pytest
from PIL import Image

from keras_pix2pixhd.data import (
    ImageDatastore,
    InstanceDatastore,
    PixelLabelDatastore,
    combine,
)
from tests.data.pipeline.conftest import TABLE

RGB = np.arange(4 * 6 * 3, dtype="uint8").reshape(4, 6, 3) * 3
GREY = RGB[..., 0]
INDICES = np.array([[0, 1, 2, 255, 1, 0]] * 4, "uint8")
IDS = np.array([[0, 7, 2, 255, 7, 0]] * 4, "uint8")


def saved(array, mode=None, **settings):
    def write(path):
        image = Image.fromarray(array)
        (image.convert(mode) if mode else image).save(path, **settings)

    return write


def palette(path):
    # a GIF keeps indices only if all are used, from 0 on
    image = Image.fromarray(np.minimum(INDICES, 3), "P")
    image.putpalette(bytes(i for i in range(256) for _ in "rgb"))
    image.save(path)


def turned(path):
    exif = Image.Exif()
    exif[0x0112] = 6  # shown after a quarter turn to the right
    Image.fromarray(np.rot90(RGB)).save(path, exif=exif)


def half_transparent(path):
    alpha = np.full((4, 6, 1), 51, "uint8")  # a fifth
    Image.fromarray(np.concatenate([RGB, alpha], -1)).save(path)


def dataset_of(tmp_path, image, label, instance=None):
    stores = []
    for kind, (suffix, write) in (
        ("images", image),
        ("labels", label),
        ("instances", instance or ("png", saved(GREY))),
    ):
        (tmp_path / kind).mkdir()
        write(tmp_path / kind / f"a.{suffix}")
        stores.append(tmp_path / kind)
    pairs = combine(
        images=ImageDatastore(stores[0]),
        labels=PixelLabelDatastore(stores[1], TABLE),
        instances=InstanceDatastore(stores[2]),
    )
    # once the data set is made, no file is read in Python
    dataset = pairs.to_dataset(image_dtype="uint8")
    pairs.read_kind = None
    return {k: v.numpy()[0] for k, v in next(iter(dataset)).items()}


ANY_LABEL = ("png", saved(IDS))
IMAGES = {
    "png": ("png", saved(RGB), RGB),
    "grey png": ("png", saved(GREY), np.stack([GREY] * 3, -1)),
    "palette": ("png", saved(GREY, "P"), np.stack([GREY] * 3, -1)),
    "png called jpg": ("jpg", saved(RGB, format="PNG"), RGB),
    # 257 * n is n in 8 bits
    "16 bits": (
        "png",
        saved(GREY.astype("uint16") * 257),
        np.stack([GREY] * 3, -1),
    ),
    "tiff": ("tif", saved(RGB), RGB),
    "bmp": ("bmp", saved(RGB), RGB),
    "webp": ("webp", saved(RGB, lossless=True), RGB),
    "exif": ("png", turned, RGB),
    # 255 * 4 / 5 = 204 of the white background
    "alpha": ("png", half_transparent, np.round(RGB / 5 + 204)),
}


@pytest.mark.parametrize("name", IMAGES)
def test_images(tmp_path, name):
    suffix, write, expected = IMAGES[name]
    batch = dataset_of(tmp_path, (suffix, write), ANY_LABEL)
    np.testing.assert_array_equal(batch["image"], expected)


@pytest.mark.parametrize("mode", ["RGB", "L"])
def test_a_jpeg_is_what_pillow_decodes(tmp_path, mode):
    image = ("jpg", saved(RGB, mode, quality=60))
    batch = dataset_of(tmp_path, image, ANY_LABEL)
    with Image.open(tmp_path / "images" / "a.jpg") as file:
        expected = np.asarray(file.convert("RGB"))
    np.testing.assert_array_equal(batch["image"], expected)


def one_hot(path):
    np.save(path, INDICES[..., None] == np.arange(3))


LABELS = {
    "8 bits": ("png", saved(IDS)),
    "16 bits": ("png", saved(np.choose(IDS == 7, (IDS, np.uint16(300))))),
    "32 bits": ("tif", saved(IDS.astype("int32"))),
    "palette": ("png", palette),
    "gif": ("gif", palette),
    "colours": ("png", saved(TABLE.to_colors(INDICES))),
    "colours, tiff": ("tif", saved(TABLE.to_colors(INDICES))),
    "grey levels as rgb": ("png", saved(np.stack([IDS] * 3, -1))),
    "one-hot": ("npy", one_hot),
}


@pytest.mark.parametrize("name", LABELS)
def test_labels(tmp_path, name):
    batch = dataset_of(tmp_path, ("png", saved(RGB)), LABELS[name])
    assert batch["label"].dtype == np.uint8
    np.testing.assert_array_equal(batch["label"], INDICES)


@pytest.mark.parametrize(
    "suffix, factor, dtype",
    [("png", 1, "uint8"), ("png", 300, "uint16"), ("tif", 70000, "int32")],
)
def test_instances(tmp_path, suffix, factor, dtype):
    numbers = GREY.astype(dtype) * np.array(factor, dtype)
    instance = (suffix, saved(numbers))
    batch = dataset_of(tmp_path, ("png", saved(RGB)), ANY_LABEL, instance)
    assert batch["instance"].dtype == np.int32
    np.testing.assert_array_equal(batch["instance"], numbers)


def test_what_tensorflow_cannot_read_is_read_once(tmp_path, monkeypatch):
    for kind in ("images", "labels"):
        (tmp_path / kind).mkdir()
    saved(RGB)(tmp_path / "images" / "a.tif")
    palette(tmp_path / "labels" / "a.gif")
    images = ImageDatastore(tmp_path / "images")
    labels = PixelLabelDatastore(tmp_path / "labels", TABLE)
    pairs = combine(images=images, labels=labels)
    read, seen = pairs.read_kind, []
    monkeypatch.setattr(
        pairs, "read_kind", lambda i, k: seen.append(k) or read(i, k)
    )
    for _ in range(2):
        for _ in pairs.to_dataset().repeat(2):
            pass
    assert sorted(seen) == ["image", "label"]
    # another content, another file
    saved(RGB[::-1].copy())(tmp_path / "images" / "a.tif")
    batch = next(iter(pairs.to_dataset(image_dtype="uint8")))
    np.testing.assert_array_equal(batch["image"][0], RGB[::-1])


@pytest.mark.parametrize("format", ["PNG", "JPEG"])
@pytest.mark.parametrize("share", [0.5, 0.99])
def test_a_file_that_is_cut_off_is_named(tmp_path, rng, format, share):
    for kind in ("images", "labels"):
        (tmp_path / kind).mkdir()
    saved(np.zeros((30, 40), "uint8"))(tmp_path / "labels" / "a.png")
    path = tmp_path / "images" / "a.png"
    noise = rng.integers(0, 256, (30, 40, 3), "uint8")
    Image.fromarray(noise).save(path, format=format)
    pairs = combine(
        images=ImageDatastore(tmp_path / "images"),
        labels=PixelLabelDatastore(tmp_path / "labels", TABLE),
    )
    dataset = pairs.to_dataset()
    content = path.read_bytes()
    path.write_bytes(content[: int(share * len(content))])
    with pytest.raises(Exception, match=r'images/a.png" must be'):
        next(iter(dataset))


def test_an_unknown_id_is_named_with_its_file(tmp_path):
    for kind in ("images", "labels"):
        (tmp_path / kind).mkdir()
    saved(RGB)(tmp_path / "images" / "a.png")
    saved(np.where(IDS == 2, 9, IDS).astype("uint8"))(
        tmp_path / "labels" / "a.png"
    )
    pairs = combine(
        images=ImageDatastore(tmp_path / "images"),
        labels=PixelLabelDatastore(tmp_path / "labels", TABLE),
    )
    with pytest.raises(Exception, match=r"a\.png.*9 \(4 pixels\)"):
        next(iter(pairs.to_dataset()))


@pytest.mark.parametrize("image_size", [None, (2, 3)])
def test_a_file_that_changes_its_size_is_named(tmp_path, image_size):
    for kind in ("images", "labels"):
        (tmp_path / kind).mkdir()
    saved(RGB)(tmp_path / "images" / "a.png")
    saved(IDS)(tmp_path / "labels" / "a.png")
    pairs = combine(
        images=ImageDatastore(tmp_path / "images"),
        labels=PixelLabelDatastore(tmp_path / "labels", TABLE),
    )
    dataset = pairs.to_dataset(image_size)
    saved(RGB[:3])(tmp_path / "images" / "a.png")
    words = r"a.png\" must stay as it was.*\(3, 6\), which was \(4, 6\)"
    with pytest.raises(Exception, match=words):
        next(iter(dataset))


@pytest.mark.skipif(os.name != "posix", reason="names are text elsewhere")
def test_a_name_that_is_not_utf8(tmp_path):
    for kind in ("images", "labels"):
        (tmp_path / kind).mkdir()
    name = os.fsdecode(b"b\xff.png")
    saved(RGB)(tmp_path / "images" / name)
    saved(IDS)(tmp_path / "labels" / name)
    pairs = combine(
        images=ImageDatastore(tmp_path / "images"),
        labels=PixelLabelDatastore(tmp_path / "labels", TABLE),
    )
    batch = next(iter(pairs.to_dataset(image_dtype="uint8")))
    np.testing.assert_array_equal(batch["image"][0], RGB)
