import struct
import warnings

import numpy as np
import pytest
from PIL import Image

from keras_pix2pixhd.data import ImageDatastore, PixelLabelDatastore
from keras_pix2pixhd.data.files.file_header import FileHeader, read_header
from keras_pix2pixhd.data.tables.streets import CARVANA
from tests.data import png_chunks
from tests.data.png_chunks import chunk, png
from tests.data.tiff_tags import tiff


@pytest.mark.parametrize(
    "name, format, mode",
    [
        ("a.png", "PNG", "RGB"),
        ("a.jpg", "JPEG", "RGB"),
        ("a.tif", "TIFF", "RGB"),
        ("a.bmp", "BMP", "RGB"),
        ("a.webp", "WEBP", "RGB"),
        ("a.ppm", "PPM", "RGB"),
        ("a.gif", "GIF", "P"),
    ],
)
def test_formats(tmp_path, name, format, mode):
    Image.new("RGB", (5, 3), "red").save(tmp_path / name)
    expected = FileHeader(format, mode, 3, 5, 1, False)
    assert ImageDatastore(tmp_path).header(0) == expected


@pytest.mark.parametrize(
    "depth, color, row, mode",
    [
        (1, png_chunks.GREY, 1, "1"),
        (2, png_chunks.GREY, 1, "L;2"),
        (4, png_chunks.GREY, 2, "L;4"),
        (8, png_chunks.GREY, 3, "L"),
        (16, png_chunks.GREY, 6, "I;16"),
        (16, png_chunks.RGB, 18, "RGB;16B"),
        (16, png_chunks.GREY_ALPHA, 12, "LA;16B"),
        (16, png_chunks.RGBA, 24, "RGBA;16B"),
    ],
)
def test_modes_of_png(tmp_path, depth, color, row, mode):
    path = tmp_path / "a.png"
    path.write_bytes(png(3, 1, depth, color, [bytes(row)]))
    header = read_header(path)
    assert header[:5] == ("PNG", mode, 1, 3, 1)
    assert header.transparent == ("A" in mode)


@pytest.mark.parametrize(
    "color, row, data",
    [(png_chunks.GREY, 1, b"\0\5"), (png_chunks.RGB, 3, b"\0\5\0\5\0\5")],
)
def test_one_transparent_color(tmp_path, color, row, data):
    path = tmp_path / "a.png"
    before = chunk(b"tRNS", data)
    path.write_bytes(png(1, 1, 8, color, [bytes(row)], before))
    assert read_header(path).transparent


def test_a_transparent_entry_of_the_palette(tmp_path):
    before = chunk(b"PLTE", b"\1\2\3") + chunk(b"tRNS", b"\0")
    path = tmp_path / "a.png"
    path.write_bytes(png(1, 1, 8, png_chunks.PALETTE, [b"\0"], before))
    header = read_header(path)
    assert header == FileHeader("PNG", "P", 1, 1, 1, True)


@pytest.mark.parametrize("name", ["a.png", "a.jpg", "a.tif", "a.webp"])
@pytest.mark.parametrize("orientation", range(1, 9))
def test_rotation_swaps_height_and_width(tmp_path, name, orientation):
    exif = Image.Exif()
    exif[0x0112] = orientation
    Image.new("RGB", (5, 3)).save(tmp_path / name, exif=exif)
    size = (5, 3) if orientation >= 5 else (3, 5)
    store = ImageDatastore(tmp_path)
    assert store.header(0)[2:5] == (*size, orientation)
    assert store.size(0) == size
    assert store.read(0).shape == (*size, 3)


@pytest.mark.parametrize("orientation", [0, 9, 65535])
def test_an_orientation_that_is_none(tmp_path, orientation):
    exif = Image.Exif()
    exif[0x0112] = orientation
    Image.new("RGB", (5, 3)).save(tmp_path / "a.png", exif=exif)
    store = ImageDatastore(tmp_path)
    assert store.header(0)[2:5] == (3, 5, 1)
    assert store.read(0).shape == (3, 5, 3)


