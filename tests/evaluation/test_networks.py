"""What an evaluation measures with networks."""

import dataclasses
import hashlib
import json
import shutil

import keras
import numpy as np
import pytest
from PIL import Image

from keras_pix2pixhd import FeatureNetwork, evaluate
from keras_pix2pixhd.evaluation.affordable_metrics import affordable_metrics
from keras_pix2pixhd.evaluation.calibration import calibrated_network
from keras_pix2pixhd.evaluation.pairs.evaluation_data import open_data
from keras_pix2pixhd.evaluation.subjects.sources import find_sources
from keras_pix2pixhd.models import PerceptualNetwork
from keras_pix2pixhd.segmentation.protocol import names_hash
from tests.evaluation.conftest import HELD_OUT, TRAIN
from tests.evaluation.small_run import tiny_gan
from tests.small_gan import write_vgg19_prefix


@pytest.fixture
def eye():
    """A feature network that sees the four quarters of an image."""
    layers = [keras.Input((8, 8, 3)), keras.layers.AveragePooling2D(4)]
    model = keras.Sequential([*layers, keras.layers.Flatten()])
    return FeatureNetwork(model, name="quarters")


def red_is_car(images):
    """Reads the boxes that `write_carvana` draws; floats in [-1, 1]."""
    return (images[..., 0] - images[..., 1] > 0.5).astype("int32")


def test_distances_between_distributions(painted, cars, eye, quietly):
    found = evaluate(painted(), data=cars, feature_network=eye, **quietly)
    metrics, key = found.runs[0].metrics, eye.key
    # generated are the real images
    assert metrics[f"frechet_{key}_n6"] == pytest.approx(0, abs=1e-6)
    assert metrics[f"precision_{key}_n6_k3"] == 1.0
    assert metrics[f"recall_{key}_n6_k3"] == 1.0
    assert f"kid_{key}_n6_s100x3" in metrics
    assert found.protocol["feature_network"]["sha256"] == eye.sha256


def test_training_photographs_are_the_scale(painted, cars, eye, quietly):
    found = evaluate(painted(), data=cars, feature_network=eye, **quietly)
    training = found.protocol["training"]
    assert training["images"] == len(TRAIN)
    assert f"frechet_{eye.key}_n2_r6" in training
    # too few of them for the three neighbours of precision and recall
    assert not any(name.startswith("precision") for name in training)
    none = evaluate(
        painted("b"),
        data=cars,
        feature_network=eye,
        training_images=0,
        **quietly,
    )
    assert none.protocol["training"] is None
    assert none.runs[0].memorisation is None


def test_the_hash_of_the_real_pixels(painted, cars, real, eye, quietly):
    digest = hashlib.sha256()
    for name in HELD_OUT:
        digest.update(b"(32, 48, 3)" + real[name].tobytes())
    for place, network in enumerate((eye, None)):  # with a reference, without
        found = evaluate(
            painted(str(place)), data=cars, feature_network=network, **quietly
        )
        assert found.protocol["data"]["sha256"] == digest.hexdigest()


def test_copies_of_training_photographs_are_found(
    painted, tmp_path, cars, real, eye, quietly
):
    folder = painted(change=lambda image, place: real[TRAIN[place % 2]])
    found = evaluate(
        folder, data=cars, feature_network=eye, examples=2, **quietly
    )
    (run,) = found.runs
    (numbers,) = run.memorisation.values()
    assert list(run.memorisation) == [f"nearest_training_{eye.key}_n6_t2"]
    assert numbers["generated_mean"] == 0 and numbers["real_mean"] > 0
    assert numbers["closer_than_real"] == 1
    assert any("100% of the generated" in words for words in run.warnings)
    for example in run.examples:
        wanted = TRAIN[HELD_OUT.index(example.name) % 2]
        assert example.nearest_name == wanted
        np.testing.assert_array_equal(example.nearest, real[wanted])


def test_on_the_training_side_copies_are_not_looked_for(
    painted, cars, eye, quietly
):
    folder = painted(names=TRAIN)
    settings = {"data": cars, "feature_network": eye, "side": "train"}
    found = evaluate(folder, metrics=["frechet"], **settings, **quietly)
    assert found.runs[0].memorisation is None
    assert found.protocol["training"] is None
    words = "neither the nearest ones nor their distances"
    assert sum(words in warning for warning in found.runs[0].warnings) == 1
    # nothing to rank by: random examples only
    assert found.protocol["ranked_by"] is None
    assert {example.kind for example in found.runs[0].examples} == {"random"}


