import importlib
import json

import numpy as np
import pytest

from keras_pix2pixhd.data import (
    CARVANA,
    prepare_records,
    read_pairs,
    split,
    write_toy_cars,
)
from keras_pix2pixhd.segmentation import load_segmenter, train_segmenter
from tests.carvana_folders import write_carvana
from tests.image_folders import write_images

# the package has the function under this name
HOME = importlib.import_module("keras_pix2pixhd.segmentation.train_segmenter")
SMALL = {"steps": 2, "batch_size": 2, "filters": 2, "image_size": (16, 24)}


def train(folder, tmp_path, **settings):
    """What a tiny training leaves, and the lines that it prints."""
    lines = []
    settings = {"output": tmp_path / "out", **SMALL, **settings}
    return train_segmenter(folder, log=lines.append, **settings), lines


@pytest.fixture
def cars(tmp_path):
    return write_carvana(tmp_path / "my cars")


@pytest.fixture
def quick(monkeypatch):
    """Leaves out what takes long: all is the first class, untrained."""

    def fit(segmenter, batches, steps, report):
        next(iter(batches))
        for step in range(1, steps + 1):
            report(step, 0.5)

    def segment(segmenter, images, class_table):
        return np.zeros(images.shape[:3], "int32")

    monkeypatch.setattr(HOME, "fit_segmenter", fit)
    monkeypatch.setattr(HOME, "segment", segment)


def test_a_training_leaves_a_segmenter_and_how_it_was_made(cars, tmp_path):
    run, lines = train(cars, tmp_path, seed=3, image_size=(32, 48))
    assert run.path == tmp_path / "out" / "0001-my_cars"
    files = {path.name for path in run.path.iterdir()}
    assert files == {"segmenter.keras", "segmenter.json"}
    said = json.loads((run.path / "segmenter.json").read_text())
    assert said["held_out"] == run.metrics
    assert said["image_size"] == [32, 48] and said["training"]["seconds"] >= 0
    assert "training pairs" in lines[0] and "2 classes" in lines[1]
    assert lines[2] == f"segmenter folder: {run.path}, 2 steps at 32x48"
    steps = [line.split(":")[0] for line in lines[3:]]
    assert steps == ["step 1/2", "step 2/2"]
    segmenter = load_segmenter(run.path)
    assert segmenter.class_table == CARVANA
    check_scores(segmenter, split(read_pairs(cars), cars, seed=3), run.metrics)


def check_scores(segmenter, parts, metrics):
    """Counts on the held-out pairs what the metrics say."""
    right = both = either = total = 0
    for i in range(len(parts.held_out)):
        arrays = parts.held_out.read(i)
        seen = segmenter.predict_labels(arrays["image"][None])[0] == 1
        car = arrays["label"] == 1
        right, total = right + (seen == car).sum(), total + car.size
        both, either = both + (seen & car).sum(), either + (seen | car).sum()
    assert metrics["images"] == len(parts.held_out)
    found = metrics["pixel_accuracy"], metrics["class_iou"]["car"]
    # TensorFlow and Pillow round a pixel of a JPEG differently now and then
    assert found == pytest.approx((right / total, both / either), abs=0.01)


def test_the_held_out_pairs_are_never_trained_on(
    cars, tmp_path, quick, monkeypatch
):
    seen = {}

    def spy(name):
        whole = getattr(HOME, name)

        def batches(pairs, *arguments):
            seen[name] = pairs.names
            return whole(pairs, *arguments)

        return batches

    for name in ("training_batches", "ordered_batches"):
        monkeypatch.setattr(HOME, name, spy(name))
    train(cars, tmp_path, seed=5, train_fraction=0.6, subset=6)
    parts = split(read_pairs(cars), cars, 0.6, seed=5, subset=6)
    assert seen["training_batches"] == parts.train.names
    assert seen["ordered_batches"] == parts.held_out.names


@pytest.mark.slow
def test_the_same_seed_trains_the_same_segmenter(cars, tmp_path):
    def weights(seed):
        run, _ = train(cars, tmp_path, seed=seed)
        return load_segmenter(run.path).get_weights()

    first, again, other = weights(1), weights(1), weights(2)
    assert all(map(np.array_equal, first, again))
    assert not all(map(np.array_equal, first, other))