def test_exif_that_cannot_be_read_is_upright(tmp_path):
    path = tmp_path / "a.png"
    exif = chunk(b"eXIf", b"MM\0*\0\0\0\x08\0\1")
    path.write_bytes(png(3, 1, 8, png_chunks.GREY, [bytes(3)], exif))
    store = ImageDatastore(tmp_path)
    assert store.header(0).orientation == 1
    assert store.read(0).shape == (1, 3, 3)


@pytest.mark.parametrize("before", [True, False])
def test_exif_of_a_png_counts_before_the_pixels_only(tmp_path, before):
    tag = struct.pack(">HHIHH", 0x0112, 3, 1, 6, 0)
    exif = chunk(b"eXIf", b"MM\0*\0\0\0\x08\0\1" + tag + bytes(4))
    places = (exif, b"") if before else (b"", exif)
    path = tmp_path / "a.png"
    path.write_bytes(png(3, 1, 8, png_chunks.GREY, [bytes(3)], *places))
    store = ImageDatastore(tmp_path)
    size = (3, 1) if before else (1, 3)
    assert store.size(0) == size
    assert store.read(0).shape == (*size, 3)


@pytest.mark.parametrize(
    "array, mode",
    [
        (np.zeros((2, 3), "uint16"), "uint16"),
        (np.zeros((2, 3, 4), "bool"), "boolx4"),
        (np.asfortranarray(np.zeros((2, 3), ">i4")), "int32"),
    ],
)
def test_arrays(tmp_path, array, mode):
    np.save(tmp_path / "a.npy", array)
    store = PixelLabelDatastore(tmp_path, CARVANA)
    assert store.header(0) == FileHeader("NPY", mode, 2, 3, 1, False)
    assert store.size(0) == (2, 3)


def gif_of(width, height):
    return struct.pack("<6sHHBBB", b"GIF89a", width, height, 0, 0, 0) + (
        struct.pack("<BHHHHB", 0x2C, 0, 0, 1, 1, 0) + b"\x02\x02\x44\x01\x00;"
    )


@pytest.mark.parametrize(
    "name, data, size",
    [
        ("a.png", png(60000, 60000, 8, 0, [b"\0"]), (60000, 60000)),
        ("a.png", png(16385, 16384, 1, 0, [b"\0"]), (16384, 16385)),
        ("a.gif", gif_of(65535, 65535), (65535, 65535)),
        ("a.tif", tiff(60000, 50000, 8, b"\0"), (50000, 60000)),
        ("a.pgm", b"P5 99999 99999 255 ", (99999, 99999)),
    ],
)
def test_huge_claims_are_refused_before_decoding(tmp_path, name, data, size):
    (tmp_path / name).write_bytes(data)
    images = ImageDatastore(tmp_path)
    labels = PixelLabelDatastore(tmp_path, CARVANA)
    words = (
        f'{name}" must have at most 268435456 pixels. Received: {size[0]} '
        f"high and {size[1]} wide. Cut it into tiles"
    )
    for question in (images.header, images.size, images.read, labels.read):
        with pytest.raises(ValueError, match=words):
            question(0)


def test_large_images_that_are_meant_bring_no_warning(tmp_path):
    # Beyond what Pillow warns of, and refuses, by itself.
    path = tmp_path / "a.png"
    path.write_bytes(png(16384, 16384, 1, 0, [b"\0"]))
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        assert read_header(path)[2:4] == (16384, 16384)


def test_nothing_is_decoded(tmp_path):
    path = tmp_path / "a.png"
    whole = png(3, 2, 8, 0, [bytes(3), bytes(3)])
    path.write_bytes(whole[: whole.index(b"IDAT") + 8])
    assert read_header(path)[2:4] == (2, 3)
