import pathlib

import keras
import pytest

from keras_pix2pixhd.evaluation.subjects.sources import find_sources
from tests.evaluation.small_run import tiny_gan


@pytest.fixture
def run(tmp_path):
    """What looks like a run folder."""
    folder = tmp_path / "0001-toy"
    folder.mkdir()
    (folder / "model.keras").write_bytes(b"")
    (folder / "config.json").write_text('{"epochs": 7}')
    return folder


def test_a_run_and_its_configuration(run):
    (source,) = find_sources(run)
    assert (source.name, source.kind, source.path) == ("0001-toy", "run", run)
    assert source.config.epochs == 7


def test_a_file_of_a_run_is_only_a_file(run):
    (source,) = find_sources(str(run / "model.keras"))
    assert (source.name, source.kind) == ("0001-toy", "file")
    assert source.config is None
    other = run / "epoch_7.keras"
    other.write_bytes(b"")
    assert find_sources(other)[0].name == "epoch_7"


def test_a_folder_with_a_model_alone(run):
    (run / "config.json").unlink()
    (source,) = find_sources(run)
    assert source.kind == "run" and source.config is None


def test_a_folder_of_images_below_it(tmp_path):
    (tmp_path / "theirs" / "town").mkdir(parents=True)
    (tmp_path / "theirs" / "town" / "a.PNG").write_bytes(b"")
    (source,) = find_sources(tmp_path / "theirs")
    assert (source.name, source.kind) == ("theirs", "images")


def test_names_are_different(run):
    gan = tiny_gan()
    names = [source.name for source in find_sources([run, gan, run, run, gan])]
    assert names == [
        "0001-toy",
        gan.name,
        "0001-toy-2",
        "0001-toy-3",
        f"{gan.name}-2",
    ]


def test_the_name_is_that_of_the_folder_however_it_is_said(run, monkeypatch):
    monkeypatch.chdir(run)
    (source,) = find_sources(".")
    assert source.name == "0001-toy" and source.path == pathlib.Path(".")


def test_whose_configuration_is_wrong_is_said(run):
    (run / "config.json").write_text('{"epochs": -7}')
    with pytest.raises(ValueError, match='In ".*0001-toy/config.json": .*-7'):
        find_sources(run)


def test_a_folder_of_runs_is_none(tmp_path, run):
    (run / "samples").mkdir()
    (run / "samples" / "epoch_1.png").write_bytes(b"")
    words = "holds runs .* no model.keras itself; did you mean .*/0001-toy\\?"
    with pytest.raises(ValueError, match=words):
        find_sources(tmp_path)


def test_what_is_none_of_these(tmp_path, run):
    with pytest.raises(ValueError, match='"/nowhere", which is missing'):
        find_sources("/nowhere")
    (tmp_path / "empty").mkdir()
    with pytest.raises(ValueError, match="which holds neither"):
        find_sources(tmp_path / "empty")
    (run / "model.keras").unlink()
    with pytest.raises(ValueError, match="it has not ended an epoch yet"):
        find_sources(run)
    with pytest.raises(ValueError, match="Received: int"):
        find_sources([3])
    for thing in (5, None, keras.Sequential()):
        with pytest.raises(ValueError, match="must be a Pix2PixHDGAN, or the"):
            find_sources(thing)
    with pytest.raises(ValueError, match="Received: none"):
        find_sources([])
