import dataclasses
import json

import pytest

from keras_pix2pixhd.cli import main
from keras_pix2pixhd.config import RunConfig
from keras_pix2pixhd.presets import PRESETS, preset, smoke

# a value that no preset has, for every setting
OTHER = {
    "preset": "carvana",
    "data": "my cars",
    "layout": "camvid11",
    "classes": "my.csv",
    "output": "elsewhere",
    "image_size": [48, 80],
    "resize_mode": "scale_width_and_crop",
    "load_size": [50, 90],
    "subset": 33,
    "train_fraction": 0.5,
    "check_data": False,
    "toy_scenes": 12,
    "instances": "components",
    "flip": False,
    "zoom": 1.2,
    "rotation": 5.0,
    "brightness": 0.1,
    "contrast": 0.2,
    "saturation": 0.3,
    "hue": 0.05,
    "cache": "memory",
    "label_channels": 40,
    "use_instance_edges": True,
    "features": "labels",
    "feature_channels": 4,
    "encoder_filters": 7,
    "encoder_downsamplings": 3,
    "generator": "local",
    "filters": 6,
    "num_downsamplings": 1,
    "num_residual_blocks": 0,
    "num_enhancers": 2,
    "num_local_residual_blocks": 0,
    "normalization": "group",
    "dropout": 0.5,
    "padding": "zero",
    "upsampling": "nearest",
    "discriminator": "pixel",
    "discriminator_filters": 5,
    "discriminator_layers": 2,
    "discriminator_scales": 3,
    "discriminator_normalization": "batch",
    "discriminator_output": "sigmoid",
    "spectral_normalization": True,
    "adversarial_loss": "hinge",
    "adversarial_weight": 0.25,
    "feature_matching_weight": 0.0,
    "perceptual_weight": 1.5,
    "perceptual": "vgg.npz",
    "perceptual_preprocessing": "keras",
    "perceptual_normalization": "none",
    "r1_weight": 0.75,
    "image_pool_size": 50,
    "diff_augment": "color,cutout",
    "generator_learning_rate": 0.125,
    "discriminator_learning_rate": 0.5,
    "beta_1": 0.0,
    "beta_2": 0.75,
    "epsilon": 1e-4,
    "batch_size": 3,
    "epochs": 11,
    "decay_epochs": 10,
    "coarse_epochs": 3,
    "coarse_decay_epochs": 2,
    "coarse_model": "runs/0001-toy",
    "freeze_epochs": 1,
    "steps_per_epoch": 13,
    "steps": 17,
    "init_from": "runs/0002-toy",
    "ema_decay": 0.875,
    "accumulation_steps": 6,
    "clip_norm": 2.5,
    "schedule": '{"class_name": "CosineDecay", "config": {}}',
    "mixed_precision": "bfloat16",
    "max_skipped_steps": 14,
    "rematerialize": True,
    "steps_per_execution": 15,
    "jit_compile": "false",
    "strategy": "mirrored",
    "deterministic": True,
    "seed": 19,
    "checkpoint_every": 16,
    "keep_checkpoints": 18,
    "samples": 23,
    "validation_every": 0,
    "validation_images": 31,
    "validation_metrics": "l1",
    "validation_segmenter": "car.keras",
    "validation_feature_network": "net.tflite",
    "best_metric": "val_psnr",
    "evaluation_images": 29,
    "tensorboard": True,
    "wandb": "cars",
}


@pytest.fixture
def dry_run(capsys, monkeypatch, tmp_path):
    """Runs `pix2pixhd train --dry-run ...`; returns the settings printed."""
    monkeypatch.chdir(tmp_path)

    def call(*arguments):
        assert main(["train", "--dry-run", *map(str, arguments)]) == 0
        out, err = capsys.readouterr()
        assert err == ""
        return json.loads(out)

    return call


@pytest.fixture
def config_file(tmp_path):
    """Writes settings to a file; returns its path."""

    def write(**settings):
        path = tmp_path / "settings.json"
        path.write_text(json.dumps(settings))
        return path

    return write


