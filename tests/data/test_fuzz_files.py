"""Damaged files bring a `ValueError` or an array, never anything else.

`FUZZ_EXAMPLES=5000 pytest tests/data/test_fuzz_files.py` looks longer, at
other files than last time.
"""

import io
import json
import os
import struct
import warnings
import zlib

import numpy as np
import pytest
from PIL import Image

from keras_pix2pixhd.data import (
    CARVANA,
    ClassTable,
    read_image,
    read_instance,
    read_label,
    read_pairs,
)
from keras_pix2pixhd.data.files.file_header import read_header
from tests.data.png_chunks import GREY, PALETTE, chunk, png
from tests.data.tiff_tags import tiff

hypothesis = pytest.importorskip("hypothesis")
st = pytest.importorskip("hypothesis.strategies")

EXAMPLES = os.environ.get("FUZZ_EXAMPLES")
fuzz = hypothesis.settings(
    max_examples=int(EXAMPLES or 100),
    deadline=None,
    derandomize=EXAMPLES is None,
    database=None,
    suppress_health_check=list(hypothesis.HealthCheck),
)


def encoded(array, format, mode=None, **options):
    data = io.BytesIO()
    image = Image.fromarray(array)
    (image.convert(mode) if mode else image).save(data, format, **options)
    return data.getvalue()


def array_file(array):
    data = io.BytesIO()
    np.save(data, array)
    return data.getvalue()


def whole_files():
    """Valid files of every format, small and of the values of CARVANA."""
    mask = (np.add.outer(np.arange(6), np.arange(8)) % 2).astype("uint8")
    rgb = np.repeat(mask[..., None] * 255, 3, axis=-1)
    exif = Image.Exif()
    exif[0x0112] = 6
    few = chunk(b"PLTE", bytes(range(12))) + chunk(b"tRNS", b"\0\x80")
    files = [
        encoded(mask, "PNG"),
        encoded(mask.astype("uint16"), "PNG", exif=exif),
        encoded(rgb, "PNG", "RGBA", exif=exif),
        encoded(mask, "PNG", "1", transparency=0),
        png(4, 2, 2, PALETTE, [b"\x11", b"\x44"], few),
        png(4, 2, 4, GREY, [b"\1\0", b"\0\1"], chunk(b"tRNS", b"\0\1")),
        encoded(rgb, "JPEG", exif=exif),
        encoded(mask, "JPEG", progressive=True),
        encoded(rgb, "JPEG", "CMYK"),
        encoded(mask, "GIF", transparency=1),
        encoded(rgb, "GIF", interlace=1),
        encoded(rgb, "WEBP", exif=exif),
        encoded(rgb, "WEBP", "RGBA", lossless=True),
        encoded(mask, "BMP"),
        encoded(rgb, "BMP", "P"),
        b"P2 3 1 15 # no comment\n0 1 7",
        b"P5 3 1 4095 \0\0\0\1\0\7",
        b"P1 3 1 0 1 1",
        encoded(rgb, "PPM"),
        tiff(2, 1, 32, struct.pack("<II", 0, 1)),
        tiff(2, 1, 32, struct.pack("<ff", 0, 1), sample_format=3),
        *(
            encoded(rgb, "TIFF", compression=name, exif=exif)
            for name in (None, "tiff_lzw", "tiff_adobe_deflate", "jpeg")
        ),
        encoded(mask, "TIFF", "1", compression="group4"),
    ]
    arrays = [
        array_file(mask),
        array_file(mask.astype("int64")),
        array_file(np.asfortranarray(rgb[..., :2] == 255)),
        array_file(np.eye(2, dtype="float32")[mask]),
    ]
    return files, arrays


IMAGES, ARRAYS = whole_files()
EDITS = st.lists(
    st.tuples(
        st.sampled_from(["set", "cut", "insert", "repeat"]),
        st.integers(0, 2**16),
        st.binary(min_size=1, max_size=4),
    ),
    min_size=1,
    max_size=6,
)


def edited(data, edits, repair):
    data = bytearray(data)
    for what, place, new in edits:
        place %= len(data) + 1
        if what == "set":
            data[place : place + len(new)] = new
        elif what == "cut":
            del data[place : place + new[0]]
        elif what == "insert":
            data[place:place] = new
        else:
            data[place:place] = data[place : place + new[0]]
    return with_checksums(bytes(data)) if repair else bytes(data)


def with_checksums(data):
    """Mends the checksums of a PNG: else each edit ends at the first."""
    if data[:8] != b"\x89PNG\r\n\x1a\n":
        return data
    place, mended = 8, data[:8]
    while place + 12 <= len(data):
        length = int.from_bytes(data[place : place + 4], "big")
        body = data[place + 4 : place + 8 + length]
        mended += data[place : place + 4] + body
        mended += struct.pack(">I", zlib.crc32(body))
        place += 12 + length
    return mended


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    return tmp_path_factory.mktemp("fuzz")


@pytest.fixture(autouse=True)
def little_memory(monkeypatch):
    if EXAMPLES is None:
        for name in ("image_file", "array_file"):
            home = f"keras_pix2pixhd.data.files.{name}.LARGEST_PIXELS"
            monkeypatch.setattr(home, 2**20)


def result_of(question, path):
    """What the function returns, or None for a `ValueError` of one line."""
    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always")
        try:
            answer = question(path)
        except ValueError as error:
            assert "\n" not in str(error)
            assert str(error).isprintable()
            assert path.name in str(error)
            answer = None
    # Python shows the same words once. A damaged TIFF has some for each tag.
    assert len({str(warning.message) for warning in caught}) <= 20
    return answer


