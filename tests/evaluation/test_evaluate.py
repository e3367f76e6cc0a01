import hashlib
import json
import shutil
import zipfile

import numpy as np
import pytest
from PIL import Image

from keras_pix2pixhd import evaluate
from keras_pix2pixhd.data import CARVANA, prepare_records, read_pairs
from tests.evaluation.conftest import HELD_OUT, TRAIN
from tests.evaluation.small_run import tiny_gan, write_run


def brighter(levels):
    return lambda image, place: image + levels


def lighter_one_by_one(image, place):
    """None of 90 to 200 is cut off at 255."""
    return image + 5 * (place + 1)


def test_the_numbers_of_images_that_others_painted(painted, cars, quietly):
    theirs = painted(change=brighter(10))
    found = evaluate(theirs, data=cars, **quietly)
    (run,) = found.runs
    assert [row["name"] for row in run.rows] == HELD_OUT
    # JPEG leaves some pixels of the red box above 245, but few
    assert run.metrics["images"] == 6
    assert run.metrics["l1"] == pytest.approx(10, abs=0.2)
    assert run.metrics["psnr"] == pytest.approx(20 * np.log10(25.5), abs=0.2)
    assert all(abs(row["l1"] - 10) < 0.3 for row in run.rows)
    assert run.model["kind"] == "images" and run.model["path"] == str(theirs)
    assert run.name == "theirs" and run.history == []


def test_the_real_images_themselves_are_perfect(painted, cars, quietly):
    (run,) = evaluate(painted(), data=cars, **quietly).runs
    assert run.metrics["l1"] == 0.0 and run.metrics["psnr"] == 100.0
    assert run.metrics["ssim"] == pytest.approx(1, abs=1e-12)
    assert run.metrics["class_color_error"] == {"background": 0.0, "car": 0.0}


def test_the_best_and_the_worst_are_shown(painted, cars, real, quietly):
    theirs = painted(change=lighter_one_by_one)
    found = evaluate(theirs, data=cars, metrics=["l1"], examples=2, **quietly)
    assert found.protocol["ranked_by"] == "l1"
    examples = found.runs[0].examples
    kinds = [(e.kind, e.name) for e in examples if e.kind != "random"]
    assert kinds == [
        ("best", HELD_OUT[0]),
        ("best", HELD_OUT[1]),
        ("worst", HELD_OUT[5]),
        ("worst", HELD_OUT[4]),
    ]
    worst = examples[2]
    np.testing.assert_array_equal(worst.real, real["b1_02"])
    pairs = read_pairs(cars)
    label = pairs.read(pairs.names.index("b1_02"))["label"]
    np.testing.assert_array_equal(worst.label, CARVANA.to_colors(label))
    assert worst.values == found.runs[0].rows[5]
    assert worst.nearest is None


def test_random_examples_are_the_same_for_all_runs(painted, cars, quietly):
    models = [painted("a", brighter(9)), painted("b", lighter_one_by_one)]
    found = evaluate(models, data=cars, examples=3, seed=7, **quietly)
    first, second = (
        [e.name for e in run.examples if e.kind == "random"]
        for run in found.runs
    )
    assert first == second and len(set(first)) == 3


def test_several_are_compared_on_the_same_images(painted, cars, quietly):
    models = [painted("near", brighter(4)), painted("far", brighter(40))]
    found = evaluate(models, data=cars, **quietly)
    near, far = found.runs
    assert (near.name, far.name) == ("near", "far")
    assert near.metrics["l1"] < far.metrics["l1"]
    assert [r["name"] for r in near.rows] == [r["name"] for r in far.rows]


def test_a_model_paints_what_generate_paints(cars, real, quietly):
    gan = tiny_gan()
    (run,) = evaluate(gan, data=cars, metrics="l1", **quietly).runs
    pairs = read_pairs(cars).select(HELD_OUT)
    for place, row in enumerate(run.rows):
        label = pairs.read(place)["label"][None]
        difference = gan.generate(label)[0].astype(float) - real[row["name"]]
        assert row["l1"] == pytest.approx(np.abs(difference).mean())


def test_a_run_knows_its_data_size_and_held_out_pairs(cars, cars_run):
    lines = []
    found = evaluate(cars_run, metrics=["l1"], output=False, log=lines.append)
    (run,) = found.runs
    assert [row["name"] for row in run.rows] == HELD_OUT
    assert run.warnings == []
    assert run.model["kind"] == "run" and len(run.model["sha256"]) == 64
    assert run.model["features_file"] is None
    data = found.protocol["data"]
    assert data["folder"] == str(cars) and data["layout"] == "carvana"
    assert data["side"] == "held_out" and data["images"] == 6
    assert data["split"].endswith("(split.json)")
    assert [c["name"] for c in data["classes"]] == ["background", "car"]
    assert found.protocol["image_size"] == [32, 48]
    assert lines == [f"data: {cars}: {data['split']}"]


