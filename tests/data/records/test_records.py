import os
import shutil

import numpy as np
import pytest
from PIL import Image

from keras_pix2pixhd.data import (
    ImageDatastore,
    Pairs,
    combine,
    prepare_records,
    read_pairs,
    read_records,
    write_records,
    write_toy_cars,
)

pytest.importorskip("tensorflow")


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    folder = tmp_path_factory.mktemp("toys") / "data"
    write_toy_cars(folder, 13, (24, 36), seed=2)
    return folder


@pytest.fixture(scope="module")
def pairs(folder):
    return read_pairs(folder).partition(0.7, seed=1)


@pytest.fixture(scope="module")
def records(pairs, tmp_path_factory):
    folder = tmp_path_factory.mktemp("records") / "out"
    write_records(*pairs, folder, shards=4)
    return read_records(folder)


def batches(pairs, *arguments, **settings):
    dataset = pairs.to_dataset(*arguments, image_dtype="uint8", **settings)
    return [
        {kind: array.numpy()[0] for kind, array in batch.items()}
        for batch in dataset
    ]


def test_what_is_written_is_read(pairs, records):
    for written, read in zip(pairs, records[:2], strict=True):
        assert read.names == written.names
        assert read.class_table == written.class_table
        assert read.kinds == written.kinds
        for index, batch in enumerate(batches(read)):
            stored = written.read(index)
            assert set(batch) == set(stored)
            for kind, array in stored.items():
                np.testing.assert_array_equal(batch[kind], array)


def test_the_note_counts(records):
    assert records.note == "9 training, 4 held-out pairs (records)"
    assert repr(records.train) == (
        "<RecordPairs of image + label + instance, 9 pairs>"
    )


def test_resized_cropped_and_cached_as_files_are(pairs, records, tmp_path):
    settings = dict(
        resize_mode="scale_width_and_crop", load_size=(1, 30), seed=0
    )
    expected = batches(pairs[0], (16, 20), **settings)
    for cache in (None, "memory", tmp_path / "cache"):
        found = batches(records.train, (16, 20), cache=cache, **settings)
        for a, b in zip(found, expected, strict=True):
            for kind in a:
                np.testing.assert_array_equal(a[kind], b[kind])


def names_of(pairs, records, **settings):
    """The names of the pairs that come, found by their labels."""
    known = {
        pairs.read(i)["image"].tobytes(): name
        for i, name in enumerate(pairs.names)
    }
    return [known[b["image"].tobytes()] for b in batches(records, **settings)]


def test_an_epoch_is_shuffled_the_same_for_a_seed(pairs, records):
    first = names_of(pairs[0], records.train, shuffle=True, seed=4)
    assert sorted(first) == list(pairs[0].names)
    assert first != list(pairs[0].names)
    assert names_of(pairs[0], records.train, shuffle=True, seed=4) == first
    assert names_of(pairs[0], records.train, shuffle=True, seed=5) != first


# of 4 files: workers of 2 get files of their own, those of 3 every third
@pytest.mark.parametrize("count, lengths", [(2, [5, 4]), (3, [3, 3, 3])])
@pytest.mark.parametrize("shuffle", [False, True])
def test_shards_hold_each_pair_once(pairs, records, count, lengths, shuffle):
    shards = [
        names_of(pairs[0], records.train, shuffle=shuffle, seed=1, shard=(i, n))
        for i, n in [(i, count) for i in range(count)]
    ]
    assert sorted(sum(shards, [])) == list(pairs[0].names)
    assert [len(shard) for shard in shards] == lengths
    whole = records.train.to_dataset(shard=(0, count))
    assert len(whole) == lengths[0]


def test_some_can_be_selected(pairs, records):
    some = records.train.select(records.train.names[2:6])
    assert names_of(pairs[0], some) == list(records.train.names[2:6])
    for index in range(2):
        part = some.shard(index, 2)
        expected = records.train.names[2 + index : 6 : 2]
        assert names_of(pairs[0], part) == list(expected)
    a, b = records.train.partition(0.5, seed=0)
    assert sorted(a.names + b.names) == list(records.train.names)


