import keras
import numpy as np
import pytest
from PIL import Image

from keras_pix2pixhd import load_gan
from keras_pix2pixhd.cli import main
from keras_pix2pixhd.converters.save_networks import generator_state_dict
from keras_pix2pixhd.data import CITYSCAPES, ClassTable
from keras_pix2pixhd.models import GlobalGenerator, to_uint8
from tests.converters.checkpoints import write_checkpoint, write_state


@pytest.fixture
def calls(monkeypatch):
    """What reaches `import_nvidia`, which stops there."""
    found = []

    def fake(*arguments, **settings):
        found.append((arguments, settings))
        raise ValueError("It stops here. Received: a call")

    monkeypatch.setattr("keras_pix2pixhd.converters.import_nvidia", fake)
    return found


@pytest.fixture
def call(calls, tmp_path):
    def settings(*options):
        output = str(tmp_path / "x.keras")
        assert main(["import-nvidia", "folder", output, *options]) == 2
        (arguments, found), *_ = calls
        assert arguments == ("folder",) and found.pop("report") is print
        return found

    return settings


def test_nothing_is_given_by_itself(call):
    assert call() == {
        "epoch": "latest",
        "class_table": None,
        "use_instance_edges": None,
        "features": None,
    }


def test_the_options_reach_the_library(call):
    options = ["--epoch", "20", "--classes", "35", "--instance-edges"]
    assert call(*options, "--features", "labels") == {
        "epoch": "20",
        "class_table": 35,
        "use_instance_edges": True,
        "features": "labels",
    }


def test_no_instance_edges(call):
    assert call("--no-instance-edges")["use_instance_edges"] is False


def test_cityscapes(call):
    assert call("--classes", "cityscapes")["class_table"] == CITYSCAPES


def test_a_file_of_classes(call, tmp_path):
    table = ClassTable(["a"], [3], [(1, 2, 3)])
    table.save(tmp_path / "table.json")
    found = call("--classes", str(tmp_path / "table.json"))["class_table"]
    assert found == table


def test_an_unknown_class_table_is_one_line(tmp_path, capsys, calls):
    output = str(tmp_path / "x.keras")
    arguments = ["import-nvidia", "f", output, "--classes", "mine"]
    assert main(arguments) == 2
    words = "a number, the word cityscapes, or a JSON file of a class table"
    assert f"{words}. Received: 'mine'" in capsys.readouterr().err
    assert calls == []


@pytest.mark.parametrize(
    "name, words",
    [
        ("x.h5", "must go to a .keras file."),
        ("old.keras", "which exists. Choose another name"),
    ],
)
def test_a_wrong_output_is_refused_at_once(
    tmp_path, capsys, calls, name, words
):
    (tmp_path / "old.keras").write_text("mine")
    assert main(["import-nvidia", "folder", str(tmp_path / name)]) == 2
    err = capsys.readouterr().err
    assert words in err and err.count("\n") == 1
    assert calls == []
    assert (tmp_path / "old.keras").read_text() == "mine"


def test_both_kinds_of_edges_are_refused(capsys):
    edges = ["--instance-edges", "--no-instance-edges"]
    with pytest.raises(SystemExit) as exit:
        main(["import-nvidia", "folder", "x.keras", *edges])
    assert exit.value.code == 2
    assert "not allowed with" in capsys.readouterr().err


def test_a_folder_becomes_a_model(tmp_path, capsys):
    pytest.importorskip("torch")
    folder = write_checkpoint(tmp_path / "run", {}, G="global", D="disc")
    output = tmp_path / "new" / "x.keras"
    assert main(["import-nvidia", str(folder), str(output)]) == 0
    out = capsys.readouterr().out
    assert "GlobalGenerator(input_channels=6" in out
    assert "ignored: 9 biases in front of an instance normalization" in out
    assert out.endswith(f"model: {output}\n")
    assert load_gan(output).class_table == 5
    assert [path.name for path in output.parent.iterdir()] == ["x.keras"]


def test_a_mistake_leaves_no_file(tmp_path, capsys):
    pytest.importorskip("torch")
    folder = write_checkpoint(tmp_path / "run", {}, G="global", D="disc")
    output = tmp_path / "x.keras"
    arguments = ["import-nvidia", str(folder), str(output), "--classes", "9"]
    assert main(arguments) == 2
    err = capsys.readouterr().err
    assert "9 of the classes + 1 of the instance edges = 10" in err
    assert err.count("\n") == 1
    assert not output.exists()


def test_a_model_without_classes_paints_images(tmp_path, capsys):
    pytest.importorskip("torch")
    options = {"label_nc": 0, "no_instance": True}
    folder = write_checkpoint(tmp_path / "nvidia", options)
    generator = GlobalGenerator(
        3, filters=2, num_downsamplings=0, num_residual_blocks=1
    )
    state = generator_state_dict(generator)
    write_state(state, folder / "latest_net_G.pth")
    model = tmp_path / "model.keras"
    assert main(["import-nvidia", str(folder), str(model)]) == 0
    assert "it paints from images of 3 channels" in capsys.readouterr().out
    pixels = np.arange(6 * 9 * 3).reshape(6, 9, 3).astype("uint8")
    Image.fromarray(pixels).save(tmp_path / "a.png")
    paths = [model, tmp_path / "a.png", tmp_path / "b.png"]
    assert main(["generate", *map(str, paths)]) == 0
    seen = (pixels[None] / 127.5 - 1).astype("float32")
    expected = keras.ops.convert_to_numpy(to_uint8(generator(seen)))[0]
    found = np.asarray(Image.open(tmp_path / "b.png"))
    # the weights go through a file, the pixels through float32
    assert np.abs(found.astype(int) - expected).max() <= 1