def test_the_values_of_this_file_are_not_the_defaults():
    assert list(OTHER) == [f.name for f in dataclasses.fields(RunConfig)]
    defaults = json.loads(preset("toy").to_json())
    same = [name for name in OTHER if OTHER[name] == defaults[name]]
    assert same == []


# what they cannot be without
WITH = {"schedule": {"decay_epochs": 0}}


@pytest.mark.parametrize("name", OTHER)
def test_set_reaches_every_setting(dry_run, name):
    arguments = []
    for key, value in {**WITH.get(name, {}), name: OTHER[name]}.items():
        text = value if isinstance(value, str) else json.dumps(value)
        arguments += ["--set", f"{key}={text}"]
    assert dry_run(*arguments)[name] == OTHER[name]


@pytest.mark.parametrize("name", OTHER)
def test_a_config_file_reaches_every_setting(dry_run, config_file, name):
    path = config_file(**WITH.get(name, {}), **{name: OTHER[name]})
    assert dry_run("--config", path)[name] == OTHER[name]


@pytest.mark.parametrize(
    "flag, name, given",
    [
        ("--data", "data", ["my cars"]),
        ("--layout", "layout", ["camvid11"]),
        ("--classes", "classes", ["my.csv"]),
        ("--output", "output", ["elsewhere"]),
        ("--image-size", "image_size", ["48", "80"]),
        ("--steps", "steps", ["17"]),
        ("--epochs", "epochs", ["11"]),
        ("--batch-size", "batch_size", ["3"]),
        ("--seed", "seed", ["19"]),
        ("--subset", "subset", ["33"]),
        ("--mixed-precision", "mixed_precision", ["bfloat16"]),
        ("--perceptual", "perceptual", ["vgg.npz"]),
        ("--init-from", "init_from", ["runs/0002-toy"]),
        ("--strategy", "strategy", ["mirrored"]),
        ("--deterministic", "deterministic", []),
    ],
)
def test_an_option_changes_its_setting(dry_run, flag, name, given):
    assert dry_run(flag, *given)[name] == OTHER[name]


def test_what_is_said_later_wins(dry_run, config_file):
    path = config_file(epochs=5, filters=7, samples=99, batch_size=9)
    arguments = ["--preset", "toy"]
    assert dry_run(*arguments)["epochs"] == 6
    arguments += ["--config", path]
    assert dry_run(*arguments)["epochs"] == 5
    arguments += ["--smoke"]
    assert dry_run(*arguments)["epochs"] == 2
    arguments = ["--set", "epochs=4", *arguments]
    assert dry_run(*arguments)["epochs"] == 4
    arguments = ["--epochs", "3", *arguments]
    settings = dry_run(*arguments)
    assert settings["epochs"] == 3
    assert (settings["filters"], settings["samples"]) == (7, 3)


def test_the_last_of_two_assignments_wins(dry_run):
    assert dry_run("--set", "seed=1", "--set", "seed=2")["seed"] == 2


def test_a_value_may_hold_an_equals_sign(dry_run):
    assert dry_run("--set", "output=a=b")["output"] == "a=b"


def test_without_a_preset_the_data_decides(dry_run, config_file):
    assert dry_run()["preset"] == "toy"
    assert dry_run("--data", "x")["preset"] == "carvana-small"
    assert dry_run("--set", "data=x")["preset"] == "carvana-small"
    assert dry_run("--config", config_file(data="x"))["image_size"] == [
        128,
        176,
    ]
    assert dry_run("--set", "data=null")["preset"] == "toy"
    assert dry_run("--data", "x", "--preset", "toy")["preset"] == "toy"


@pytest.mark.parametrize("name", PRESETS)
def test_a_preset_is_the_one_of_the_library(dry_run, name):
    text = preset(name).to_json()
    assert dry_run("--preset", name) == json.loads(text)
    assert dry_run("--set", f"preset={name}") == json.loads(text)
    text = smoke(preset(name)).to_json()
    assert dry_run("--preset", name, "--smoke") == json.loads(text)


