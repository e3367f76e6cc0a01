import importlib
import inspect
import json
import pathlib
import shutil

import pytest

from keras_pix2pixhd.cli import main
from keras_pix2pixhd.evaluation import Evaluation, RunEvaluation
from tests.carvana_folders import write_carvana
from tests.evaluation.small_run import write_run


@pytest.fixture
def calls(monkeypatch):
    """What reaches `evaluate`, which finds an L1 of 12.5."""
    found = []

    def fake(models, **settings):
        found.append((models, settings))
        protocol = {
            "data": {"images": 4, "side": "held_out", "classes": []},
            "image_size": [64, 96],
            "metrics": ["l1"],
        }
        run = RunEvaluation("0001-toy", {}, {"images": 4, "l1": 12.5})
        return Evaluation(protocol, [run], pathlib.Path("out"))

    monkeypatch.setattr("keras_pix2pixhd.evaluation.evaluate", fake)
    return found


def test_what_is_printed(calls, capsys):
    assert main(["evaluate", "runs/0001-toy"]) == 0
    assert calls[0][0] == ["runs/0001-toy"]
    lines = capsys.readouterr().out.splitlines()
    assert lines[0] == "4 images (held_out) at 64 96"
    assert lines[2].split() == ["l1", "12.5", "lower"]
    assert sum(line.startswith("left out: ") for line in lines) == 3
    assert lines[-2:] == [
        "numbers: out/metrics.json",
        "report:  out/report.html",
    ]


def test_without_options_the_defaults_are_those_of_the_library(calls):
    assert main(["evaluate", "run"]) == 0
    home = importlib.import_module("keras_pix2pixhd.evaluation.evaluate")
    parameters = inspect.signature(home.evaluate).parameters
    (_, settings), *_ = calls
    for name, value in settings.items():
        assert value == parameters[name].default, name


def test_the_options_reach_the_library(calls, capsys):
    options = (
        "--data d --layout own --classes c.csv --side all --images 9 "
        "--image-size 64 96 --batch-size 4 --metrics l1,ssim "
        "--feature-network f.tflite --perceptual v.npz --segmenter s.keras "
        "--features sample --styles 5 --training-images 50 --seed 3 "
        "--examples 2 --save-images --output o --cache k "
        "--instances components"
    )
    assert main(["evaluate", "a", "b", *options.split()]) == 0
    ((models, settings),) = calls
    assert models == ["a", "b"]
    assert settings == {
        "data": "d",
        "layout": "own",
        "classes": "c.csv",
        "side": "all",
        "images": 9,
        "image_size": (64, 96),
        "batch_size": 4,
        "metrics": ["l1", "ssim"],
        "feature_network": "f.tflite",
        "perceptual_weights": "v.npz",
        "segmenter": "s.keras",
        "features": "sample",
        "styles": 5,
        "training_images": 50,
        "seed": 3,
        "examples": 2,
        "save_images": True,
        "output": "o",
        "cache": "k",
        "instances": "components",
        "progress": None,
    }
    # the metrics were chosen: nothing is missed
    assert "left out" not in capsys.readouterr().out


@pytest.fixture(scope="module")
def run(tmp_path_factory):
    """A run folder, and its data beside it."""
    folder = tmp_path_factory.mktemp("cli")
    return write_run(folder / "run", write_carvana(folder / "data"))


def test_a_whole_evaluation(run, tmp_path, capsys):
    run = shutil.copytree(run, tmp_path / "0001-cars")
    assert main(["evaluate", str(run), "--save-images"]) == 0
    out = capsys.readouterr().out
    folder = run / "evaluation"
    assert f"report:  {folder / 'report.html'}\n" in out
    content = json.loads((folder / "metrics.json").read_text())
    images = content["protocol"]["data"]["images"]
    assert out.splitlines()[1] == f"{images} images (held_out) at 32 48"
    kept = list((folder / "generated" / "0001-cars").glob("*.png"))
    assert len(kept) == images > 0


@pytest.mark.parametrize(
    "arguments, words",
    [
        (["{nowhere}"], "which is missing"),
        (["{data}/images"], "--data DIR --image-size HEIGHT WIDTH"),
        (["{run}", "--data", "{nowhere}"], "must be an existing folder"),
        (["{run}", "--metrics", "fid"], "There is no metric 'fid'"),
        (["{run}", "--metrics", ","], "must be at least one metric"),
        (["{run}", "--metrics", "frechet"], "(--feature-network NETWORK)"),
        (["{run}", "--feature-network", "{nowhere}"], "existing file"),
        (["{run}", "--perceptual", "{nowhere}"], "existing file"),
        (["{run}", "--segmenter", "{nowhere}"], "which is missing"),
        (["{run}", "--images", "0"], "at least 1"),
        (["{run}", "--styles", "1"], "at least 2"),
        (["{run}", "--output", "{data}"], "where images are read"),
        (["{run}", "--output", "{run}"], "which holds config.json"),
        (["{run}", "--output", "/proc/x/y"], "must be writable"),
    ],
)
def test_mistakes_are_one_line(run, capsys, arguments, words):
    data = run.with_name("data")
    places = {"run": run, "data": data, "nowhere": "/nowhere/x"}
    arguments = [argument.format(**places) for argument in arguments]
    assert main(["evaluate", *arguments]) == 2
    line = capsys.readouterr().err
    assert line.startswith("pix2pixhd: error: ") and line.count("\n") == 1
    assert words in line
    assert not (run / "evaluation").exists()


@pytest.mark.parametrize("wrong", [[], ["run", "--side", "x"], ["r", "--nope"]])
def test_wrong_options_are_one_line(wrong, capsys):
    with pytest.raises(SystemExit) as exit:
        main(["evaluate", *wrong])
    assert exit.value.code == 2
    line = capsys.readouterr().err
    assert line.endswith("--help.\n") and line.count("\n") == 1
