import pathlib

import pytest

from keras_pix2pixhd.cli import main
from keras_pix2pixhd.features import FeatureClusters
from tests.features.standing_in import TABLE


def clusters(table=TABLE):
    return FeatureClusters(
        [[[0.5]], [[-1.0], [1.0]], None],
        table,
        samples=[12, 345, 0],
        source="runs/0001-toy",
        images=["a", "b"],
    )


LINES = """\
1 numbers that follow instances, from 2 photographs of runs/0001-toy
class   styles  samples
ground       1       12
car          2      345
classes without styles: 1
"""


@pytest.fixture
def calls(monkeypatch):
    """What reaches `fit_run_features`."""
    found = []

    def fake(*arguments, **settings):
        found.append((arguments, settings))
        return clusters(), pathlib.Path("run/features.npz")

    monkeypatch.setattr(
        "keras_pix2pixhd.runs.run_features.fit_run_features", fake
    )
    return found


def test_fit(calls, capsys):
    assert main(["features", "fit", "run"]) == 0
    (arguments, settings), *_ = calls
    assert arguments == ("run",)
    assert settings == {
        "data": None,
        "clusters": 10,
        "seed": 0,
        "output": None,
        "progress": None,
    }
    out = capsys.readouterr().out
    assert out == LINES + "features: run/features.npz\n"


def test_the_options_of_fit(calls):
    options = "--data cars --clusters 4 --seed 7 --output x.npz".split()
    assert main(["features", "fit", "run", *options]) == 0
    (_, settings), *_ = calls
    assert settings["data"] == "cars" and settings["output"] == "x.npz"
    assert settings["clusters"] == 4 and settings["seed"] == 7


def test_show(tmp_path, capsys):
    clusters().save(tmp_path / "features.npz")
    for path in (tmp_path, tmp_path / "features.npz"):
        assert main(["features", "show", str(path)]) == 0
        assert capsys.readouterr().out == LINES


def test_show_without_names(tmp_path, capsys):
    clusters(3).save(tmp_path / "features.npz")
    assert main(["features", "show", str(tmp_path)]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert lines[2].split() == ["0", "1", "12"]


def test_mistakes(tmp_path, capsys):
    for action in ("show", "fit"):
        assert main(["features", action, str(tmp_path / "nowhere")]) == 2
        line = capsys.readouterr().err
        assert line.count("\n") == 1 and "nowhere" in line
    for wrong in ([], ["fit"], ["cluster", "run"], ["fit", "r", "--seed", "x"]):
        with pytest.raises(SystemExit) as exit:
            main(["features", *wrong])
        assert exit.value.code == 2
        line = capsys.readouterr().err
        assert line.endswith("--help.\n") and line.count("\n") == 1
