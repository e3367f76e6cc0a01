import json

import pytest

from keras_pix2pixhd.config import RunConfig
from keras_pix2pixhd.runs.records.kept_settings import (
    changed_settings,
    check_settings_kept,
    settings_of_run,
)

CONFIG = RunConfig().replace({"epochs": 6, "filters": 4, "seed": 3})


def test_what_may_change_is_decided():
    """Ends, logging, speed and places change; what is learnt does not."""
    assert RunConfig.resumable() == [
        *("data", "check_data", "cache", "epochs", "steps"),
        *("max_skipped_steps", "rematerialize", "steps_per_execution"),
        *("jit_compile", "strategy", "checkpoint_every", "keep_checkpoints"),
        *("samples", "validation_every", "validation_images"),
        *("validation_metrics", "validation_segmenter"),
        *("validation_feature_network", "best_metric", "evaluation_images"),
        *("tensorboard", "wandb"),
    ]


def test_what_may_change_changes_and_is_named():
    config, notes = changed_settings(CONFIG, {"epochs": "9", "samples": 2})
    assert (config.epochs, config.samples, config.filters) == (9, 2, 4)
    assert notes == ["epochs: 6, now 9", "samples: 6, now 2"]


def test_what_is_said_again_is_no_change():
    config, notes = changed_settings(CONFIG, {"filters": 4, "epochs": 6})
    assert (config, notes) == (CONFIG, [])


def test_epochs_end_a_run_that_was_limited_by_steps():
    limited = CONFIG.replace({"steps": 5})
    config, notes = changed_settings(limited, {"epochs": 8})
    assert (config.steps, config.epochs) == (None, 8)
    assert notes == ["epochs: 6, now 8", "steps: 5, now None"]
    config, _ = changed_settings(limited, {"epochs": 8, "steps": 7})
    assert (config.steps, config.epochs) == (7, 8)


def test_what_may_not_change_is_named_then_and_now():
    with pytest.raises(ValueError) as error:
        changed_settings(CONFIG, {"filters": "8", "epochs": 9, "seed": 4})
    text = str(error.value)
    assert (
        "keeps its settings. Received: filters=8, where the run has 4; " in text
    )
    assert "seed=4, where the run has 3. Begin a new run" in text
    assert "What may change: data, check_data" in text


@pytest.mark.parametrize(
    "changes, words",
    [
        ({"filtres": 8}, "no setting 'filtres'. Did you mean 'filters'"),
        ({"epochs": "x"}, "epochs must be an integer of at least 1"),
    ],
)
def test_a_wrong_setting_is_refused(changes, words):
    with pytest.raises(ValueError, match=words):
        changed_settings(CONFIG, changes)


def test_the_settings_of_a_run_are_read(tmp_path):
    (tmp_path / "config.json").write_text(CONFIG.to_json())
    assert settings_of_run(tmp_path) == CONFIG
    (tmp_path / "config.json").write_text(json.dumps({"filters": 5}))
    assert settings_of_run(tmp_path).filters == 5


def test_a_folder_that_is_no_run_is_refused(tmp_path):
    with pytest.raises(ValueError, match="must be a run folder.*Received: "):
        settings_of_run(tmp_path)


def test_settings_that_are_not_those_of_the_checkpoint_are_named():
    trained_with = json.loads(CONFIG.to_json())
    check_settings_kept(CONFIG, trained_with)
    check_settings_kept(CONFIG, None)
    edited = CONFIG.replace({"batch_size": 3, "seed": 4, "epochs": 9})
    with pytest.raises(ValueError) as error:
        check_settings_kept(edited, trained_with)
    text = str(error.value)
    assert "must be those that the run has trained with. Received: " in text
    assert "batch_size=3, where the checkpoint has 1; " in text
    assert "seed=4, where the checkpoint has 3. Set them back, or" in text
    assert "epochs" not in text


def test_a_setting_that_the_checkpoint_does_not_know_is_none_of_its(tmp_path):
    trained_with = json.loads(CONFIG.to_json()) | {"gone": 1}
    del trained_with["seed"]
    check_settings_kept(CONFIG.replace({"seed": 9}), trained_with)
