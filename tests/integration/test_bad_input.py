"""Every mistake of a user: one line that says what to do, and no run folder."""

import json
import os
import pathlib
import shutil
import subprocess
import sys
import tempfile

import keras
import numpy as np
import pytest
from PIL import Image

from keras_pix2pixhd.cli import main
from keras_pix2pixhd.config import RunConfig
from keras_pix2pixhd.data import CARVANA
from keras_pix2pixhd.runs import build_gan
from tests.carvana_folders import write_carvana


@pytest.fixture
def cars(tmp_path):
    return write_carvana(tmp_path / "cars")


@pytest.fixture
def refused(capsys, monkeypatch, tmp_path):
    """Runs a command that must be refused; returns what it says."""
    monkeypatch.chdir(tmp_path)

    def call(*arguments):
        assert main([str(a) for a in arguments]) == 2
        err = capsys.readouterr().err
        assert err.startswith("pix2pixhd: error: ")
        assert err.endswith("\n") and len(err.splitlines()) == 1
        assert list(tmp_path.glob("runs/*")) == []
        return err.removeprefix("pix2pixhd: error: ").strip()

    return call


@pytest.fixture
def train_refused(refused, cars):
    def call(*arguments):
        return refused("train", "--smoke", "--data", cars, *arguments)

    return call


def test_a_missing_folder(refused):
    text = refused("train", "--data", "nowhere")
    assert text == "`folder` must be an existing folder. Received: nowhere"


def test_a_file_for_a_folder(refused, cars):
    path = cars / "images" / "a0_01.jpg"
    assert "must be an existing folder" in refused("train", "--data", path)


def test_an_empty_folder(refused, tmp_path):
    (tmp_path / "empty").mkdir()
    text = refused("train", "--data", "empty")
    assert "Received: empty, which holds nothing. The layouts are" in text
    assert "images/ + masks/, train_images/ + train_masks/" in text


@pytest.mark.parametrize("name", ["images", "masks"])
def test_a_folder_without_images(train_refused, cars, name):
    shutil.rmtree(cars / name)
    (cars / name).mkdir()
    (cars / name / "notes.txt").write_text("x")
    text = train_refused()
    assert "must directly hold image files" in text
    assert f"{cars / name}, which holds 1 other entries (notes.txt)" in text


def test_an_image_without_its_mask(train_refused, cars):
    (cars / "masks" / "b0_02_mask.png").unlink()
    text = train_refused()
    assert "Each image must have exactly one label map." in text
    assert "Received: without label map: b0_02.jpg." in text


def test_a_mask_without_its_image(train_refused, cars):
    (cars / "images" / "b0_02.jpg").unlink()
    text = train_refused()
    assert "Received: label map without image: b0_02_mask.png." in text


def test_different_sizes_within_a_pair(train_refused, cars):
    path = cars / "masks" / "a1_01_mask.png"
    Image.new("L", (47, 32)).save(path)
    text = train_refused()
    assert "must have the same size" in text
    assert f'a1_01.jpg" 32 high and 48 wide, "{path}" 32 high and 47' in text


