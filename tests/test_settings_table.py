import pathlib

from keras_pix2pixhd import RunConfig
from keras_pix2pixhd.settings_table import both_tables

PAGE = pathlib.Path(__file__).parents[1] / "docs" / "settings.md"


def cells(name):
    """The cells of the row of a setting, as the page has them."""
    rows = [
        line
        for line in PAGE.read_text(encoding="utf-8").splitlines()
        if line.startswith(f"| `{name}` |")
    ]
    assert len(rows) == 1, f"{name} has {len(rows)} rows in {PAGE}"
    return [cell.strip() for cell in rows[0].strip("|").split(" | ")]


def test_the_page_is_that_of_the_settings():
    text = PAGE.read_text(encoding="utf-8")
    begins = text.index("## Every setting")
    assert text[begins:] == both_tables(), (
        "docs/settings.md is of other settings: replace its end with what "
        "python -m keras_pix2pixhd.settings_table prints"
    )


def test_every_setting_has_a_row_and_says_whether_it_may_change():
    for name in RunConfig.about():
        assert cells(name)[3] == (
            "yes" if name in RunConfig.resumable() else ""
        )


def test_a_row_is_what_config_json_holds_and_what_help_says():
    assert cells("image_size") == [
        "`image_size`",
        "`[64, 96]`",
        "height and width to train at",
        "",
    ]
    assert cells("keep_checkpoints") == [
        "`keep_checkpoints`",
        "`2`",
        "checkpoints that are kept",
        "yes",
    ]