def test_a_jpeg_is_kept_byte_for_byte(tmp_path, rng):
    for kind in ("a", "b"):
        (tmp_path / kind).mkdir()
        for name in ("1.jpg", "2.jpg"):
            noise = rng.integers(0, 256, (30, 40, 3), "uint8")
            Image.fromarray(noise).save(tmp_path / kind / name)
    pairs = combine(
        images=ImageDatastore(tmp_path / "a"),
        labels=ImageDatastore(tmp_path / "b"),
    )
    train, held_out = pairs.partition(0.5)
    write_records(train, held_out, tmp_path / "out")
    content = b"".join(
        path.read_bytes() for path in (tmp_path / "out").glob("*.tfrecord")
    )
    for path in tmp_path.glob("[ab]/*.jpg"):
        assert path.read_bytes() in content
    # labels that are images have no classes
    read = read_records(tmp_path / "out").train
    assert read.class_table is None
    assert batches(read)[0]["label"].shape == (30, 40, 3)


def test_behind_a_scheme(pairs):
    folder = "ram://records/out"
    write_records(*pairs, folder, shards=2)
    train = read_records(folder).train
    assert names_of(pairs[0], train) == list(pairs[0].names)


def test_components_are_kept_as_they_are_stored(folder, tmp_path):
    seen = []
    parts = prepare_records(
        folder,
        tmp_path / "out",
        components=True,
        subset=6,
        progress=lambda done, total: seen.append((done, total)),
    )
    assert seen == [(i, 6) for i in range(1, 7)]
    assert "6 of 13 pairs, chosen at random, seed 0" in parts.note
    batch = batches(parts.held_out)[0]
    # regions are numbered in the order of their first pixels
    assert batch["instance"][0, 0] == 0
    assert batch["instance"].max() >= 2


def test_nothing_is_complete_until_the_end(pairs, tmp_path):
    path = pairs[1].files(0)["label"]
    content = path.read_bytes()
    path.write_bytes(content[:-30])
    try:
        with pytest.raises(ValueError, match="must be"):
            write_records(*pairs, tmp_path / "out")
    finally:
        path.write_bytes(content)
    left = [p.name for p in (tmp_path / "out").iterdir()]
    assert not [name for name in left if name.endswith(".part")]
    with pytest.raises(ValueError, match="which write_records writes last"):
        read_records(tmp_path / "out")


@pytest.mark.parametrize("shards", [0, 1.5, True])
def test_the_number_of_files_is_checked(pairs, tmp_path, shards):
    with pytest.raises(ValueError, match="`shards` must be an integer >= 1"):
        write_records(*pairs, tmp_path / "out", shards=shards)


def test_what_else_is_refused(pairs, records, tmp_path):
    with pytest.raises(ValueError, match="new or empty folder.*which holds"):
        write_records(*pairs, records.train.folder)
    with pytest.raises(ValueError, match="the same kinds and classes"):
        images = combine(
            images=pairs[1].source(0, "image")[0],
            labels=pairs[1].source(0, "image")[0],
        )
        write_records(pairs[0], images, tmp_path / "out")


def test_a_folder_that_cannot_be_written(pairs, tmp_path):
    (tmp_path / "file").write_text("")
    with pytest.raises(ValueError, match="a folder that can be written"):
        write_records(*pairs, tmp_path / "file" / "out")


def test_neither_side_may_be_empty(pairs, tmp_path):
    words = "at least one pair. Received: no pair in held_out"
    none = Pairs({}, *(pairs[1].source(0, kind)[0] for kind in pairs[1].kinds))
    with pytest.raises(ValueError, match=words):
        write_records(pairs[0], none, tmp_path / "out")
    assert not (tmp_path / "out").exists()


