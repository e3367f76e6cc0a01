import shutil

import keras
import numpy as np
import pytest

from keras_pix2pixhd.config import RunConfig
from keras_pix2pixhd.data import TOY_CARS, read_pairs, split, write_toy_cars
from keras_pix2pixhd.features import FeatureClusters
from keras_pix2pixhd.models import (
    GlobalGenerator,
    InstanceFeatureEncoder,
    MultiscaleDiscriminator,
    Pix2PixHDGAN,
)
from keras_pix2pixhd.runs.run_features import find_features, fit_run_features

SIZE = (16, 24)


def make_gan():
    channels = len(TOY_CARS)
    keras.utils.set_random_seed(5)
    gan = Pix2PixHDGAN(
        GlobalGenerator(
            channels + 2, filters=2, num_downsamplings=1, num_residual_blocks=0
        ),
        MultiscaleDiscriminator(channels + 3, filters=2, num_layers=1),
        class_table=TOY_CARS,
        feature_encoder=InstanceFeatureEncoder(
            feature_channels=2, filters=2, num_downsamplings=1
        ),
    )
    gan.compile("adam", "adam")
    return gan


@pytest.fixture
def run(tmp_path):
    """The folder of a run with drawn cars, as `train` leaves it."""
    pytest.importorskip("sklearn")
    folder = tmp_path / "run"
    folder.mkdir()
    write_toy_cars(folder / "toy_cars", 24, (32, 48), seed=0)
    make_gan().save(folder / "model.keras")
    write_config(folder)
    return folder


def write_config(folder, **settings):
    config = RunConfig().replace(
        {"image_size": SIZE, "features": "instances", **settings}
    )
    (folder / "config.json").write_text(config.to_json())


def test_toy_cars(run):
    lines, seen = [], []
    clusters, path = fit_run_features(
        run,
        clusters=3,
        progress=lambda *arguments: seen.append(arguments),
        log=lines.append,
    )
    assert path == run / "features.npz"
    toys = run / "toy_cars"
    train = split(read_pairs(toys), toys).train
    assert clusters.images == train.names
    assert clusters.source == str(run)
    assert clusters.class_table == TOY_CARS
    assert seen[-1] == (len(train), len(train))
    assert str(toys) in lines[0]
    assert max(len(styles) for styles in clusters.centers) == 3
    for found in (find_features(run), find_features(path)):
        for ours, theirs in zip(found.centers, clusters.centers, strict=True):
            np.testing.assert_array_equal(ours, theirs)


def test_the_styles_lie_among_what_the_encoder_says(run):
    clusters, _ = fit_run_features(run, clusters=1, log=str)
    toys = run / "toy_cars"
    gan, values = make_gan(), []
    sky = TOY_CARS.index("sky")
    for index in range(len(clusters.images)):
        train = split(read_pairs(toys), toys).train
        pair = train.read(index, SIZE)
        features = gan.encode(
            pair["image"][None], instance=pair["instance"][None]
        )
        for number in np.unique(pair["instance"]):
            inside = pair["instance"] == number
            of_it = pair["label"][inside] == sky
            if of_it.all() and inside.sum() > SIZE[0] * SIZE[1] / 64:
                values.append(features[0][inside].mean(axis=0))
    assert clusters.samples[sky] == len(values)
    np.testing.assert_allclose(
        clusters.centers[sky][0], np.mean(values, axis=0), atol=1e-4
    )


def test_another_data_folder_and_file(run, tmp_path):
    moved = tmp_path / "moved"
    shutil.move(run / "toy_cars", moved)
    write_config(run, data=str(run / "gone"), instances="components")
    words = 'gone", which is no folder. Say where it is now with --data'
    with pytest.raises(ValueError, match=words):
        fit_run_features(run)
    output = tmp_path / "styles.npz"
    _, path = fit_run_features(run, data=moved, output=output, log=str)
    assert path == output
    assert isinstance(find_features(output), FeatureClusters)
    assert not (run / "features.npz").exists()


def test_errors(run, tmp_path):
    with pytest.raises(ValueError, match="folder. Received: .*nowhere/x.npz"):
        fit_run_features(run, output=tmp_path / "nowhere" / "x.npz")
    (run / "config.json").unlink()
    with pytest.raises(ValueError, match="with model.keras and config.json"):
        fit_run_features(run)
    with pytest.raises(ValueError, match="must come with data to fit"):
        fit_run_features(run / "model.keras")
    with pytest.raises(ValueError, match='features.npz", which is missing'):
        find_features(run)


def test_a_model_in_a_file_is_fitted_to_all_pairs_of_a_folder(run):
    (run / "config.json").unlink()
    clusters, path = fit_run_features(
        run / "model.keras", data=run / "toy_cars", log=str
    )
    assert path == run / "features.npz"
    assert len(clusters.images) == 24


def test_a_coarse_stage_finds_the_drawn_cars_of_its_run(run):
    stage = run / "coarse-16x24"
    stage.mkdir()
    for name in ("model.keras", "config.json"):
        shutil.copy(run / name, stage / name)
    _, path = fit_run_features(stage, log=str)
    assert path == stage / "features.npz"


def test_only_a_new_kind_of_file_is_written(run):
    before = (run / "model.keras").read_bytes()
    for output in (run / "model.keras", run / "config.json", run):
        with pytest.raises(ValueError, match="must go to a .npz file"):
            fit_run_features(run, output=output)
    assert (run / "model.keras").read_bytes() == before
