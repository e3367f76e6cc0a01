import json
import shutil

import pytest

from keras_pix2pixhd.evaluation.subjects.run_split import split_of
from keras_pix2pixhd.evaluation.subjects.sources import find_sources
from tests.carvana_folders import NAMES, write_carvana
from tests.evaluation.small_run import write_run

HELD_OUT = ["a0_01", "b1_02"]
SIDES = {"train": sorted({*NAMES} - {*HELD_OUT}), "held_out": HELD_OUT}


@pytest.fixture
def data(tmp_path):
    return write_carvana(tmp_path / "data")


@pytest.fixture
def run(tmp_path, data):
    folder = write_run(tmp_path / "runs" / "0001-x", data)
    (folder / "split.json").write_text(json.dumps(SIDES))
    return folder


def sides_of(run, data=None):
    (source,) = find_sources([run])
    parts = split_of(source, data, log=lambda line: None).parts
    return {"train": [*parts.train.names], "held_out": [*parts.held_out.names]}


def remove(data, name):
    (data / "images" / f"{name}.jpg").unlink()
    (data / "masks" / f"{name}_mask.png").unlink()


def test_the_sides_are_those_that_the_run_recorded(run):
    assert sides_of(run) == SIDES


def test_a_training_pair_that_is_gone_moves_no_other(run, data):
    remove(data, "a0_02")
    found = sides_of(run)
    assert found["held_out"] == HELD_OUT
    assert found["train"] == [n for n in SIDES["train"] if n != "a0_02"]


def test_a_new_pair_is_on_no_side(run, data):
    for folder, name in (("images", "{}.jpg"), ("masks", "{}_mask.png")):
        paths = [data / folder / name.format(n) for n in ("a0_01", "c0_01")]
        shutil.copy(*paths)
    assert sides_of(run) == SIDES


def test_a_held_out_pair_that_is_gone_is_named(run, data):
    remove(data, "b1_02")
    words = "hold the pairs that 0001-x held out.*1 of 2 are gone.*'b1_02'"
    with pytest.raises(ValueError, match=words):
        sides_of(run)


def test_the_same_data_elsewhere_has_the_same_sides(run, data, tmp_path):
    moved = data.rename(tmp_path / "moved")
    assert sides_of(run, moved) == SIDES


def test_other_data_has_a_split_of_its_own(run, tmp_path):
    names = ["c0_01", "c0_02", "d0_01", "d0_02"]
    other = write_carvana(tmp_path / "other", names=names)
    assert {*sides_of(run, other)["held_out"]} <= {*names}


def test_a_damaged_record_is_named(run):
    (run / "split.json").write_text('{"train": 3}')
    with pytest.raises(ValueError, match='split.json" must hold the lists'):
        sides_of(run)
