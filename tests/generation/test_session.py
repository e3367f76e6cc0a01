"""Folders that are painted in parts: what is done, and what is left."""

import json
import os
import shutil
import signal
import subprocess
import sys

import numpy as np
import pytest
from PIL import Image

from keras_pix2pixhd.cli import main
from keras_pix2pixhd.features import FeatureClusters
from keras_pix2pixhd.generation import generate_folder
from keras_pix2pixhd.models import Pix2PixHDGAN
from tests.featured_gan import featured_gan
from tests.small_gan import CLASSES, small_gan

SIZES = [(6, 9), (6, 9), (5, 4), (6, 9), (6, 9)]


@pytest.fixture(scope="module")
def gan():
    return small_gan()


@pytest.fixture
def source(tmp_path, rng):
    """Five label maps of two sizes, 0.png to 4.png, of a while ago."""
    folder = tmp_path / "labels"
    folder.mkdir()
    for place, size in enumerate(SIZES):
        label = rng.integers(0, CLASSES, size).astype("uint8")
        Image.fromarray(label).save(folder / f"{place}.png")
        os.utime(folder / f"{place}.png", (1e9, 1e9))
    return folder


@pytest.fixture
def out(tmp_path):
    return tmp_path / "out"


def contents(folder):
    return {path.name: path.read_bytes() for path in folder.glob("*.png")}


def painted_and_there(photographs):
    return photographs.painted, photographs.there


def test_what_is_done_is_skipped(gan, source, out):
    assert painted_and_there(generate_folder(gan, source, out)) == (5, 0)
    whole = contents(out)
    assert painted_and_there(generate_folder(gan, source, out)) == (0, 5)
    (out / "2.png").unlink()
    seen = []
    again = generate_folder(
        gan, source, out, progress=lambda *found: seen.append(found)
    )
    assert painted_and_there(again) == (1, 4)
    assert again == [out / f"{place}.png" for place in range(5)]
    assert seen == [(1, 1, out / "2.png")]
    assert contents(out) == whole


def test_a_label_map_that_is_newer_is_painted_again(gan, source, out):
    generate_folder(gan, source, out)
    later = os.stat(out / "3.png").st_mtime + 1
    os.utime(source / "3.png", (later, later))
    assert painted_and_there(generate_folder(gan, source, out)) == (1, 4)


def test_photographs_without_a_record_are_painted_again(gan, source, out):
    out.mkdir()
    (out / "1.png").write_bytes(b"of an older program")
    assert painted_and_there(generate_folder(gan, source, out)) == (5, 0)
    assert contents(out)["1.png"] != b"of an older program"


def test_nor_are_they_done_when_a_record_is_begun(gan, source, out):
    """The program was killed once it had written the record."""
    generate_folder(gan, source, out)
    text = json.loads((out / "generate.json").read_text())
    text["begun"] = os.stat(out / "2.png").st_mtime_ns
    (out / "generate.json").write_text(json.dumps(text))
    done = [
        path
        for path in out.glob("*.png")
        if path.stat().st_mtime_ns > text["begun"]
    ]
    found = generate_folder(gan, source, out)
    assert painted_and_there(found) == (5 - len(done), len(done))
    assert len(done) < 5


def test_another_model_is_refused_unless_it_overwrites(gan, source, out):
    generate_folder(gan, source, out)
    other = small_gan()
    bias = other.generator.weights[-1]
    bias.assign(np.full(bias.shape, 0.5))
    before = contents(out)
    with pytest.raises(ValueError, match="of one model.*model: .*overwrite"):
        generate_folder(other, source, out)
    assert contents(out) == before
    found = generate_folder(other, source, out, overwrite=True)
    assert painted_and_there(found) == (5, 0)
    assert contents(out) != before
    assert painted_and_there(generate_folder(other, source, out)) == (0, 5)