def test_with_few_images_what_needs_more_is_left_out(
    painted, cars, eye, quietly
):
    settings = {"data": cars, "feature_network": eye, "images": 3}
    (run,) = evaluate(painted(), **settings, **quietly).runs
    assert not any("precision" in key for key in run.metrics)
    words = "precision_recall needs at least 4 images, and was left out"
    assert any(words in warning for warning in run.warnings)
    with pytest.raises(ValueError, match="needs at least 4.*Received: 3"):
        evaluate(
            painted("b"), metrics=["precision_recall"], **settings, **quietly
        )


def test_features_of_real_images_are_cached(
    painted, tmp_path, cars, eye, quietly
):
    settings = {"data": cars, "feature_network": eye, "cache": tmp_path / "c"}
    first = evaluate(painted(), **settings, **quietly)
    files = sorted((tmp_path / "c").iterdir())
    assert len(files) == 2  # of held-out and of training photographs
    assert all(file.name.startswith(eye.key) for file in files)
    second = evaluate(painted("b"), **settings, **quietly)
    assert second.runs[0].metrics == first.runs[0].metrics


def test_the_perceptual_distance(painted, tmp_path, cars, real, quietly):
    weights = write_vgg19_prefix(tmp_path / "vgg.npz")
    theirs = painted(change=lambda image, place: image + 9 * place)
    found = evaluate(theirs, data=cars, perceptual_weights=weights, **quietly)
    described = found.protocol["perceptual_network"]
    key = found.protocol["ranked_by"]
    assert key.startswith("perceptual_vgg19_") and key.endswith("_2_taps")
    assert found.runs[0].rows[0][key] == 0
    values = [row[key] for row in found.runs[0].rows]
    assert values == sorted(values) and values[-1] > 0
    # the mean activations are those of the two training photographs
    network = PerceptualNetwork(weights)
    images = np.stack([real[name] for name in TRAIN])
    network.calibrate(images.astype("float32") / 127.5 - 1)
    np.testing.assert_allclose(
        described["tap_means"], network.tap_means, rtol=1e-5
    )
    assert described["calibrated_on"] == 2
    assert described["calibration_side"] == "train"
    assert described["calibration_names"] == TRAIN
    digest = hashlib.sha256()
    for name in TRAIN:
        digest.update(b"(32, 48, 3)" + real[name].tobytes())
    assert described["calibration_sha256"] == digest.hexdigest()


def test_the_perceptual_distance_of_a_pair_is_the_same_among_others(
    painted, tmp_path, cars, real, quietly
):
    weights = write_vgg19_prefix(tmp_path / "vgg.npz")
    folder = painted(
        change=lambda image, place: image + 9, names=[*TRAIN, *HELD_OUT]
    )

    def row(**settings):
        settings |= {"perceptual_weights": weights, "metrics": ["perceptual"]}
        (run,) = evaluate(folder, data=cars, **settings, **quietly).runs
        rows = {row["name"]: row for row in run.rows}
        return rows["b0_02"]

    assert row() == row(images=3) == row(side="all")


def test_without_training_photographs_the_evaluated_ones_calibrate(
    tmp_path, cars, quietly
):
    weights = write_vgg19_prefix(tmp_path / "vgg.npz")
    opened = open_data(
        find_sources(tiny_gan()), cars, image_size=(32, 48), log=str
    )
    opened = dataclasses.replace(
        opened, calibration=opened.evaluated, calibration_side="evaluated"
    )
    _, described, warnings = calibrated_network(weights, opened)
    assert described["calibration_names"] == HELD_OUT
    assert "depends on which others are evaluated" in warnings[0]


@pytest.mark.parametrize("wrapped", [False, True])
def test_random_weights_are_refused(cars, quietly, wrapped):
    weights = PerceptualNetwork("random") if wrapped else "random"
    with pytest.raises(ValueError, match="numbers of random ones mean nothi"):
        evaluate(tiny_gan(), data=cars, perceptual_weights=weights, **quietly)


def test_few_images_for_sets_are_told(painted, cars, eye, quietly):
    theirs, settings = painted(), {"data": cars, "feature_network": eye}
    (run,) = evaluate(theirs, **settings, **quietly).runs
    assert any("6 images are few for prec" in words for words in run.warnings)
    found = evaluate(theirs, metrics=["frechet"], **settings, **quietly)
    assert not any("are few for" in words for words in found.runs[0].warnings)
    found = affordable_metrics(None, {"feature_network": eye}, 100)
    assert found[1] == []


def test_the_size_of_the_subsets_is_in_the_settings(
    painted, cars, eye, quietly
):
    found = evaluate(painted(), data=cars, feature_network=eye, **quietly)
    assert found.protocol["settings"]["kid_subset_size"] == 3


