import concurrent.futures
import os

import numpy as np
import pytest

from keras_pix2pixhd.data.pipeline import caches


def batches(pairs, cache, **settings):
    dataset = pairs.to_dataset(
        (5, 7), image_dtype="uint8", cache=cache, **settings
    )
    return [
        {kind: array.numpy() for kind, array in batch.items()}
        for batch in dataset
    ]


def assert_equal(first, second):
    assert len(first) == len(second)
    for a, b in zip(first, second, strict=True):
        assert set(a) == set(b)
        for kind in a:
            assert a[kind].dtype == b[kind].dtype
            np.testing.assert_array_equal(a[kind], b[kind])


@pytest.mark.parametrize("settings", [{}, {"shuffle": True, "augment": True}])
def test_what_is_cached_is_what_is_read(make_pairs, tmp_path, settings):
    pairs, _ = make_pairs(instances=True)
    plain = batches(pairs, None, seed=5, **settings)
    folder = tmp_path / "cache"
    for cache in ("memory", folder, folder):
        assert_equal(batches(pairs, cache, seed=5, **settings), plain)


def test_pairs_of_different_sizes(make_pairs):
    pairs, arrays = make_pairs(2, sizes=[(3, 5), (8, 2)])
    for batch, array in zip(
        pairs.to_dataset(cache="memory"), arrays, strict=True
    ):
        np.testing.assert_array_equal(batch["label"][0], array["label"])


@pytest.mark.parametrize("kept", ["memory", "folder"])
def test_files_are_read_once(make_pairs, tmp_path, kept):
    pairs, arrays = make_pairs()
    cache = tmp_path / "cache" if kept == "folder" else kept
    dataset = pairs.to_dataset(cache=cache)
    for kind in ("images", "labels"):
        for path in (tmp_path / kind).iterdir():
            path.unlink()
    for _ in range(2):
        labels = [batch["label"][0].numpy() for batch in dataset]
        for label, array in zip(labels, arrays, strict=True):
            np.testing.assert_array_equal(label, array["label"])


def written(folder):
    return {
        path: path.stat().st_mtime_ns
        for path in folder.rglob("*")
        if path.is_file()
    }


def test_a_folder_is_used_again_and_what_is_missing_filled_in(
    make_pairs, tmp_path
):
    pairs, _ = make_pairs()
    folder = tmp_path / "cache"
    first = batches(pairs, folder)
    before = written(folder)
    assert len(before) == 8  # four pairs, image and label
    lost = sorted(before)[3]
    lost.unlink()
    (lost.parent / "00000001.99.part").write_bytes(b"of a run that was killed")
    assert_equal(batches(pairs, folder), first)
    after = written(folder)
    kept = set(before) - {lost.with_suffix(s) for s in (".image", ".label")}
    assert {p: after[p] for p in kept} == {p: before[p] for p in kept}
    assert lost in after


def test_another_file_size_or_class_is_another_folder(make_pairs, tmp_path):
    pairs, _ = make_pairs()
    folder = tmp_path / "cache"
    batches(pairs, folder)
    assert len(list(folder.iterdir())) == 1
    path = pairs.files(0)["image"]
    os.utime(path, ns=(1, 1))
    batches(pairs, folder)
    assert len(list(folder.iterdir())) == 2
    pairs.to_dataset((6, 7), cache=folder)
    pairs.select(pairs.names[:2]).to_dataset((5, 7), cache=folder)
    assert len(list(folder.iterdir())) == 4


def test_a_folder_that_cannot_be_made_is_named(make_pairs, tmp_path):
    pairs, _ = make_pairs(1)
    (tmp_path / "file").write_text("")
    with pytest.raises(ValueError) as error:
        pairs.to_dataset(cache=tmp_path / "file")
    assert "`cache` must be 'memory' or a folder that can be" in str(
        error.value
    )


def test_too_little_memory_is_said(make_pairs, monkeypatch):
    pairs, _ = make_pairs(3)
    monkeypatch.setattr(caches.os, "sysconf", lambda name: 10)
    with pytest.raises(ValueError) as error:
        pairs.to_dataset(cache="memory")
    assert "cache='memory' must fit into four fifths" in str(error.value)
    assert "3 pairs of 0.0 GiB in all" in str(error.value)


def test_a_broken_file_is_named_when_the_cache_is_filled(make_pairs):
    pairs, _ = make_pairs(2)
    path = pairs.files(1)["image"]
    path.write_bytes(path.read_bytes()[:-40])
    with pytest.raises(ValueError, match=r'01\.png" must be') as error:
        pairs.to_dataset(cache="memory")
    assert "\n" not in str(error.value)


def test_a_file_damaged_inside_is_an_error_too(make_pairs):
    pairs, _ = make_pairs(1, size=(60, 60))
    path = pairs.files(0)["image"]
    content = bytearray(path.read_bytes())
    content[len(content) // 2] ^= 255
    path.write_bytes(bytes(content))
    with pytest.raises(ValueError, match="check-data|must be a complete"):
        pairs.to_dataset(cache="memory")


def shorten(path):
    path.write_bytes(path.read_bytes()[:-5])


@pytest.mark.parametrize("damage", [shorten, lambda p: p.write_bytes(b"")])
def test_what_is_not_whole_is_made_anew(make_pairs, tmp_path, damage):
    pairs, _ = make_pairs()
    first = batches(pairs, tmp_path / "cache")
    damage(sorted(written(tmp_path / "cache"))[2])
    assert_equal(batches(pairs, tmp_path / "cache"), first)


def test_many_threads_fill_one_folder(make_pairs, tmp_path):
    pairs, _ = make_pairs(12)
    plain = batches(pairs, None)
    with concurrent.futures.ThreadPoolExecutor(4) as pool:
        found = list(
            pool.map(lambda _: batches(pairs, tmp_path / "cache"), range(4))
        )
    for one in found:
        assert_equal(one, plain)
    names = [path.name for path in written(tmp_path / "cache")]
    assert not [name for name in names if name.endswith(".part")]


@pytest.mark.parametrize("cache", ["gs://a/b", 5, True, b"x", "a\0b"])
def test_what_is_no_folder_is_refused(make_pairs, cache):
    pairs, _ = make_pairs(1)
    with pytest.raises(ValueError, match="or a folder of this machine. Rec"):
        pairs.to_dataset(cache=cache)