def test_other_settings_and_sources_are_refused(gan, source, out, tmp_path):
    generate_folder(gan, source, out)
    words = r"image_size: None in generate.json, \[8, 8\] now"
    with pytest.raises(ValueError, match=words):
        generate_folder(gan, source, out, image_size=(8, 8))
    shutil.copytree(source, tmp_path / "others")
    words = "source: ../labels in generate.json, ../others now"
    with pytest.raises(ValueError, match=words):
        generate_folder(gan, tmp_path / "others", out)
    # a seed does not matter where nothing is drawn, nor how much at once
    found = generate_folder(gan, source, out, seed=9, batch_size=3)
    assert painted_and_there(found) == (0, 5)


def test_all_may_be_moved_together(gan, source, out, tmp_path):
    generate_folder(gan, source, out)
    (tmp_path / "moved").mkdir()
    for folder in (source, out):
        folder.rename(tmp_path / "moved" / folder.name)
    moved = [tmp_path / "moved" / name for name in ("labels", "out")]
    assert painted_and_there(generate_folder(gan, *moved)) == (0, 5)


def test_a_file_is_always_painted_and_leaves_no_record(gan, source, tmp_path):
    for _ in range(2):
        found = generate_folder(gan, source / "0.png", tmp_path / "x.png")
        assert painted_and_there(found) == (1, 0)
    assert not (tmp_path / "generate.json").exists()


def test_batches_hold_neighbours_of_one_size(gan, source, out, monkeypatch):
    generate_folder(gan, source, out)
    shapes, generate = [], Pix2PixHDGAN.generate

    def noted(self, label, **others):
        shapes.append(label.shape)
        return generate(self, label, **others)

    monkeypatch.setattr(Pix2PixHDGAN, "generate", noted)
    found = generate_folder(gan, source, out.parent / "two", batch_size=2)
    # pairs of neighbours, of which the second has two sizes
    assert shapes == [(2, 6, 9), (1, 5, 4), (1, 6, 9), (1, 6, 9)]
    for path in found:
        one, two = (
            np.asarray(Image.open(p)).astype(int)
            for p in (path, out / path.name)
        )
        assert abs(one - two).max() <= 1


def test_shards_are_even_and_make_the_whole(gan, source, out, tmp_path):
    generate_folder(gan, source, out)
    parts = [
        generate_folder(gan, source, tmp_path / "parts", shard=(index, 2))
        for index in (1, 0)
    ]
    assert [path.name for path in parts[0]] == ["1.png", "3.png"]
    assert [path.name for path in parts[1]] == ["0.png", "2.png", "4.png"]
    # what is done does not matter to who paints what
    assert painted_and_there(parts[1]) == (3, 0)
    assert contents(tmp_path / "parts") == contents(out)
    empty = generate_folder(gan, source, tmp_path / "parts", shard=(7, 9))
    assert len(empty) == 0


@pytest.mark.parametrize(
    "arguments, words",
    [
        ({"shard": (2, 2)}, r"0 <= index < count. Received: shard=\(2, 2\)"),
        ({"shard": "1/2"}, "Received: shard='1/2'"),
        ({"batch_size": 0}, "batch_size must be an integer, at least 1"),
        ({"workers": 0}, "workers must be an integer, at least 1"),
        ({"workers": 2}, "Several workers each load the model from its file"),
    ],
)
def test_errors(gan, source, out, arguments, words):
    with pytest.raises(ValueError, match=words):
        generate_folder(gan, source, out, **arguments)
    assert not out.exists()


def test_what_cannot_be_read_is_left_out_on_request(gan, source, out):
    (source / "1.png").write_bytes(b"not a PNG file")
    Image.new("L", (9, 6), color=200).save(source / "3.png")
    found = generate_folder(gan, source, out, keep_going=True, batch_size=2)
    assert found == [out / f"{place}.png" for place in (0, 2, 4)]
    assert list(found.failed) == [source / "1.png", source / "3.png"]
    lines = (out / "failed.txt").read_text().splitlines()
    files, reasons = zip(*(line.split("\t") for line in lines), strict=True)
    assert files == (str(source / "1.png"), str(source / "3.png"))
    assert "must be a complete image" in reasons[0]
    assert "Received: 200 (54 pixels)" in reasons[1]
    # once they are mended, the rest is painted
    for name in ("1.png", "3.png"):
        shutil.copy(source / "0.png", source / name)
    again = generate_folder(gan, source, out, keep_going=True, batch_size=2)
    assert painted_and_there(again) == (2, 3) and not again.failed
    assert not (out / "failed.txt").exists()