@pytest.mark.parametrize(
    "name, damage",
    [
        ("images/a1_01.jpg", lambda content: b"no image at all"),
        ("images/a1_01.jpg", lambda content: b""),
        ("images/a1_01.jpg", lambda content: content[: len(content) // 2]),
        ("masks/a1_01_mask.png", lambda content: b"no image at all"),
        ("masks/a1_01_mask.png", lambda content: content[: len(content) // 2]),
    ],
    ids=["no image", "empty", "truncated JPEG", "no mask", "truncated PNG"],
)
@pytest.mark.parametrize("check", ["true", "false"])
def test_a_corrupt_file(train_refused, cars, name, damage, check):
    """Found while reading everything, or else in the first evaluation."""
    config = ["--set", "evaluation_images=null", "--set", "train_fraction=0.1"]
    path = cars / name
    path.write_bytes(damage(path.read_bytes()))
    text = train_refused("--set", f"check_data={check}", *config)
    assert f'"{path}" must be a complete image file. Received: ' in text
    assert "Replace the file, or remove it" in text
    assert "Traceback" not in text and "tensorflow" not in text.lower()


def test_several_corrupt_files_are_all_counted(train_refused, cars):
    for name in ("a0_01", "a0_02", "a1_01", "a1_02", "b0_01", "b0_02"):
        (cars / "images" / f"{name}.jpg").write_bytes(b"x")
    text = train_refused()
    assert "6 problems in 8 pairs" in text and "; and 1 more" in text


def test_ids_outside_the_class_table(train_refused, cars):
    path = cars / "masks" / "a1_01_mask.png"
    mask = np.zeros((32, 48), "uint8")
    mask[0, :3], mask[1, 0] = 7, 200
    Image.fromarray(mask).save(path)
    text = train_refused()
    assert f'Every id of "{path}" must belong to a class' in text
    assert "Received: 7 (3 pixels), 200 (1 pixel). Add it to" in text


@pytest.mark.parametrize(
    "content, words",
    [
        ("{", "JSONDecodeError"),
        ('{"train": ["a0", "a1"]}', "KeyError: 'held_out'"),
        (
            '{"train": ["a0", "a1", "b0"], "held_out": ["b1", "b0"]}',
            "2 pairs on both sides: b0_01, b0_02",
        ),
        (
            '{"train": ["a0", "a1", "b0", "c9"], "held_out": ["b1"]}',
            "1 entries that match no pair: c9",
        ),
    ],
)
def test_a_split_file_that_does_not_fit(train_refused, cars, content, words):
    (cars / "split.json").write_text(content)
    text = train_refused()
    assert f'"{cars / "split.json"}" must ' in text and words in text


@pytest.mark.parametrize("settings", [["--subset", "1"]])
def test_too_few_pairs(train_refused, settings):
    assert "At least two pairs are needed" in train_refused(*settings)


def test_instance_edges_without_instance_maps(train_refused, cars):
    text = train_refused("--set", "use_instance_edges=true")
    assert f"Received: {cars}, which has image and label only." in text
    assert "Add instances/, or set instances=components for the con" in text
    assert "do without: use_instance_edges=false, features=none." in text


def test_fewer_label_channels_than_classes(train_refused):
    text = train_refused("--set", "label_channels=1")
    assert "label_channels must be at least the number of classes" in text
    assert "Received: label_channels=1, num_classes=2" in text


@pytest.mark.parametrize(
    "arguments, words",
    [
        (["--set", "toy_scenes=1"], "At least two pairs are needed"),
        (["--set", "label_channels=6"], "label_channels=6, num_classes=7"),
        (["--image-size", "8", "8"], "in [16, 1024]. Received: image_size=(8,"),
        (["--perceptual", "no.npz"], "VGG19 weights must be 'imagenet'"),
    ],
)
def test_toy_cars_that_cannot_be(refused, tmp_path, arguments, words):
    assert words in refused("train", "--smoke", *arguments)
    assert [p.name for p in tmp_path.iterdir() if p.name != "runs"] == []


def test_a_preset_a_key_or_a_value_that_does_not_exist(refused):
    text = refused("train", "--preset", "carvana-smal")
    assert "Did you mean 'carvana-small'? The presets are: toy, " in text
    text = refused("train", "--set", "epoch=3")
    assert "There is no setting 'epoch'. Did you mean 'epochs'?" in text
    text = refused("train", "--set", "epochs=many")
    assert "epochs must be an integer of at least 1" in text
    assert text.endswith("Received: 'many'")


@pytest.mark.parametrize(
    "content, words",
    [
        (None, "No such file or directory"),
        ("epochs: 3", "Expecting value: line 1 column 1"),
        ("[1, 2]", "a JSON object of settings. Received: my.json with a list"),
        ('{"epoch": 3}', "Did you mean 'epochs'?"),
        ('{"epochs": "3 or 4"}', "Received: '3 or 4'"),
    ],
)
def test_a_file_of_settings_that_cannot_be(refused, tmp_path, content, words):
    if content is not None:
        (tmp_path / "my.json").write_text(content)
    assert words in refused("train", "--config", "my.json")


@pytest.mark.parametrize(
    "name, content, words",
    [
        ("no.npz", None, "an existing file that ends in .h5, .npz or .pth"),
        ("vgg.txt", b"x", "an existing file that ends in .h5, .npz or .pth"),
        ("vgg.npz", b"x", "vgg.npz must hold the weights of VGG19."),
        ("vgg.h5", b"x", "vgg.h5 must hold the weights of VGG19."),
        ("vgg.pth", b"x", "pth"),
        ("", None, "perceptual must be text"),
    ],
)
def test_perceptual_weights_that_cannot_be_had(
    train_refused, tmp_path, name, content, words
):
    if content is not None:
        (tmp_path / name).write_bytes(content)
    assert words in train_refused("--perceptual", name)


def test_perceptual_weights_of_another_network(train_refused, tmp_path):
    np.savez(tmp_path / "other.npz", dense_kernel=np.zeros((3, 3)))
    text = train_refused("--perceptual", "other.npz")
    assert "must begin with the layer block1_conv1" in text
    assert "other.npz with none of its layers" in text
    layers = [keras.Input((8, 8, 3)), keras.layers.Conv2D(4, 3)]
    keras.Sequential(layers).save_weights(tmp_path / "other.weights.h5")
    (tmp_path / "other.weights.h5").rename(tmp_path / "other.h5")
    text = train_refused("--perceptual", "other.h5")
    assert "other.h5 with none of its layers" in text


def test_images_too_small_for_the_perceptual_loss(train_refused):
    text = train_refused("--perceptual", "random", "--image-size", "12", "40")
    assert "at least 16 pixels high and wide for the perceptual loss" in text
    assert "Train at a larger size" in text


def test_an_output_that_is_a_file(train_refused, tmp_path):
    (tmp_path / "file").write_text("mine")
    text = train_refused("--output", "file")
    assert "The output folder must be writable. Received: file: " in text
    assert (tmp_path / "file").read_text() == "mine"


@pytest.fixture(scope="module")
def model(tmp_path_factory):
    """The file of an untrained model."""
    settings = {"filters": 2, "num_downsamplings": 1, "num_residual_blocks": 0}
    settings["discriminator_filters"] = 2
    path = tmp_path_factory.mktemp("model") / "model.keras"
    build_gan(RunConfig().replace(settings), CARVANA).save(path)
    return path


@pytest.mark.parametrize(
    "name, words",
    [
        ("nowhere", '"nowhere", which is missing'),
        ("nowhere.keras", '"nowhere.keras", which is missing'),
        ("cars", '"cars", which holds no "model.keras"'),
        ("text.keras", '"text.keras" must be a .keras file'),
        ("text.txt", '"text.txt" must be a .keras file'),
        ("zip.keras", '"zip.keras" must be a model that can be loaded'),
    ],
)
def test_a_model_that_is_none(refused, cars, tmp_path, name, words):
    for text in ("text.keras", "text.txt"):
        (tmp_path / text).write_text("a model")
    shutil.make_archive(tmp_path / "zip", "zip", cars)
    (tmp_path / "zip.zip").rename(tmp_path / "zip.keras")
    assert words in refused("generate", name, cars / "masks", "out")
    assert not (tmp_path / "out").exists()


def test_label_maps_that_are_none(refused, model, cars, tmp_path):
    text = refused("generate", model, "nowhere", "out")
    assert '"nowhere", which is missing' in text
    (tmp_path / "empty").mkdir()
    text = refused("generate", model, "empty", "out")
    assert "empty, which holds 0 other entries (it is empty)" in text
    (tmp_path / "x.png").write_bytes(b"x")
    text = refused("generate", model, "x.png", "out.png")
    assert '"x.png" must be a complete image file' in text
    Image.new("L", (4, 4), color=9).save(tmp_path / "nine.png")
    text = refused("generate", model, "nine.png", "out.png")
    assert 'of "nine.png" must belong' in text and "9 (16 pixels)" in text
    assert not [p for p in tmp_path.iterdir() if p.name.startswith("out")]


def test_photographs_that_have_no_place(refused, model, cars):
    mask = cars / "masks" / "a0_01_mask.png"
    before = mask.read_bytes()
    text = refused("generate", model, mask, mask)
    assert "must not replace the files" in text
    text = refused("generate", model, cars / "masks", cars / "masks")
    assert "must not replace the files" in text
    text = refused("generate", model, mask, "out.jpg")
    assert "must be a .png file" in text
    text = refused("generate", model, mask, "o.png", "--image-size", "0", "9")
    assert "`image_size` must be None or (height, width)" in text
    assert mask.read_bytes() == before


UNPRIVILEGED = """
import json, os, sys
import keras_pix2pixhd.generation, keras_pix2pixhd.runs
from keras_pix2pixhd.cli import main
rehearsal, commands = json.loads(sys.argv[1])
for arguments in rehearsal:
    main(arguments)
print("dropped", file=sys.stderr)
if os.geteuid() == 0:
    os.setgroups([])
    os.setgid(65534)
    os.setuid(65534)
for arguments in commands:
    assert main(arguments) == 2
"""


@pytest.fixture
def public_folder():
    """A folder that other users can enter, as those of pytest are not."""
    folder = pathlib.Path(tempfile.mkdtemp())
    folder.chmod(0o755)
    yield folder
    for path in folder.rglob("*"):
        path.chmod(0o755)
    shutil.rmtree(folder)


@pytest.mark.skipif(not hasattr(os, "geteuid"), reason="no users here")
def test_an_unprivileged_user(public_folder, model):
    """Drops its rights late: Python may be installed where only root reads.

    The rehearsal imports as root what is imported at need.
    """
    cars = write_carvana(public_folder / "cars")
    shutil.copy(model, public_folder / "model.keras")
    locked = public_folder / "locked"
    locked.mkdir(0o555)
    locked.chmod(0o555)
    hidden = write_carvana(public_folder / "hidden")
    (hidden / "images" / "a1_01.jpg").chmod(0)
    train = ["train", "--smoke", "--perceptual", "none", "--output"]
    masks, model = cars / "masks", public_folder / "model.keras"
    commands = [
        [*train, locked],
        [*train, locked / "deeper", "--data", cars],
        [*train, public_folder, "--data", hidden],
        ["generate", model, masks, locked / "out"],
        ["generate", model, masks / "a0_01_mask.png", locked / "out.png"],
    ]
    rehearsal = [
        [*train, model, "--data", cars],
        ["generate", model, masks / "a0_01_mask.png", cars / "painted.png"],
    ]
    both = json.dumps([rehearsal, commands], default=str)
    done = subprocess.run(
        [sys.executable, "-c", UNPRIVILEGED, both],
        capture_output=True,
        text=True,
        env={**os.environ, "TF_CPP_MIN_LOG_LEVEL": "3"},
    )
    assert done.returncode == 0, done.stderr
    lines = done.stderr.partition("dropped\n")[2].splitlines()
    assert len(lines) == len(commands), done.stderr
    way_out = "Permission denied. Choose another with --output."
    for line, output in zip(lines, (locked, locked / "deeper"), strict=False):
        assert "The output folder must be writable. Received: " in line
        assert line.endswith(f"{output}: {way_out}")
    assert "a1_01.jpg" in lines[2] and "Permission denied" in lines[2]
    for line in lines[3:]:
        assert "must be a file that can be written" in line
        assert "Permission denied" in line
    assert list(locked.iterdir()) == []
    assert {p.name for p in public_folder.iterdir()} == {
        *("cars", "hidden", "locked", "model.keras")
    }
