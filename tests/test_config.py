import dataclasses
import json

import pytest

from keras_pix2pixhd.config import RunConfig, read_settings


def test_json_holds_every_setting_and_comes_back_equal():
    config = RunConfig().replace(
        {"data": "cars", "image_size": (32, 48), "steps": 7, "flip": False}
    )
    settings = json.loads(config.to_json())
    assert list(settings) == [f.name for f in dataclasses.fields(RunConfig)]
    assert RunConfig().replace(settings) == config
    assert config != RunConfig()


def test_the_defaults_are_values_that_replace_accepts():
    config = RunConfig()
    assert config.replace(dataclasses.asdict(config)) == config


def test_replace_leaves_the_original_alone():
    config = RunConfig()
    assert config.replace({"epochs": 9}).epochs == 9
    assert config.epochs == 1


def test_a_setting_cannot_be_assigned():
    with pytest.raises(dataclasses.FrozenInstanceError):
        RunConfig().epochs = 3


def test_every_setting_says_what_it_means():
    about = RunConfig.about()
    assert list(about) == [f.name for f in dataclasses.fields(RunConfig)]
    assert all(len(text) >= 5 for text in about.values())


@pytest.mark.parametrize(
    "wrong, near",
    [
        ("filtres", "filters"),
        ("image-size", "image_size"),
        ("learning_rate", "generator_learning_rate"),
        ("Seed", "seed"),
    ],
)
def test_an_unknown_setting_is_refused_with_the_nearest(wrong, near):
    with pytest.raises(ValueError) as error:
        RunConfig().replace({wrong: "1"})
    assert str(error.value).startswith(
        f"There is no setting {wrong!r}. Did you mean {near!r}? "
        "The settings are: preset, data, layout, classes, "
        "output, "
    )


def test_what_is_near_nothing_gets_the_list_alone():
    with pytest.raises(ValueError) as error:
        RunConfig().replace({"zzz": 1})
    assert "Did you mean" not in str(error.value)
    assert "There is no setting 'zzz'. The settings are: " in str(error.value)


def test_settings_are_read_from_a_file(tmp_path):
    path = tmp_path / "config.json"
    path.write_text('{"epochs": 3}')
    assert read_settings(path) == {"epochs": 3}
    assert read_settings(str(path)) == {"epochs": 3}


def test_a_missing_file_of_settings_is_named(tmp_path):
    with pytest.raises(ValueError, match=r"readable JSON file.*no\.json"):
        read_settings(tmp_path / "no.json")


@pytest.mark.parametrize(
    "content", [b"epochs: 3", b"", b"\xff\xfe", b"[" * 99999]
)
def test_what_is_not_json_is_refused(tmp_path, content):
    (tmp_path / "c.json").write_bytes(content)
    with pytest.raises(ValueError, match=r"readable JSON file.*c\.json"):
        read_settings(tmp_path / "c.json")


@pytest.mark.parametrize(
    "content, kind", [("[1]", "list"), ("3", "int"), ("null", "NoneType")]
)
def test_json_that_is_no_object_is_refused(tmp_path, content, kind):
    (tmp_path / "c.json").write_text(content)
    with pytest.raises(ValueError, match=rf"object of settings.*with a {kind}"):
        read_settings(tmp_path / "c.json")
