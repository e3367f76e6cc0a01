import pathlib
import shlex

import keras
from PIL import Image

from keras_pix2pixhd.config import RunConfig
from keras_pix2pixhd.data import read_side_by_side
from keras_pix2pixhd.runs.summary import metrics_line, next_steps


class TwoFiles:
    """Stands for `Pairs`."""

    def files(self, index):
        return {
            "label": pathlib.Path("my cars/masks/a.png"),
            "instance": pathlib.Path("my cars/instances/a.png"),
        }

    def source(self, index, kind):
        return None, 0


def command(config):
    text = next_steps(config, pathlib.Path("my runs/0001-toy"), TwoFiles())
    line = text.partition("Next:\n")[2].splitlines()[0]
    return shlex.split(line)


def test_the_next_command_is_quoted_for_the_shell():
    assert command(RunConfig().replace({"image_size": (32, 48)})) == [
        "pix2pixhd",
        "generate",
        "my runs/0001-toy",
        "my cars/masks",
        "my runs/0001-toy/generated",
        "--image-size",
        "32",
        "48",
    ]


def test_the_next_command_names_the_instances_where_they_are_needed():
    config = RunConfig().replace({"use_instance_edges": True})
    assert command(config)[-2:] == ["--instances", "my cars/instances"]
    config = config.replace({"instances": "components"})
    assert command(config)[-2:] == ["--instances", "components"]


def test_features_are_fitted_before_they_are_drawn():
    config = RunConfig().replace({"features": "labels"})
    folder = pathlib.Path("my runs/0001-toy")
    lines = next_steps(config, folder, TwoFiles()).splitlines()
    start = lines.index("Next:")
    assert lines[start + 1] == "  pix2pixhd features fit 'my runs/0001-toy'"
    assert lines[start + 2].endswith(" --features sample")


def test_the_numbers_are_those_of_the_held_out_images():
    numbers = {"images": 3, "psnr": 12.34, "ssim": 0.5678}
    text = metrics_line(
        {
            "untrained": {**numbers, "l1": 90.0, "class_color_error": {}},
            "trained": {
                **numbers,
                "l1": 4.56,
                "class_color_error": {"sky": 1.25, "road": 2.0},
            },
        }
    )
    assert text.splitlines() == [
        "held-out images: 3",
        "  L1 4.6 grey levels (at the start 90.0), PSNR 12.3 dB, SSIM 0.568",
        "  mean colour error in grey levels: sky 1.2, road 2.0",
    ]


def test_how_to_evaluate_it_is_said():
    folder = pathlib.Path("my runs/0001-toy")
    text = next_steps(RunConfig(), folder, TwoFiles())
    assert "\n  pix2pixhd evaluate 'my runs/0001-toy'\n" in text


def test_of_side_by_side_files_one_half_is_painted_from(tmp_path):
    (tmp_path / "train").mkdir()
    Image.new("RGB", (8, 4)).save(tmp_path / "train" / "1.png")
    pairs = read_side_by_side(tmp_path)
    text = next_steps(RunConfig(), pathlib.Path("runs/0001-toy"), pairs)
    assert f"generate runs/0001-toy {tmp_path}/train runs/" in text
    assert text.splitlines()[-4].endswith(" --part right")


def test_of_records_no_folder_is_known(tmp_path):
    class Records:
        """Stands for `RecordPairs`, which have no files."""

    text = next_steps(RunConfig(), pathlib.Path("runs/0001-toy"), Records())
    assert "pix2pixhd generate runs/0001-toy LABELS runs/" in text


def test_without_classes_no_colours_are_counted():
    numbers = {"images": 2, "l1": 3.0, "psnr": 4.0, "ssim": 0.5}
    text = metrics_line({"untrained": numbers, "trained": numbers})
    assert text.endswith("SSIM 0.500")


def test_numbers_of_the_start_that_are_gone_are_left_out():
    after = {"images": 4, "l1": 12.34, "psnr": 20.0, "ssim": 0.5}
    assert metrics_line({"trained": after, "untrained": {"l1": 80.0}}) == (
        "held-out images: 4\n"
        "  L1 12.3 grey levels (at the start 80.0), PSNR 20.0 dB, SSIM 0.500"
    )
    assert metrics_line({"trained": after}) == (
        "held-out images: 4\n  L1 12.3 grey levels, PSNR 20.0 dB, SSIM 0.500"
    )


def test_a_saved_model_is_written_on_tensorflow_only(tmp_path, monkeypatch):
    def line(backend):
        monkeypatch.setattr(keras.backend, "backend", lambda: backend)
        text = next_steps(RunConfig(), tmp_path, TwoFiles())
        (found,) = [n for n in text.splitlines() if n.startswith("SavedModel")]
        return found.partition("   ")[2]

    only = "gan.export needs KERAS_BACKEND=tensorflow"
    assert line("tensorflow") == f"{tmp_path}/saved_model"
    assert line("jax") == f"none: {only}"
    (tmp_path / "saved_model").mkdir()  # the run was begun on TensorFlow
    assert line("torch") == f"that of before: {only}"
