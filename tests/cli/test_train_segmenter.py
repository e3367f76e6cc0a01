import json
import pathlib

import pytest

from keras_pix2pixhd.cli import main
from keras_pix2pixhd.segmentation import SegmenterRun
from tests.carvana_folders import write_carvana

METRICS = {
    "images": 12,
    "pixel_accuracy": 0.9876,
    "mean_iou": 0.9,
    "class_iou": {"background": 0.95, "car": 0.85},
}
LINES = """\
held-out images: 12
  pixel accuracy 0.9876, mean IoU 0.9000
  background  0.9500
  car         0.8500
segmenter: my out/0001-cars/segmenter.keras
protocol:  my out/0001-cars/segmenter.json
Next:
  pix2pixhd evaluate RUN --segmenter 'my out/0001-cars'
"""


@pytest.fixture
def calls(monkeypatch):
    """What reaches `train_segmenter`."""
    found = []

    def fake(*arguments, **settings):
        found.append((arguments, settings))
        return SegmenterRun(pathlib.Path("my out/0001-cars"), METRICS)

    monkeypatch.setattr("keras_pix2pixhd.segmentation.train_segmenter", fake)
    return found


def test_the_scores_and_where_the_segmenter_is(calls, capsys):
    assert main(["train-segmenter", "--data", "cars"]) == 0
    assert calls == [(("cars",), {"progress": None})]
    assert capsys.readouterr().out == LINES


def test_every_option_reaches_the_library(calls):
    text = (
        "--data cars --layout own --classes c.csv --output out --image-size 9 "
        "12 --steps 5 --batch-size 3 --filters 7 --seed 2 --train-fraction "
        "0.5 --subset 8"
    )
    assert main(["train-segmenter", *text.split()]) == 0
    (_, settings), *_ = calls
    assert settings == {
        "progress": None,
        "layout": "own",
        "classes": "c.csv",
        "output": "out",
        "image_size": [9, 12],
        "steps": 5,
        "batch_size": 3,
        "filters": 7,
        "seed": 2,
        "train_fraction": 0.5,
        "subset": 8,
    }


def test_what_is_given_wins_over_a_smoke_run(calls):
    words = ["train-segmenter", "--data", "cars", "--smoke", "--steps", "9"]
    assert main(words) == 0
    (_, settings), *_ = calls
    assert settings["steps"] == 9
    assert settings["filters"] == 4 and settings["image_size"] == (32, 48)


@pytest.mark.slow
def test_a_smoke_run_is_a_whole_one(tmp_path, capsys):
    data = write_carvana(tmp_path / "cars")
    words = ["--data", str(data), "--output", str(tmp_path / "out")]
    assert main(["train-segmenter", *words, "--smoke"]) == 0
    out, err = capsys.readouterr()
    assert "step 4/4: loss" in out and "mean IoU" in out and not err
    folder = tmp_path / "out" / "0001-cars"
    said = json.loads((folder / "segmenter.json").read_text())
    assert f"mean IoU {said['held_out']['mean_iou']:.4f}" in out


def test_a_mistake_is_one_line(tmp_path, capsys):
    words = ["--data", str(tmp_path), "--output", str(tmp_path / "out")]
    assert main(["train-segmenter", *words]) == 2
    err = capsys.readouterr().err
    assert err.startswith("pix2pixhd: error: ") and err.count("\n") == 1
    assert not (tmp_path / "out").exists()
    with pytest.raises(SystemExit) as exit:
        main(["train-segmenter"])
    assert exit.value.code == 2
    assert "are required: --data" in capsys.readouterr().err