def test_a_class_without_styles_is_one_that_fails(source, out):
    gan = featured_gan(follow="labels", edges=False)
    channels = gan.feature_channels
    styles = [np.zeros((1, channels)), np.ones((1, channels)), None]
    clusters = FeatureClusters(styles, CLASSES, "labels")
    for place, value in enumerate([0, 2, 1, 0, 2]):
        label = np.full((8, 8), value, "uint8")
        Image.fromarray(label).save(source / f"{place}.png")
    with pytest.raises(ValueError, match="1.png.* with class 2"):
        generate_folder(gan, source, out, features=clusters)
    assert not out.exists()
    found = generate_folder(
        gan, source, out, features=clusters, keep_going=True
    )
    assert [path.name for path in found] == ["0.png", "2.png", "3.png"]
    words = "seed: 0 in generate.json, 1 now"
    with pytest.raises(ValueError, match=words):
        generate_folder(gan, source, out, features=clusters, seed=1)


def test_sigterm_ends_with_143_and_what_is_whole(
    gan, source, out, tmp_path, monkeypatch, capsys
):
    gan.save(tmp_path / "model.keras")
    generate = Pix2PixHDGAN.generate
    calls = []

    def stopped(self, *arguments, **settings):
        calls.append(1)
        if len(calls) == 3:
            os.kill(os.getpid(), signal.SIGTERM)
        return generate(self, *arguments, **settings)

    monkeypatch.setattr(Pix2PixHDGAN, "generate", stopped)
    paint = ["generate", *map(str, (tmp_path, source, out))]
    assert main(paint) == 143
    assert sorted(os.listdir(out)) == ["0.png", "1.png", "generate.json"]
    assert main(paint) == 0
    assert "3 photographs painted, 2 were there" in capsys.readouterr().out


# from the fourth photograph on, each is written by half, and no further
KILLED = """
import itertools, sys, time
from PIL import Image
from keras_pix2pixhd.generation import generate_folder
save, count = Image.Image.save, itertools.count()
def hang(image, path, **settings):
    if next(count) > 2:
        path.write_bytes(b"half")
        print("hangs", flush=True)
        time.sleep(600)
    save(image, path, **settings)
Image.Image.save = hang
generate_folder(*sys.argv[1:])
"""


def test_a_kill_leaves_nothing_half_and_going_on_makes_the_same(
    gan, source, out, tmp_path
):
    gan.save(tmp_path / "model.keras")
    generate_folder(tmp_path, source, tmp_path / "whole")
    process = subprocess.Popen(
        [sys.executable, "-c", KILLED, tmp_path, source, out],
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
    )
    assert process.stdout.readline() == b"hangs\n"
    process.kill()
    process.communicate()
    whole, done = contents(tmp_path / "whole"), contents(out)
    assert 1 <= len(done) <= 3
    assert all(whole[name] == data for name, data in done.items())
    left = next(out.glob(".*.part"))
    assert left.read_bytes() == b"half"
    found = generate_folder(tmp_path, source, out)
    assert painted_and_there(found) == (5 - len(done), len(done))
    assert contents(out) == whole
    os.utime(left, (1e9, 1e9))
    generate_folder(tmp_path, source, out)
    assert not left.exists()


@pytest.mark.slow
def test_several_workers_paint_what_one_does(gan, source, out, tmp_path):
    gan.save(tmp_path / "model.keras")
    (source / "2.png").write_bytes(b"not a PNG file")
    settings = {"keep_going": True}
    alone = generate_folder(tmp_path, source, tmp_path / "one", **settings)
    seen = []
    together = generate_folder(
        tmp_path,
        source,
        out,
        workers=2,
        progress=lambda *found: seen.append(found[:2]),
        **settings,
    )
    assert seen == [(done, 5) for done in range(1, 5)]  # one failed
    assert [p.name for p in together] == [p.name for p in alone]
    assert list(together.failed) == list(alone.failed) == [source / "2.png"]
    assert contents(out) == contents(tmp_path / "one")
    assert (out / "failed.txt").read_text().startswith(f"{source / '2.png'}\t")