def check_every_reader(path):
    header = result_of(read_header, path)
    readers = {
        read_instance: ("int32", 2),
        lambda path: read_label(path, CARVANA): ("uint8", 2),
        lambda path: read_label(path, CARVANA, 128): ("uint8", 2),
    }
    if path.suffix != ".npy":  # There an image store does not look.
        readers[read_image] = ("uint8", 3)
    for reader, (dtype, rank) in readers.items():
        array = result_of(reader, path)
        if array is not None:
            assert header is not None
            assert array.dtype == dtype and array.ndim == rank
            assert array.shape[:2] == (header.height, header.width)


@pytest.mark.parametrize("data", IMAGES + ARRAYS)
def test_whole_files_are_read(folder, data):
    path = folder / ("a.npy" if data.startswith(b"\x93") else "a.png")
    path.write_bytes(data)
    assert read_header(path).width in (2, 3, 4, 6, 8)
    check_every_reader(path)


@fuzz
@hypothesis.given(st.sampled_from(IMAGES), EDITS, st.booleans())
def test_edited_images(folder, data, edits, repair):
    path = folder / "a.png"
    path.write_bytes(edited(data, edits, repair))
    check_every_reader(path)


@fuzz
@hypothesis.given(st.sampled_from(ARRAYS), EDITS)
def test_edited_arrays(folder, data, edits):
    path = folder / "a.npy"
    path.write_bytes(edited(data, edits, repair=False))
    check_every_reader(path)


@fuzz
@hypothesis.given(
    st.sampled_from([data[:12] for data in IMAGES + ARRAYS] + [b""]),
    st.binary(max_size=200),
    st.sampled_from(["a.png", "a.npy"]),
)
def test_random_bytes(folder, start, data, name):
    path = folder / name
    path.write_bytes(start + data)
    check_every_reader(path)


@fuzz
@hypothesis.given(
    st.dictionaries(
        st.sampled_from(["npy_descr", "descr", "fortran_order", "shape"]),
        st.recursive(
            st.none() | st.booleans() | st.integers() | st.text(max_size=5),
            lambda inner: st.lists(inner, max_size=4).map(tuple),
        ),
    ),
    st.binary(max_size=20),
)
def test_headers_of_arrays(folder, header, data):
    text = repr(header).encode(errors="replace")
    path = folder / "a.npy"
    path.write_bytes(
        b"\x93NUMPY\1\0" + struct.pack("<H", len(text)) + text + data
    )
    check_every_reader(path)


JSON = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats()
    | st.text(max_size=5)
    | st.sampled_from(["road", "1;2", "void", [0, 1], [1, 2, 3]]),
    lambda inner: (
        st.lists(inner, max_size=4)
        | st.dictionaries(
            st.sampled_from(
                [
                    "names",
                    "ids",
                    "colors",
                    "void_ids",
                    "name",
                    "id",
                    "r",
                    "g",
                    "b",
                ]
            )
            | st.text(max_size=5),
            inner,
            max_size=6,
        )
    ),
)


def load_table(path):
    table = ClassTable.load(path)
    assert len(table) == len(table.names)
    return table


@fuzz
@hypothesis.given(JSON)
def test_class_tables_of_any_json(folder, value):
    path = folder / "classes.json"
    path.write_text(json.dumps(value))
    result_of(load_table, path)


CELLS = st.text("abc019;,\"' \n\r#-é", max_size=6) | st.sampled_from(
    ["void", "0", "1", "255", "1;2", "1 2", ""]
)


@fuzz
@hypothesis.given(
    st.sampled_from(["name,id,r,g,b", "name,ids,r,g,b", "id,name", ""]),
    st.lists(st.lists(CELLS, max_size=6), max_size=5),
    st.sampled_from(["\n", "\r\n"]),
    st.sampled_from(["classes.csv", "classes.yaml", "classes.json"]),
)
def test_class_tables_of_any_rows(folder, head, rows, end, name):
    lines = [head, *(",".join(row) for row in rows)]
    path = folder / name
    path.write_bytes(end.join(lines).encode())
    result_of(load_table, path)


@fuzz
@hypothesis.given(
    st.binary(max_size=100),
    st.sampled_from(["classes.csv", "classes.yaml", "classes.json"]),
)
def test_class_tables_of_any_bytes(folder, data, name):
    path = folder / name
    path.write_bytes(data)
    result_of(load_table, path)


NAMES = st.sampled_from(
    ["images", "labels", "masks", "train", "train_masks", "instances", "val"]
)


@fuzz
@hypothesis.given(
    st.lists(
        st.tuples(
            NAMES,
            st.text("ab_mask \n'é", min_size=1, max_size=6),
            st.sampled_from([".png", ".npy", "", ".png/"]),
            st.sampled_from(IMAGES[:3] + [b"", b"x"]),
        ),
        max_size=6,
    )
)
def test_any_data_folder(tmp_path_factory, files):
    root = tmp_path_factory.mktemp("data")
    for folder, name, suffix, data in files:
        path = root / folder / (name + suffix.rstrip("/"))
        path.parent.mkdir(exist_ok=True)
        if path.exists():
            continue
        if suffix.endswith("/"):
            path.mkdir()
        else:
            path.write_bytes(data)
    try:
        pairs = read_pairs(root)
        for index in range(len(pairs)):
            pairs.read(index)
    except ValueError:
        pass