def test_the_segmentation_score_and_the_oracle(painted, cars, quietly):
    grey = painted(change=lambda image, place: image * 0 + 128)
    found = evaluate(grey, data=cars, segmenter=red_is_car, **quietly)
    scores = found.runs[0].metrics["segmentation"]
    # the box is half as high and half as wide as the image; JPEG blurs it
    assert scores["generated"]["class_iou"] == {"background": 0.75, "car": 0}
    assert scores["real"]["mean_iou"] > 0.9
    row = found.runs[0].rows[0]
    assert row["mean_iou"] == 0.375 and row["mean_iou_real"] > 0.9
    assert found.protocol["segmenter"]["name"] == "red_is_car"
    assert found.protocol["segmenter"]["weights_sha256"] is None


def test_a_segmenter_that_likes_generated_images_better_is_told(
    painted, cars, real, quietly
):
    def late(images):  # sees the box where it is brightest only
        return (images[..., 0] - images[..., 1] > 1.99).astype("int32")

    def box(image, place):
        red = image[..., :1] - image[..., 1:2] > 60
        return np.where(red, [255, 0, 0], image)

    settings = {"data": cars, "metrics": ["segmentation"]}
    clear = painted("clear", box)
    (run,) = evaluate(clear, segmenter=late, **settings, **quietly).runs
    scores = run.metrics["segmentation"]
    assert scores["generated"]["mean_iou"] > scores["real"]["mean_iou"]
    words = "reads the generated images better than the real ones"
    assert words in run.warnings[-1]
    same = painted("same")
    (run,) = evaluate(same, segmenter=late, **settings, **quietly).runs
    assert not any(words in warning for warning in run.warnings)


def test_a_segmenter_of_other_classes_is_found_before_painting(cars, quietly):
    def three(images):
        return np.zeros((*images.shape[:3], 3), "float32")

    with pytest.raises(ValueError, match="each of the 2 classes.*3 scores"):
        evaluate(tiny_gan(), data=cars, segmenter=three, **quietly)


@pytest.fixture
def segmenter_folder(tmp_path):
    """Writes what `train_segmenter` leaves, of a network that sees red."""

    def write(train, image_size, named=True):
        folder = tmp_path / "segmenter"
        folder.mkdir(exist_ok=True)
        inputs = keras.Input((None, None, 3))
        layer = keras.layers.Conv2D(
            2, 1, kernel_initializer="zeros", bias_initializer="ones"
        )
        keras.Model(inputs, layer(inputs)).save(folder / "segmenter.keras")
        content = {
            "data": {"train": {"names_sha256": names_hash(train)}},
            "image_size": image_size,
        }
        if named:
            content["data"]["train"]["names"] = train
        (folder / "segmenter.json").write_text(json.dumps(content))
        return folder

    return write


def test_a_segmenter_that_knows_the_images_is_told(
    painted, cars, segmenter_folder, quietly
):
    def warnings(train, size, named=True, **settings):
        folder = segmenter_folder(train, size, named)
        theirs = painted(str(named) + "".join(train))
        found = evaluate(
            theirs, data=cars, segmenter=folder, **settings, **quietly
        )
        described = found.protocol["segmenter"]
        assert described["path"] == str(folder)
        assert len(described["sha256"]) == 64
        assert len(described["weights_sha256"]) == 64
        assert described["name"] == "segmenter"
        return "\n".join(found.runs[0].warnings)

    assert "segmenter" not in warnings(TRAIN, [32, 48])
    # some of the training side, as --subset leaves
    assert "segmenter" not in warnings(TRAIN[:1], [32, 48])
    found = warnings([*TRAIN, *HELD_OUT[:2]], [64, 96])
    assert "was trained on 2 of the 6 evaluated images" in found
    assert "was trained at 64 96 and reads images of 32 48" in found
    # one of before, which does not name them
    assert "segmenter" not in warnings(TRAIN, [32, 48], False)
    found = warnings(TRAIN[:1], [32, 48], False)
    assert "may have been trained on some of the 6 evaluated" in found


@pytest.mark.parametrize(
    "text",
    [
        "{",
        "[]",
        '{"image_size": [32, 48]}',
        '{"data": {"train": {"names_sha256": ""}}, "image_size": []}',
        '{"data": {"train": {"names_sha256": ""}}, "image_size": [1]}',
        '{"data": {"train": 3}, "image_size": [32, 48]}',
    ],
)
def test_a_segmenter_with_a_damaged_protocol(
    painted, cars, segmenter_folder, quietly, text
):
    folder = segmenter_folder(TRAIN, [32, 48])
    (folder / "segmenter.json").write_text(text)
    settings = {"metrics": ["segmentation"], "segmenter": folder, "images": 1}
    (run,) = evaluate(painted(), data=cars, **settings, **quietly).runs
    words = "What the segmenter was trained on is not known"
    assert sum(words in warning for warning in run.warnings) == 1