def test_pairs_that_a_run_trained_on_are_counted(cars_run):
    settings = {"metrics": ["l1"], "output": False, "log": lambda line: None}
    (run,) = evaluate(cars_run, side="all", **settings).runs
    assert [row["name"] for row in run.rows] == TRAIN + HELD_OUT
    assert run.warnings == [
        "Trained on 2 of the 8 evaluated images: the numbers say less about "
        "new ones."
    ]
    (run,) = evaluate(cars_run, side="train", **settings).runs
    assert [row["name"] for row in run.rows] == TRAIN
    assert "on 2 of the 2" in run.warnings[0]


def test_a_run_on_other_data_than_its_own(tmp_path, cars, cars_run):
    other = shutil.copytree(cars, tmp_path / "copy")
    settings = {"metrics": ["l1"], "output": False, "log": lambda line: None}
    found = evaluate(cars_run, data=other, side="all", **settings)
    assert found.runs[0].warnings == [
        f"Trained on other data, {cars}. If this is the same, then on 2 of "
        "the 8 evaluated images."
    ]


def test_of_a_model_in_memory_the_training_is_not_known(cars, quietly):
    (run,) = evaluate(tiny_gan(), data=cars, metrics=["l1"], **quietly).runs
    assert "was trained on is not known" in run.warnings[0]


def test_some_of_the_images_evenly_spread(painted, cars, quietly):
    found = evaluate(painted(), data=cars, images=3, **quietly)
    names = [row["name"] for row in found.runs[0].rows]
    assert len(names) == 3 and names == sorted(names)
    assert [name.partition("_")[0] for name in names] == ["a1", "b0", "b1"]
    assert found.protocol["data"]["images"] == 3


def test_any_batch_size_gives_the_same_numbers(painted, cars, quietly):
    theirs = painted(change=lighter_one_by_one)
    one, four = (
        evaluate(theirs, data=cars, batch_size=size, **quietly).runs[0]
        for size in (1, 4)
    )
    assert one.rows == four.rows and one.metrics == four.metrics


def test_the_arguments_are_in_the_protocol_as_given(painted, cars, quietly):
    theirs = painted()
    settings = {"images": 4, "metrics": ["l1"], "training_images": 7}
    settings["seed"] = np.int64(2)
    found = evaluate(theirs, data=cars, **settings, **quietly)
    arguments = json.loads(found.to_json())["protocol"]["arguments"]
    assert arguments["models"] == str(theirs)
    assert arguments["data"] == str(cars) and arguments["layout"] is None
    assert arguments["metrics"] == ["l1"] and arguments["images"] == 4
    assert arguments["training_images"] == 7 and arguments["examples"] == 4
    assert arguments["image_size"] == [32, 48]
    assert arguments["seed"] == found.protocol["settings"]["seed"] == 2
    assert "output" not in arguments and "log" not in arguments
    assert found.protocol["settings"]["kid_subset_size"] is None


def test_another_size_than_that_of_the_training_is_told(tmp_path, cars):
    crop = {"resize_mode": "resize_and_crop", "load_size": (40, 60)}
    plain = write_run(tmp_path / "plain", cars)
    cropped = write_run(tmp_path / "cropped", cars, **crop)
    settings = {"metrics": ["l1"], "output": False, "log": str, "images": 1}
    for run in (plain, cropped):
        assert evaluate(run, **settings).runs[0].warnings == []
    settings["image_size"] = (16, 24)
    (run,) = evaluate(plain, **settings).runs
    assert run.warnings == [
        "Painted and compared at 16 24, plainly resized (height, width), but "
        "trained at 32 48."
    ]
    settings["image_size"] = (32, 48)
    assert evaluate(plain, **settings).runs[0].warnings == []
    (run,) = evaluate(cropped, **settings).runs
    assert run.warnings[0].endswith(
        "but trained at 32 48 by resize_and_crop from 40 60."
    )


def test_no_warning_names_its_run(tmp_path, painted, cars, quietly):
    models = [painted("a"), painted("b"), tiny_gan()]
    runs = evaluate(models, data=cars, styles=2, metrics=["l1"], **quietly).runs
    assert runs[0].warnings == runs[1].warnings == runs[2].warnings[:1]
    for run in runs:
        for words in run.warnings:
            assert run.name not in words.split()


