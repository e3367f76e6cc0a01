import pathlib

import pytest

from keras_pix2pixhd.generation.files import Files
from keras_pix2pixhd.generation.photographs import Photographs
from keras_pix2pixhd.generation.targets import Targets

NAMES = ["a.png", "b.gif", "c.png", "d.npy"]
OUT = pathlib.Path("out")


def make(places=range(4), failed=None, painted=0, styles=None):
    labels = Files(pathlib.Path("in"), NAMES)
    targets = Targets(OUT, NAMES, styles)
    return Photographs(targets, places, failed or {}, painted, labels)


def test_the_paths_in_the_order_of_the_label_maps():
    found = make()
    assert found == [OUT / f"{name}.png" for name in "abcd"]
    assert len(found) == 4 and found[-1] == OUT / "d.png"
    assert found[1:3] == [OUT / "b.png", OUT / "c.png"]
    assert OUT / "b.png" in found and found != [OUT / "a.png"]
    with pytest.raises(IndexError):
        found[4]


def test_those_of_a_shard_in_two_styles():
    found = make(range(1, 4, 2), styles=2)
    names = ["b_style1", "b_style2", "d_style1", "d_style2"]
    assert found == [OUT / f"{name}.png" for name in names]


def test_what_failed_has_none():
    found = make(failed={2: "broken", 0: "empty"}, painted=1)
    assert found == [OUT / "b.png", OUT / "d.png"]
    assert (found.painted, found.there) == (1, 1)
    paths = [pathlib.Path("in") / name for name in ("a.png", "c.png")]
    assert list(found.failed.items()) == [
        (paths[0], "empty"),
        (paths[1], "broken"),
    ]
    words = "<2 photographs: 1 painted, 1 there already, 2 label maps failed>"
    assert repr(found) == words