def test_progress_takes_the_place_of_lines(cars, tmp_path, quick):
    calls = []
    _, lines = train(cars, tmp_path, progress=lambda *call: calls.append(call))
    assert calls == [(1, 2), (2, 2)]
    assert not any(line.startswith("step") for line in lines)


def test_records_with_instances_and_the_size_that_is_stored(tmp_path, quick):
    pytest.importorskip("tensorflow")
    write_toy_cars(tmp_path / "toys", 5, (16, 24))
    prepare_records(tmp_path / "toys", tmp_path / "records")
    run, lines = train(tmp_path / "records", tmp_path, image_size=None)
    held_out = run.metrics["images"]
    assert held_out >= 1 and f"{held_out} held-out" in lines[0]
    assert lines[1].endswith("at 16x24") and "wheel" in run.metrics["class_iou"]


@pytest.mark.parametrize("error", [KeyboardInterrupt, ValueError])
def test_what_does_not_reach_its_end_leaves_nothing(
    cars, tmp_path, quick, error
):
    def stop(step, steps):
        raise error

    with pytest.raises(error):
        train(cars, tmp_path, progress=stop)
    assert list((tmp_path / "out").iterdir()) == []


def test_a_disk_that_is_full_leaves_nothing(cars, tmp_path, quick, monkeypatch):
    def save(self, path):
        path.write_bytes(b"PK half of it")
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("keras_pix2pixhd.models.Segmenter.save", save)
    with pytest.raises(ValueError, match="be written to.*No space left.*Free"):
        train(cars, tmp_path)
    assert list((tmp_path / "out").iterdir()) == []


def test_data_without_classes_is_refused(tmp_path):
    names = [f"train_{side}/{n}.png" for side in "AB" for n in range(4)]
    write_images(tmp_path / "rgb", dict.fromkeys(names, [(1, 2, 3)] * 2))
    words = "at least two classes. Received: .*rgb, which has images to images"
    with pytest.raises(ValueError, match=words):
        train(tmp_path / "rgb", tmp_path, layout="nvidia-rgb")
    assert not (tmp_path / "out").exists()


def test_a_single_class_is_refused(tmp_path):
    images = {f"images/{n}.png": [(1, 2, 3)] * 2 for n in "ab"}
    labels = {f"labels/{n}.png": [0, 0] for n in "ab"}
    write_images(tmp_path / "one", images | labels)
    table = tmp_path / "one" / "classes.csv"
    table.write_text("name,id,r,g,b\nall,0,9,9,9\n")
    with pytest.raises(ValueError, match="two classes.*has a single class"):
        train(tmp_path / "one", tmp_path)


@pytest.mark.parametrize(
    "settings, words",
    [
        ({"steps": 0}, "steps must be an integer of at least 1"),
        ({"batch_size": "x"}, "batch_size must be an integer"),
        ({"filters": 0}, "filters must be an integer of at least 1"),
        ({"image_size": (0, 4)}, r"image_size must be .* Received: \(0, 4\)"),
        ({"seed": -1}, "seed must be an integer of at least 0"),
        ({"layout": "cars"}, "`layout` must be one of .*'cars'"),
        ({"data": "nowhere"}, "must be an existing folder. Received: nowhere"),
    ],
)
def test_wrong_arguments_are_refused(cars, tmp_path, settings, words):
    data = settings.get("data", cars)
    settings = {k: v for k, v in settings.items() if k != "data"}
    with pytest.raises(ValueError, match=words):
        train(data, tmp_path, **settings)
    assert not (tmp_path / "out").exists()


def test_an_output_that_cannot_be_written_is_refused(cars, tmp_path):
    (tmp_path / "out").write_text("a file")
    with pytest.raises(ValueError, match="output folder must be writable"):
        train(cars, tmp_path)


@pytest.mark.parametrize("name", ["steps", "output"])
def test_none_is_no_setting(name):
    with pytest.raises(ValueError, match=f"{name} must be given.*{name}=None"):
        train_segmenter("nowhere", **{name: None})