def test_label_maps_that_are_all_void(tmp_path, painted, cars, real, quietly):
    data = tmp_path / "void"
    for kind in ("images", "labels"):
        (data / kind).mkdir(parents=True)
    for place, name in enumerate([*TRAIN, *HELD_OUT]):
        Image.fromarray(real[name]).save(data / "images" / f"{name}.png")
        label = np.full((32, 48), place % 2 if name in TRAIN else 9, "uint8")
        Image.fromarray(label).save(data / "labels" / f"{name}.png")
    rows = ["name,id,r,g,b", "ground,0,0,0,0", "car,1,255,255,255", "void,9"]
    (data / "classes.csv").write_text("\n".join(rows))
    shutil.copy(cars / "split.json", data)
    settings = {"data": data, "segmenter": red_is_car}
    (run,) = evaluate(painted(), **settings, **quietly).runs
    assert "segmentation" not in run.metrics
    words = "was left out: they hold void only"
    assert any(words in warning for warning in run.warnings)
    with pytest.raises(ValueError, match="Received: only void in all 6"):
        settings |= {"metrics": ["segmentation"]}
        evaluate(painted("b"), **settings, **quietly)


def test_a_segmenter_for_data_without_classes(tmp_path, rng, quietly):
    for side in ("train", "test"):
        (tmp_path / side).mkdir()
        pixels = rng.integers(0, 256, (32, 96, 3), "uint8")
        Image.fromarray(pixels).save(tmp_path / side / "0.png")
    quietly |= {"layout": "edges2shoes", "segmenter": red_is_car}
    gan = tiny_gan(class_table=None, channels=3)
    (run,) = evaluate(gan, data=tmp_path, **quietly).runs
    words = "no segmentation score: the segmenter is not used"
    assert any(words in warning for warning in run.warnings)


@pytest.mark.parametrize("value, kind", [(0, "zero"), (np.nan, "not finite")])
def test_perceptual_weights_that_see_nothing(
    painted, tmp_path, cars, quietly, value, kind
):
    path = write_vgg19_prefix(tmp_path / "vgg.npz")
    with np.load(path) as arrays:
        arrays = {k: np.full_like(x, value) for k, x in arrays.items()}
    np.savez(path, **arrays)
    with pytest.raises(ValueError, match=f"vgg.npz'.* in block 1 are {kind}"):
        evaluate(painted(), data=cars, perceptual_weights=path, **quietly)


def test_a_feature_network_is_made_from_a_model(painted, cars, eye, quietly):
    layers = [keras.Input((8, 8, 3)), keras.layers.GlobalAveragePooling2D()]
    model = keras.Sequential(layers)
    settings = {"data": cars, "metrics": ["frechet"], "feature_network": model}
    found = evaluate(painted(), **settings, **quietly)
    assert found.protocol["feature_network"]["dimensions"] == 3


def test_networks_come_from_files(painted, tmp_path, cars, quietly):
    layers = [keras.Input((8, 8, 3)), keras.layers.AveragePooling2D(4)]
    keras.Sequential(layers).save(tmp_path / "pool.keras")
    found = evaluate(
        painted(),
        data=cars,
        metrics=["frechet"],
        feature_network=str(tmp_path / "pool.keras"),
        **quietly,
    )
    assert found.protocol["feature_network"]["name"].startswith("pool_")


@pytest.mark.parametrize(
    "settings, words",
    [
        ({"metrics": 5}, "must be a list of names"),
        ({"feature_network": 5}, "Received: feature_network=5"),
        ({"perceptual_weights": 5}, "Received: perceptual_weights=5"),
        ({"segmenter": 5}, "Received: segmenter=5"),
        ({"segmenter": []}, r"Received: segmenter=\[\]"),
        ({"segmenter": True}, "Received: segmenter=True"),
        ({"metrics": ["fid"]}, "There is no metric 'fid'"),
        ({"metrics": ["frechet"]}, "Received: feature_network=None"),
        ({"feature_network": "x.tflite"}, "an existing file.*'x.tflite'"),
        ({"perceptual_weights": "x.npz"}, "an existing file.*'x.npz'"),
        ({"segmenter": "x.keras"}, '"x.keras", which is missing'),
    ],
)
def test_what_cannot_be_measured_with(painted, cars, quietly, settings, words):
    with pytest.raises(ValueError, match=words):
        evaluate(painted(), data=cars, **settings, **quietly)
