"""What several runs must have in common, and what evaluate must be told."""

import json
import shutil

import pytest

from keras_pix2pixhd import evaluate
from keras_pix2pixhd.evaluation.pairs.evaluation_data import open_data
from keras_pix2pixhd.evaluation.subjects.sources import find_sources
from tests.carvana_folders import write_carvana
from tests.evaluation.conftest import HELD_OUT


@pytest.fixture
def run(tmp_path, cars):
    """Writes what `open_data` looks at of a run."""

    def write(name, data=cars, **settings):
        folder = tmp_path / name
        folder.mkdir()
        (folder / "model.keras").write_bytes(b"")
        data = data and str(data)
        text = json.dumps({"data": data, "image_size": [32, 48], **settings})
        (folder / "config.json").write_text(text)
        return folder

    return write


def opened(*models, **settings):
    settings = {"log": lambda line: None, **settings}
    return open_data(find_sources(models), **settings)


def test_runs_of_the_same_data(run):
    found = opened(run("a"), run("b", seed=5))
    assert found.evaluated.names == HELD_OUT
    assert found.trained_on == {"a": 0, "b": 0}


def test_sizes_that_differ(run):
    models = run("a"), run("b", image_size=[64, 96])
    with pytest.raises(ValueError, match="a, 32 48, and b, 64 96.*--image-si"):
        opened(*models)
    assert opened(*models, image_size=(16, 24)).evaluated.image_size == (16, 24)


def test_ways_to_a_size_that_differ(run):
    cropped = {"resize_mode": "resize_and_crop", "load_size": [40, 60]}
    models = run("a"), run("b", **cropped)
    words = "b, 32 48 by resize_and_crop from 40 60"
    with pytest.raises(ValueError, match=words):
        opened(*models)
    evaluated = opened(models[1]).evaluated
    assert evaluated.resize_mode == "resize_and_crop"
    assert evaluated.load_size == (40, 60)
    assert next(evaluated.images()).shape == (1, 32, 48, 3)
    assert opened(*models, image_size=(8, 8)).evaluated.resize_mode == "resize"


def test_folders_that_differ(run, tmp_path, cars):
    other = write_carvana(tmp_path / "other")
    models = run("a"), run("b", data=other)
    with pytest.raises(ValueError, match="a and b, of .*--data DIR, for all"):
        opened(*models)
    found = opened(*models, data=cars)
    assert found.evaluated.names == HELD_OUT
    assert found.trained_elsewhere == {"b": other}


def test_splits_that_differ(run, tmp_path):
    data = write_carvana(tmp_path / "data")
    # the same order of four cars, of which the last two or one are held out
    models = [
        run(name, data=data, train_fraction=share)
        for name, share in (("a", 0.5), ("b", 0.75))
    ]
    with pytest.raises(ValueError, match="a and b, of which 2 pairs are on"):
        opened(*models)
    assert len(opened(*models, side="all").evaluated) == 8
    # the split of the first, and what the second was trained on
    found = opened(*models, data=data)
    assert len(found.evaluated) == 4
    assert found.trained_on == {"a": 0, "b": 2}


def test_classes_that_differ(run, tmp_path):
    data = tmp_path / "data"
    write_carvana(data)
    (data / "masks").rename(data / "labels")
    rows = ["name,id,r,g,b", "ground,0,0,0,0", "car,255,255,255,255"]
    (data / "classes.csv").write_text("\n".join(rows))
    other = tmp_path / "other.csv"
    other.write_text("\n".join([*rows, "tree,7,1,1,1"]))
    models = run("a", data=data), run("b", data=data, classes=str(other))
    words = "a and b, with 2 classes and 3 classes.*--classes, for all"
    with pytest.raises(ValueError, match=words):
        opened(*models)
    found = opened(*models, classes=str(data / "classes.csv"))
    assert len(found.evaluated.class_table) == 2


def test_toys_are_the_same_where_they_were_drawn_alike(run, cars):
    models = [run(name, data=None) for name in ("a", "b")]
    for folder in models:
        shutil.copytree(cars, folder / "toy_cars")
    assert opened(*models).folder == models[0] / "toy_cars"
    third = run("c", data=None, toy_scenes=5)
    shutil.copytree(cars, third / "toy_cars")
    with pytest.raises(ValueError, match="Runs must be compared on the same d"):
        opened(*models, third)


def test_a_coarse_stage_has_the_toys_of_its_run(run, cars):
    folder = run("a", data=None)
    shutil.copytree(cars, folder / "toy_cars")
    stage = run("a/coarse-16x24", data=None)
    assert opened(stage).evaluated.names == HELD_OUT


def test_data_that_has_moved(run, tmp_path, cars):
    folder = run("a", data=tmp_path / "gone")
    with pytest.raises(ValueError, match='gone", the data of a. Say where'):
        opened(folder)
    found = opened(folder, data=cars)
    assert found.evaluated.names == HELD_OUT
    assert found.trained_elsewhere == {}
    with pytest.raises(ValueError, match="must be an existing folder"):
        opened(folder, data=tmp_path / "nowhere")


def test_what_no_run_tells_must_be_said(painted, cars):
    theirs = painted()
    words = (
        "its data and the size of its images. Received: .*theirs without "
        "data and image_size. Say --data DIR --image-size HEIGHT WIDTH"
    )
    with pytest.raises(ValueError, match=words):
        opened(theirs)
    with pytest.raises(ValueError, match="theirs without image_size. Say --im"):
        opened(theirs, data=cars)
    with pytest.raises(ValueError, match="theirs without data. Say --data DIR"):
        opened(theirs, image_size=(32, 48))


def test_images_of_others_beside_a_run(run, painted):
    found = opened(painted(), run("a"))
    assert found.evaluated.names == HELD_OUT
    assert found.trained_on == {"theirs": None, "a": 0}


@pytest.mark.parametrize(
    "settings, words",
    [
        ({"side": "test"}, "side must be one of held_out, train, all"),
        ({"images": 0}, "images must be an integer of at least 1"),
        ({"seed": -1}, "seed must be an integer of at least 0"),
        ({"examples": 1.5}, "examples must be an integer of at least 0"),
        ({"batch_size": 0}, "batch_size must be an integer of at least 1"),
        ({"training_images": -1}, "training_images must be an integer"),
        ({"examples": None}, "examples must be an integer of at least 0"),
        ({"seed": True}, "seed must be an integer of at least 0"),
        ({"styles": 1}, "at least 2, to compare them. Received: styles=1"),
        ({"styles": "5"}, "styles must be an integer"),
        ({"instances": "yes"}, "one of None, files, components"),
        ({"image_size": (0, 5)}, r"`image_size` must be None or \(height"),
    ],
)
def test_arguments_out_of_range(painted, cars, quietly, settings, words):
    with pytest.raises(ValueError, match=words):
        evaluate(painted(), data=cars, **{**quietly, **settings})


def test_a_run_that_is_no_model(run, quietly):
    with pytest.raises(ValueError, match="must be a .keras file as Pix2PixHD"):
        evaluate(run("a"), **quietly)


def test_without_a_split_file_the_seed_of_the_run_splits(run, tmp_path):
    found = opened(run("a", data=write_carvana(tmp_path / "data"), seed=3))
    assert found.split.endswith("(chosen at random, seed 3)")