@pytest.mark.parametrize(
    "arguments",
    [
        [],
        ["--preset", "carvana", "--data", "x", "--seed", "3"],
        ["--smoke", "--steps", "7", "--mixed-precision", "float16"],
        ["--set", "subset=5", "--set", "steps_per_epoch=null"],
    ],
)
def test_the_settings_of_a_run_give_the_same_run(
    dry_run, config_file, arguments
):
    settings = dry_run(*arguments)
    assert dry_run("--config", config_file(**settings)) == settings


def test_epochs_end_a_run_that_its_file_limits_by_steps(dry_run, config_file):
    path = config_file(steps=9, epochs=1)
    assert dry_run("--config", path)["steps"] == 9
    settings = dry_run("--config", path, "--epochs", 4)
    assert (settings["steps"], settings["epochs"]) == (None, 4)
    settings = dry_run("--config", path, "--epochs", 4, "--steps", 8)
    assert (settings["steps"], settings["epochs"]) == (8, 4)


def test_a_dry_run_writes_nothing(dry_run, tmp_path):
    dry_run("--output", tmp_path / "runs", "--data", tmp_path / "missing")
    assert list(tmp_path.iterdir()) == []


def test_the_help_lists_every_setting(capsys):
    with pytest.raises(SystemExit) as exit:
        main(["train", "--help"])
    assert exit.value.code == 0
    out = capsys.readouterr().out
    for name, about in RunConfig.about().items():
        assert f"  {name} " in out and about in out


@pytest.mark.parametrize(
    "arguments, words",
    [
        (
            ["--set", "filtres=3"],
            "no setting 'filtres'. Did you mean 'filters'",
        ),
        (["--set", "filters"], "--set takes KEY=VALUE. Received: 'filters'"),
        (["--set", "filters=few"], "filters must be an integer of at least 1"),
        (["--set", "preset=tox"], "no preset 'tox'. Did you mean 'toy'?"),
        (["--preset", "carvana-smal"], "Did you mean 'carvana-small'?"),
        (["--image-size", "64", "wide"], "image_size must be height and width"),
        (["--image-size", "64"], "--image-size: expected 2 arguments"),
        (["--steps", "0"], "steps must be an integer of at least 1"),
        (["--epochs", "x"], "epochs must be an integer of at least 1"),
        (["--batch-size", "0"], "batch_size must be an integer of at least 1"),
        (["--seed", "-1"], "seed must be an integer of at least 0"),
        (["--subset", "0"], "subset must be an integer of at least 1"),
        (["--mixed-precision", "half"], "one of none, bfloat16, float16"),
        (["--perceptual", ""], "perceptual must be text"),
        (["--data", ""], "data must be text, or null"),
        (["--stepps", "3"], "unrecognized arguments: --stepps 3"),
    ],
)
def test_a_wrong_setting_is_one_line(capsys, arguments, words):
    assert words in refusal(capsys, "train", "--dry-run", *arguments)


@pytest.mark.parametrize(
    "settings, words",
    [
        ({"schedule": "x"}, "schedule must be a Keras schedule as JSON"),
        (
            {"schedule": '{"class_name": "A", "config": {}}'},
            "A run must have either schedule or decay_epochs. Received: both",
        ),
        ({"validation_metrics": "l2"}, "no metric of a validation 'l2'"),
        ({"validation_metrics": "kid"}, "and validation_feature_network=null"),
        (
            {"accumulation_steps": 9, "steps": 8},
            "Received: accumulation_steps=9 for 8 steps in all",
        ),
    ],
)
def test_settings_that_contradict_each_other_are_one_line(
    capsys, settings, words
):
    arguments = ["train", "--dry-run"]
    for name, value in settings.items():
        arguments += ["--set", f"{name}={value}"]
    assert words in refusal(capsys, *arguments)


def test_true_and_false_of_a_file_are_a_choice(dry_run, config_file):
    assert dry_run("--config", config_file(jit_compile=True))[
        "jit_compile"
    ] == ("true")


