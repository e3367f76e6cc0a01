"""What docs/data.md and the README say of data is so."""

import pathlib
import re

import pytest

from keras_pix2pixhd.data import LAYOUTS, ClassTable
from keras_pix2pixhd.data.resize_modes import RESIZE_MODES

ROOT = pathlib.Path(__file__).parents[2]
DOCS = (ROOT / "docs" / "data.md").read_text(encoding="utf-8")


def block(kind, words):
    blocks = re.findall(rf"```{kind}\n(.*?)```", DOCS, re.DOTALL)
    (found,) = (block for block in blocks if words in block)
    return found


def test_the_three_tables_are_one(tmp_path):
    pytest.importorskip("yaml")
    tables = []
    for kind, suffix in (("text", "csv"), ("yaml", "yaml"), ("json", "json")):
        path = tmp_path / f"classes.{suffix}"
        path.write_text(block(kind, "road"))
        tables.append(ClassTable.load(path))
    assert tables[0] == tables[1] == tables[2]
    assert tables[0].ids == ((7,), (26, 27))
    assert tables[0].void_ids == (0, 255)


def test_the_table_of_the_readme(tmp_path):
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    (table,) = re.findall(r"```text\n(name,ids.*?)```", readme, re.DOTALL)
    (tmp_path / "classes.csv").write_text(table)
    table = ClassTable.load(tmp_path / "classes.csv")
    assert table.names == ("road", "car")
    assert table.ids == ((0,), (1, 255))
    assert table.void_ids == (254,)


@pytest.mark.parametrize("name", LAYOUTS)
def test_every_layout_has_a_row(name):
    assert f"\n| `{name}`" in DOCS


@pytest.mark.parametrize("mode", RESIZE_MODES)
def test_every_resize_mode_has_a_row(mode):
    assert f"\n| `{mode}` |" in DOCS