def labels_of(cars):
    """The hash of the held-out label maps, by hand."""
    pairs, digest = read_pairs(cars), hashlib.sha256()
    for name in HELD_OUT:
        label = pairs.read(pairs.names.index(name))["label"]
        digest.update(b"(32, 48)" + label.astype("<i4").tobytes())
    return digest.hexdigest()


def test_the_label_maps_are_in_the_protocol(tmp_path, painted, cars, quietly):
    other = shutil.copytree(cars, tmp_path / "copy")
    mask = other / "masks" / "b0_01_mask.png"
    pixels = np.array(Image.open(mask).convert("L"))
    pixels[:4] = 255 - pixels[:4]
    Image.fromarray(pixels).save(mask)
    theirs = painted()
    first, second = (
        evaluate(theirs, data=folder, **quietly).protocol["data"]
        for folder in (cars, other)
    )
    assert first["labels_sha256"] == labels_of(cars)
    assert second["labels_sha256"] == labels_of(other)
    assert first["labels_sha256"] != second["labels_sha256"]
    assert first["sha256"] == second["sha256"]
    names = "".join(f"{name}\n" for name in HELD_OUT)
    sha256 = hashlib.sha256(names.encode()).hexdigest()
    assert first["names_sha256"] == second["names_sha256"] == sha256
    assert "instances_sha256" not in first  # this data has none
    assert [c["ids"] for c in first["classes"]] == [[0], [1, 255]]


def test_equal_weights_have_one_hash_in_any_file(tmp_path, cars, quietly):
    gan, models = tiny_gan(), [tmp_path / "a.keras", tmp_path / "b.keras"]
    gan.save(models[0])
    old, new = zipfile.ZipFile(models[0]), zipfile.ZipFile(models[1], "w")
    with old, new:
        for name in old.namelist():  # a file holds when it was saved
            entry = zipfile.ZipInfo(name, (2001, 1, 1, 0, 0, 0))
            new.writestr(entry, old.read(name))
    found = evaluate([*models, gan], data=cars, metrics=["l1"], **quietly)
    hashes = [run.model["weights_sha256"] for run in found.runs]
    assert len(set(hashes)) == 1 and len(hashes[0]) == 64
    first, second, memory = (run.model["sha256"] for run in found.runs)
    assert first != second and memory is None
    layer = gan.generator.weights[0]
    layer.assign(layer + 1)
    (run,) = evaluate(gan, data=cars, metrics=["l1"], **quietly).runs
    assert run.model["weights_sha256"] != hashes[0]


def test_the_same_call_gives_the_same_numbers(cars_run):
    first, second = (
        json.loads(evaluate(cars_run, output=False, log=str).to_json())
        for _ in range(2)
    )
    for found in (first, second):
        del found["protocol"]["created"]
    assert first == second


def test_the_training_curve_is_that_of_the_run(tmp_path, cars_run):
    folder = shutil.copytree(cars_run, tmp_path / "run")
    text = "epoch,loss,val_l1\n1,2.5,\n2,2.25,9.5\n"
    (folder / "history.csv").write_text(text)
    settings = {"metrics": ["l1"], "images": 1, "output": False, "log": str}
    assert evaluate(folder, **settings).runs[0].history == [
        {"epoch": 1, "loss": 2.5},
        {"epoch": 2, "loss": 2.25, "val_l1": 9.5},
    ]


def test_images_to_images(tmp_path, rng, quietly):
    for side in ("train", "test"):
        (tmp_path / side).mkdir()
        pixels = rng.integers(0, 256, (2, 32, 96, 3), "uint8")
        for place, image in enumerate(pixels):
            Image.fromarray(image).save(tmp_path / side / f"{place}.png")
    gan = tiny_gan(class_table=None, channels=3)
    quietly |= {"layout": "edges2shoes"}
    found = evaluate(gan, data=tmp_path, examples=1, **quietly)
    (run,) = found.runs
    assert found.protocol["data"]["classes"] is None
    assert "class_color_error" not in run.metrics
    assert run.metrics["images"] == 2
    assert run.examples[0].label.shape == (32, 48, 3)


def test_records_give_what_their_files_give(tmp_path, painted, cars, quietly):
    prepare_records(cars, tmp_path / "records")
    theirs = painted(change=lighter_one_by_one)
    from_files, from_records = (
        evaluate(theirs, data=folder, **quietly)
        for folder in (cars, tmp_path / "records")
    )
    assert from_records.runs[0].rows == from_files.runs[0].rows
    files, records = (
        {k: x for k, x in f.protocol["data"].items() if k.endswith("sha256")}
        for f in (from_files, from_records)
    )
    assert files == records and len(files) == 3
    assert from_records.protocol["data"]["layout"] is None