def test_a_wrong_setting_of_a_file_is_one_line(capsys, config_file):
    path = config_file(filtres=3)
    assert "Did you mean 'filters'?" in refusal(
        capsys, "train", "--config", str(path)
    )
    path = config_file(preset=["toy"])
    assert "There is no preset ['toy']" in refusal(
        capsys, "train", "--config", str(path)
    )


def refusal(capsys, *arguments):
    """Runs the command, which must refuse; returns its line."""
    try:
        code = main(list(arguments))
    except SystemExit as exit:
        code = exit.code
    out, err = capsys.readouterr()
    assert (code, out) == (2, "")
    assert err.startswith("pix2pixhd: error: ") and err.endswith("\n")
    assert len(err.splitlines()) == 1
    return err


def test_a_file_of_another_preset_is_refused(config_file, capsys):
    path = config_file(preset="toy", filters=4)
    assert main(["train", "--preset", "carvana", "--config", str(path)]) == 2
    error = capsys.readouterr().err
    assert "--preset and --config must not name different presets" in error
    assert "Leave --preset out" in error


@pytest.fixture
def run_folder(tmp_path):
    """A run folder with nothing but its settings."""
    folder = tmp_path / "0001-toy"
    folder.mkdir()
    config = preset("toy").replace({"filters": 4, "steps": 5})
    (folder / "config.json").write_text(config.to_json())
    return folder


def test_a_resumed_run_keeps_its_settings(dry_run, run_folder):
    settings = json.loads((run_folder / "config.json").read_text())
    assert dry_run("--resume", run_folder) == settings
    given = ["--set", "samples=2", "--epochs", 9, "--strategy", "mirrored"]
    changed = {"samples": 2, "epochs": 9, "steps": None, "strategy": "mirrored"}
    assert dry_run("--resume", run_folder, *given) == settings | changed


@pytest.mark.parametrize(
    "arguments, words",
    [
        (["--set", "filters=8"], "Received: filters=8, where the run has 4"),
        (["--batch-size", "2"], "Received: batch_size=2, where the run has 1"),
        (["--deterministic"], "deterministic=True, where the run has False"),
        (["--preset", "toy"], "Received: --preset with --resume"),
        (["--config", "x.json"], "are for a new run. Received: --config with"),
        (["--output", "x"], "Received: --output with --resume"),
        (
            ["--smoke", "--init-from", "x"],
            "Received: --smoke, --init-from with --resume",
        ),
        (["--set", "epochs=x"], "epochs must be an integer of at least 1"),
    ],
)
def test_what_a_resumed_run_cannot_change_is_one_line(
    capsys, run_folder, arguments, words
):
    arguments = ["train", "--resume", str(run_folder), *arguments]
    assert words in refusal(capsys, *arguments)


def test_a_run_that_does_not_exist_cannot_be_resumed(capsys, tmp_path):
    line = refusal(capsys, "train", "--resume", str(tmp_path / "gone"))
    assert "A run to resume must be a run folder" in line


def test_a_contradiction_of_a_resumed_run_is_one_line(capsys, run_folder):
    arguments = ["--dry-run", "--set", "validation_metrics=kid"]
    words = "and validation_feature_network=null"
    assert words in refusal(
        capsys, "train", "--resume", str(run_folder), *arguments
    )


def test_a_finished_run_answers_before_anything_is_built(
    run_folder, capsys, monkeypatch
):
    def resume(*arguments):
        raise AssertionError("not needed")

    monkeypatch.setattr("keras_pix2pixhd.runs.resume", resume)
    (run_folder / "metrics.json").write_text('{"trained": {"l1": 1.0}}')
    (run_folder / "checkpoints").mkdir()
    (run_folder / "checkpoints" / "step-00000005.npz").touch()
    assert main(["train", "--resume", str(run_folder)]) == 0
    assert capsys.readouterr().out == (
        f"{run_folder} has finished its 5 steps. To train it further, give it "
        "a later end: --epochs (or --steps).\n"
    )
