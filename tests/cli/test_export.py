"""`pix2pixhd export`, as it is typed."""

import json
import re
import shutil

import keras
import pytest

from keras_pix2pixhd.cli import main
from keras_pix2pixhd.export.parity import check_parity
from tests.export.gans import TABLE, gan_with_everything
from tests.export.in_this_process import paint

pytestmark = pytest.mark.skipif(
    keras.backend.backend() != "tensorflow", reason="needs TensorFlow"
)


@pytest.fixture(scope="module")
def run(tmp_path_factory):
    """A folder like that of a run, with absolute paths in its settings."""
    folder = tmp_path_factory.mktemp("runs") / "0007-cars"
    folder.mkdir()
    gan_with_everything().save(folder / "model.keras")
    config = {"preset": "cars", "data": str(folder), "image_size": [16, 24]}
    (folder / "config.json").write_text(json.dumps(config))
    (folder / "metrics.json").write_text('{"trained": {"l1": 0.25}}')
    return folder


@pytest.fixture(autouse=True)
def in_this_process(monkeypatch):
    """Fresh processes take seconds, and are tested elsewhere."""
    monkeypatch.setattr(check_parity, "_run", paint)


def test_versions_for_a_server(run, tmp_path, capsys):
    out = tmp_path / "served"
    for version in ("1", "2"):
        assert main(["export", str(run), "--output", str(out)]) == 0
        assert (out / "cars" / version / "saved_model.pb").is_file()
    lines = capsys.readouterr().out.splitlines()
    assert lines[0].startswith("1 x 37 x 53: differs by ")
    assert "1 x 16 x 24" in lines[2]
    assert lines[3].startswith(f"saved-model: {out}/cars/1, ")
    assert lines[4] == f"TF Serving: {out}/cars/serving"
    config = (out / "cars/serving/models.config").read_text()
    assert 'name: "cars"' in config
    assets = out / "cars/1/assets.extra"
    facts = json.loads((assets / "provenance.json").read_text())
    assert facts["source"]["name"] == "0007-cars"
    assert facts["run"] == {
        "preset": "cars",
        "data": "0007-cars",
        "image_size": [16, 24],
    }
    assert facts["metrics"] == {"trained": {"l1": 0.25}}
    assert (assets / "tf_serving_warmup_requests").is_file()
    for file in out.rglob("*"):
        if file.is_file():
            assert str(run.parent).encode() not in file.read_bytes()


def test_another_format_beside_them(run, tmp_path, capsys):
    words = ["export", str(run), "--format", "keras", "--weights", "float16"]
    words += ["--output", str(tmp_path), "--name", "mine"]
    assert main(words) == 0
    folder = tmp_path / "mine" / "keras-float16"
    assert {file.name for file in folder.iterdir()} == {
        "model.keras",
        "classes.json",
        "provenance.json",
        "parity.json",
        "LICENSE.txt",
    }
    assert main(words) == 2
    assert "must be new or empty" in capsys.readouterr().err


def test_an_export_that_differs_is_exit_code_1(
    run, tmp_path, capsys, monkeypatch
):
    monkeypatch.setitem(check_parity.BOUNDS, "float32", (-1, -1))
    words = ["export", str(run), "--format", "keras"]
    assert main([*words, "--output", str(tmp_path)]) == 1
    last = capsys.readouterr().out.splitlines()[-1]
    assert last.startswith("pix2pixhd: The export must paint as the model does")
    assert not list((tmp_path / "cars").iterdir())


@pytest.mark.parametrize(
    "words, said",
    [
        (["--format", "png"], "format must be one of saved-model, onnx"),
        (["--weights", "int8"], "weights of saved-model must be one of"),
        (["--name", "my cars"], "name of a model must be letters.*'my cars'"),
        (["--name=-x"], "name of a model must be letters.*'-x'"),
        (["--max-pixels", "0"], "max_pixels must be an int in"),
        (["--processor", "tpu"], "invalid choice"),
        (["--license", "/no/file"], "licence must be a text file"),
        (["--format", "onnx", "--strict"], "strict is for the format saved"),
    ],
)
def test_mistakes_are_one_line(run, tmp_path, capsys, words, said):
    try:
        code = main(["export", str(run), "--output", str(tmp_path), *words])
    except SystemExit as stop:
        code = stop.code
    assert code == 2
    error = capsys.readouterr().err
    assert error.count("\n") == 1
    assert re.search(said, error)


@pytest.mark.parametrize(
    "name, text, said",
    [
        ("config.json", "{", "config.json. must be a JSON file.*Mend it"),
        ("metrics.json", b"\xff", "metrics.json. must be a JSON file"),
        ("config.json", '{"image_size": 64}', "must be a height and a width"),
        ("config.json", '{"image_size": [64, 0]}', "height and a width"),
    ],
)
def test_a_run_with_a_broken_file(run, tmp_path, capsys, name, text, said):
    broken = shutil.copytree(run, tmp_path / "broken")
    content = text if isinstance(text, bytes) else text.encode()
    (broken / name).write_bytes(content)
    out = str(tmp_path / "out")
    words = ["export", str(broken), "--format", "keras", "--output", out]
    assert main(words) == 2
    error = capsys.readouterr().err
    assert re.search(said, error) and error.count("\n") == 1


def test_numbers_that_json_has_not_are_left_out(run, tmp_path):
    from keras_pix2pixhd.export.model_source import ModelSource

    copy = shutil.copytree(run, tmp_path / "copy")
    (copy / "metrics.json").write_text('{"psnr": [Infinity, NaN, 3.5]}')
    assert ModelSource(copy).facts()["metrics"] == {"psnr": [None, None, 3.5]}


def test_the_images_of_the_run_must_fit(run, tmp_path, capsys):
    large = shutil.copytree(run, tmp_path / "large")
    (large / "config.json").write_text('{"image_size": [100, 200]}')
    words = ["export", str(large), "--output", str(tmp_path / "out")]
    assert main([*words, "--max-pixels", "19999"]) == 2
    assert "int in [20000, 2147483647]" in capsys.readouterr().err


def test_a_run_that_is_none(tmp_path, capsys):
    assert main(["export", str(tmp_path / "none")]) == 2
    assert "must be a .keras file or a run folder" in capsys.readouterr().err


def test_the_table_is_that_of_the_run(run):
    from keras_pix2pixhd.export.model_source import ModelSource

    source = ModelSource(run / "model.keras")
    assert source.gan.class_table == TABLE
    assert source.name == "model" and source.image_size() is None
