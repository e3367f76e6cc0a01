import hashlib
import pathlib

import numpy as np
import pytest

from keras_pix2pixhd import evaluate
from keras_pix2pixhd.data import (
    CAMVID11,
    CARVANA,
    connected_components,
    read_pairs,
)
from keras_pix2pixhd.features import FeatureClusters
from keras_pix2pixhd.generation import generate_folder
from keras_pix2pixhd.generation.styles import seed_of
from tests.evaluation.conftest import HELD_OUT
from tests.evaluation.small_run import tiny_gan, write_run

_STYLES = np.linspace(-3, 3, 14).reshape(7, 2)


def clusters(styles=_STYLES):
    return FeatureClusters([styles, styles], CARVANA, "labels")


@pytest.fixture
def featured(tmp_path, cars):
    """A run with instance features that follow labels."""
    gan = tiny_gan(follow="labels")
    folder = write_run(tmp_path / "0001-cars", cars, gan, features="labels")
    clusters().save(folder / "features.npz")
    return folder


@pytest.fixture
def labels(cars):
    pairs = read_pairs(cars).select(HELD_OUT)
    return [pairs.read(place)["label"][None] for place in range(len(pairs))]


def l1_of(generated, real):
    return np.abs(generated[0].astype(float) - real).mean()


def test_features_are_encoded_from_the_photographs(
    featured, labels, real, quietly
):
    found = evaluate(featured, metrics=["l1"], **quietly)
    (run,) = found.runs
    assert run.model["features"] == "encode"
    assert run.model["features_file"] is None
    assert "was told the instance features" in run.warnings[0]
    gan = tiny_gan(follow="labels")
    for label, row in zip(labels, run.rows, strict=True):
        image = real[row["name"]]
        painted = gan.generate(label, image=image[None])
        assert row["l1"] == pytest.approx(l1_of(painted, image))


def test_features_are_drawn_as_generate_draws_them(
    featured, tmp_path, cars, real, quietly
):
    found = evaluate(
        featured, metrics=["l1"], features="sample", seed=3, **quietly
    )
    assert found.runs[0].model["features"] == "sample"
    file = featured / "features.npz"
    assert found.runs[0].model["features_file"] == {
        "path": str(file),
        "sha256": hashlib.sha256(file.read_bytes()).hexdigest(),
    }
    generate_folder(
        featured,
        cars / "masks",
        tmp_path / "out",
        features="sample",
        seed=3,
    )
    # named as the masks, which is understood
    of_files = evaluate(tmp_path / "out", data=cars, metrics=["l1"], **quietly)
    assert of_files.runs[0].rows == found.runs[0].rows


def test_the_clusters_that_styles_are_drawn_from_are_named(
    featured, tmp_path, quietly
):
    other = tmp_path / "other.npz"
    clusters(_STYLES[2:]).save(other)
    beside = featured / "features.npz"
    calls = {
        beside: {"styles": 2},  # encoded, with drawn styles
        other: {"features": str(other)},
        None: {"features": clusters()},
    }
    for file, settings in calls.items():
        settings |= {"metrics": ["l1"], "images": 1}
        (run,) = evaluate(featured, **settings, **quietly).runs
        known = file and hashlib.sha256(file.read_bytes()).hexdigest()
        path = file and str(file)
        assert run.model["features_file"] == {"path": path, "sha256": known}


def test_the_diversity_of_styles(featured, labels, quietly):
    found = evaluate(featured, metrics=["l1"], styles=2, seed=5, **quietly)
    (run,) = found.runs
    assert list(run.diversity) == ["diversity_l1_s2"]
    assert found.protocol["settings"]["styles"] == 2
    # by hand: the two styles of each label map, as they are drawn
    gan, differences = tiny_gan(follow="labels"), []
    for name, label in zip(HELD_OUT, labels, strict=True):
        path = pathlib.Path(f"{name}_mask.png")
        first, second = (
            gan.generate(
                label,
                features=clusters().sample(label, seed=seed_of(seed, path)),
            )
            for seed in (5, 6)
        )
        differences.append(l1_of(first, second[0].astype(float)))
    assert run.diversity["diversity_l1_s2"] == pytest.approx(
        np.mean(differences)
    )


def test_styles_that_do_nothing_are_told(featured, quietly):
    clusters(_STYLES[:1]).save(featured / "features.npz")
    (run,) = evaluate(featured, metrics=["l1"], styles=3, **quietly).runs
    assert run.diversity == {"diversity_l1_s3": 0.0}
    assert "differ by 0 grey levels only" in run.warnings[-1]


def test_without_features_there_are_no_styles(cars, quietly):
    settings = {"data": cars, "metrics": ["l1"], "styles": 2}
    (run,) = evaluate(tiny_gan(), **settings, **quietly).runs
    assert run.diversity is None and run.model["features"] is None
    assert "has no instance features" in run.warnings[-1]


def test_styles_need_fitted_features(featured, quietly):
    (featured / "features.npz").unlink()
    with pytest.raises(ValueError, match="pix2pixhd features fit"):
        evaluate(featured, styles=2, **quietly)


def test_instances_are_components_as_in_the_training(
    tmp_path, cars, labels, real, quietly
):
    gan = tiny_gan(edges=True)
    settings = {"use_instance_edges": True, "instances": "components"}
    folder = write_run(tmp_path / "run", cars, gan, **settings)
    (run,) = evaluate(folder, metrics=["l1"], **quietly).runs
    for label, row in zip(labels, run.rows, strict=True):
        painted = gan.generate(label, connected_components(label))
        assert row["l1"] == pytest.approx(l1_of(painted, real[row["name"]]))


def test_instances_that_are_not_there(cars, quietly):
    gan = tiny_gan(edges=True)
    words = "must have instance maps.*--instances components"
    with pytest.raises(ValueError, match=words):
        evaluate(gan, data=cars, **quietly)
    settings = {"data": cars, "metrics": ["l1"], "instances": "components"}
    assert evaluate(gan, **settings, **quietly).runs[0].metrics["images"] == 6


def test_data_of_other_classes(cars, quietly):
    words = "classes: 2 of the data, 11 of"
    with pytest.raises(ValueError, match=words):
        evaluate(tiny_gan(CAMVID11, 11), data=cars, **quietly)
    with pytest.raises(ValueError, match="with no classes, and data with cla"):
        evaluate(tiny_gan(None, 3), data=cars, **quietly)