def test_a_pair_may_not_be_too_large(tmp_path):
    for kind in ("a", "b"):
        (tmp_path / kind).mkdir()
        for name in ("1.png", "2.png"):
            Image.new("L", (1, 65536)).save(tmp_path / kind / name)
    parts = combine(
        images=ImageDatastore(tmp_path / "a"),
        labels=ImageDatastore(tmp_path / "b"),
    ).partition(0.5)
    words = "65535 pixels high and wide at most. Received: 65536 x 1 of '"
    with pytest.raises(ValueError, match=words):
        write_records(*parts, tmp_path / "out")


def test_pairs_are_not_read_one_by_one(records):
    for call in (
        lambda: records.train.read(0),
        lambda: records.train.to_pydataset((8, 12)),
    ):
        with pytest.raises(ValueError, match="in sequence, by `to_dataset`"):
            call()


def test_names_that_are_not_utf8(folder, tmp_path):
    named = tmp_path / os.fsdecode(b"caf\xe9")
    shutil.copytree(folder, named)
    for path in named.glob("*/*.png"):
        name = os.fsencode(path.name)
        path.rename(path.with_name(os.fsdecode(b"\xe9" + name)))
    output = tmp_path / os.fsdecode(b"out\xe9")
    with pytest.raises(
        ValueError, match=r'name is UTF-8. Received: ".*\\udce9'
    ):
        prepare_records(named, output)
    prepare_records(named, tmp_path / "out")
    parts = read_records((tmp_path / "out").rename(output))
    assert parts.train.names[0].startswith("\udce9")
    parts.train.check()
    assert len(batches(parts.held_out)) == len(parts.held_out)


# what lies where: an output that is not empty, or not apart from the data
@pytest.mark.parametrize("place", [".", "out", ".."])
def test_the_data_folder_stays_as_it_is(folder, tmp_path, place):
    data = tmp_path / "a" / "data"
    shutil.copytree(folder, data)
    before = sorted(tmp_path.rglob("*"))
    with pytest.raises(ValueError, match="apart from the data. Received"):
        prepare_records(data, data / place)
    (tmp_path / "link").symlink_to(data)
    with pytest.raises(ValueError, match="apart from the data. Received"):
        prepare_records(data, tmp_path / "link" / place)
    (tmp_path / "link").unlink()
    assert sorted(tmp_path.rglob("*")) == before


def test_a_data_folder_behind_a_scheme_stays_as_it_is():
    for output in ("ram://data", "ram://data/out/", "ram://"):
        with pytest.raises(ValueError, match="apart from the data"):
            prepare_records("ram://data", output)
    with pytest.raises(ValueError, match="must be an existing folder"):
        prepare_records("ram://data", "ram://data2")


def test_only_an_empty_folder_is_written(pairs, tmp_path):
    (tmp_path / "classes.json").write_text("{}")
    with pytest.raises(ValueError, match="which holds classes.json. Choose"):
        write_records(*pairs, tmp_path)
    assert [path.name for path in tmp_path.iterdir()] == ["classes.json"]


def test_what_a_killed_attempt_left_is_removed(pairs, tmp_path):
    left = f"train-00000-of-00008.tfrecord.{'0a' * 16}.part"
    index = f"records.json.{'0a' * 16}.part"
    for name in (left, index, ".hidden"):
        (tmp_path / name).write_text("")
    write_records(*pairs, tmp_path, shards=1)
    assert sorted(path.name for path in tmp_path.iterdir()) == [
        ".hidden",
        "held_out-00000-of-00001.tfrecord",
        "records.json",
        "train-00000-of-00001.tfrecord",
    ]


def test_what_only_looks_like_a_leftover_stays(pairs, tmp_path):
    (tmp_path / "train-00000-of-00008.tfrecord").write_text("mine")
    with pytest.raises(ValueError, match="which holds train-00000-of-00008"):
        write_records(*pairs, tmp_path)
    assert len(list(tmp_path.iterdir())) == 1
