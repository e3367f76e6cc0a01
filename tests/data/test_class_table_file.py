import json
import os
import sys

import pytest

from keras_pix2pixhd.data import CAMVID, CITYSCAPES19, ClassTable

TABLE = ClassTable(
    names=["road", "car"],
    ids=[7, (26, 27)],
    colors=[(128, 64, 128), [(0, 0, 142), (0, 0, 70)]],
    void_ids=[0, 255],
)
CSV = """name,ids,r,g,b
road,7,128,64,128
car,26 27,0,0,142
car,,0,0,70
void,0;255,,,
"""
ROWS = [
    {"name": "road", "id": 7, "r": 128, "g": 64, "b": 128},
    {"name": "car", "ids": [26, 27], "r": 0, "g": 0, "b": 142},
    {"name": "car", "ids": [], "r": 0, "g": 0, "b": 70},
    {"name": "void", "ids": "0 255"},
]
YAML = """
- {name: road, id: 7, r: 128, g: 64, b: 128}
- {name: car, ids: 26 27, r: 0, g: 0, b: 142}
- {name: car, ids: [], r: 0, g: 0, b: 70}
- {name: void, ids: [0, 255]}
"""


def load(tmp_path, text, name="classes.csv", encoding="utf-8"):
    if name.lower().endswith(("yaml", "yml")):
        pytest.importorskip("yaml")
    path = tmp_path / name
    path.write_bytes(text.encode(encoding))
    return ClassTable.load(path)


def refused(tmp_path, text, name="classes.csv"):
    with pytest.raises(ValueError) as error:
        load(tmp_path, text, name)
    words = str(error.value)
    assert words.startswith(f'"{tmp_path / name}" must be a ')
    assert "\n" not in words
    return words.partition("Received: ")[2]


def test_csv(tmp_path):
    assert load(tmp_path, CSV) == TABLE
    assert ClassTable.load(str(tmp_path / "classes.csv")) == TABLE


def test_csv_of_spreadsheets(tmp_path):
    text = CSV.replace("\n", "\r\n").replace("name,ids", "Name , IDs") + ",,,,"
    assert load(tmp_path, text, encoding="utf-8-sig") == TABLE


def test_csv_with_more_columns_and_quotes(tmp_path):
    text = 'r,g,b,what,id,name\n1,2,3,"a, b",5," traffic, sign "\n'
    table = load(tmp_path, text)
    assert table == ClassTable(["traffic, sign"], [5], [(1, 2, 3)])


def test_a_class_called_void_has_a_colour(tmp_path):
    table = load(tmp_path, "name,id,r,g,b\nvoid,30,0,0,0\nVoid,255,,,\n")
    assert table == ClassTable(["void"], [30], [(0, 0, 0)], [255])


def test_rows_of_one_name_are_one_class(tmp_path):
    text = "name,id,r,g,b\na,1,1,1,1\nb,2,2,2,2\na,3,,,\na,4,4,4,4\n"
    assert load(tmp_path, text) == ClassTable(
        ["a", "b"], [(1, 3, 4), 2], [[(1, 1, 1), (4, 4, 4)], (2, 2, 2)]
    )


def test_json_of_rows(tmp_path):
    assert load(tmp_path, json.dumps(ROWS), "classes.json") == TABLE


@pytest.mark.parametrize("name", ["classes.yaml", "classes.YML"])
def test_yaml(tmp_path, name):
    assert load(tmp_path, YAML, name) == TABLE
    text = json.dumps(TABLE.get_config())
    assert load(tmp_path, text, name) == TABLE


def test_yaml_without_pyyaml(tmp_path, monkeypatch):
    monkeypatch.setitem(sys.modules, "yaml", None)
    (tmp_path / "classes.yaml").write_text(YAML)
    with pytest.raises(ValueError, match="without PyYAML. Run `pip install"):
        ClassTable.load(tmp_path / "classes.yaml")


@pytest.mark.parametrize("name", ["x.csv", "x.json"])
@pytest.mark.parametrize("table", [TABLE, CAMVID, CITYSCAPES19])
def test_save_and_load(tmp_path, name, table):
    table.save(tmp_path / name)
    assert ClassTable.load(tmp_path / name) == table
    assert [path.name for path in tmp_path.iterdir()] == [name]


@pytest.mark.parametrize("name", ["a ", "\u3000a"])
def test_names_that_csv_would_lose(tmp_path, name):
    table = ClassTable([name], [0], [(0, 0, 0)])
    words = "not begin or end with spaces. .*as JSON"
    with pytest.raises(ValueError, match=words):
        table.save(tmp_path / "x.csv")
    table.save(tmp_path / "x.json")
    assert ClassTable.load(tmp_path / "x.json") == table


def test_a_part_of_another_process_of_the_same_number_is_left(tmp_path):
    # in a container every process may have the number 1
    other = tmp_path / f".x.csv.{os.getpid()}.part"
    other.write_text("half")
    TABLE.save(tmp_path / "x.csv")
    assert other.read_text() == "half"


def test_what_csv_is_written(tmp_path):
    TABLE.save(tmp_path / "x.csv")
    text = (tmp_path / "x.csv").read_text()
    assert text == CSV.replace("0;255", "0 255")


@pytest.mark.parametrize(
    "rows, words",
    [
        ("a,7,1,1,1\nb,8,2,2,2\nc,7,3,3,3", "line 4: id 7 of 'c' is already"),
        ("a,7,1,1,1\nb,8,1,1,1", "line 3: colour (1, 1, 1) of 'b' is already"),
        ("a,7 7,1,1,1", "line 2: id 7 of 'a' is already that of 'a' in line 2"),
        ("a,7,1,1,1\nvoid,7,,,", "line 3: id 7 of 'void' is already"),
        ("a,7.0,1,1,1", "line 2: ids '7.0', which is no integer"),
        ("a,-1,1,1,1", "line 2: ids -1 out of [0, 4294967295]"),
        ("a,4294967296,1,1,1", "line 2: ids 4294967296 out of [0, 4294967295"),
        ("a,7,1,x,1", "line 2: g 'x', which is no integer"),
        ("a,7,1,256,1", "line 2: colour (1, 256, 1) out of [0, 255]"),
        ("a,7,1,,1", "line 2: r, g, b must be one number each"),
        ("a,7,1,1 2,1", "line 2: r, g, b must be one number each"),
        ("a,,1,1,1", "line 2: no id for class 'a'"),
        ("\n\na,7,,,", "line 4: no colour for class 'a'; only the row of the"),
        (",7,1,1,1", "line 2: name '', which is no text"),
        ("a,7,1,1,1,9", "line 2: 6 cells for 5 columns"),
        ("a,7,1", "line 2: without g, b"),
        ('"a,7,1,1,1', "line 2: unexpected end of data"),
        ("void,7,,,", "no class"),
        ("", "no class"),
    ],
)
def test_csv_that_is_refused(tmp_path, rows, words):
    assert refused(tmp_path, "name,ids,r,g,b\n" + rows).startswith(words)


@pytest.mark.parametrize(
    "text, words",
    [
        ("", "an empty file"),
        ("name,r,g,b\na,1,2,3", "line 2: without id or ids"),
        ("name,id,ids,r,g,b\na,1,,1,2,3", "line 2: both id and ids"),
        ("name,id,r,g,b,R\na,1,1,2,3,4", "the column 'r' more than once"),
    ],
)
def test_csv_with_other_columns_is_refused(tmp_path, text, words):
    assert refused(tmp_path, text).startswith(words)


def test_csv_says_what_it_must_hold(tmp_path):
    with pytest.raises(ValueError) as error:
        load(tmp_path, "")
    assert str(error.value) == (
        f'"{tmp_path / "classes.csv"}" must be a CSV file with the '
        "comma-separated columns name, id or ids, r, g, b. Received: an empty "
        "file"
    )


@pytest.mark.parametrize(
    "name, text, words",
    [
        ("x.json", "[]", "no class"),
        ("x.json", "[3]", "row 1: 3 instead of name, id or ids, r, g, b"),
        ("x.json", '"road"', "str, no object and no list"),
        ("x.json", '[{"name": "a"}]', "row 1: without r, g, b, id or ids"),
        ("x.json", '{"name', "Unterminated string starting at: line 1 column"),
        (
            "x.json",
            '{"names": [], "ids": [], "colors": [], "void_id": 3}',
            "the unknown 'void_id'",
        ),
        ("x.yaml", "a: [", "while parsing a flow node"),
        (
            "x.yaml",
            "- {name: no, id: 1, r: 1, g: 1, b: 1}",
            "row 1: name",
        ),
        ("x.yaml", "- {name: a, id: 1.5, r: 1, g: 1, b: 1}", "row 1: id 1.5"),
        ("x.yaml", "- {name: a, id: yes, r: 1, g: 1, b: 1}", "row 1: id True"),
        ("x.yaml", "!!int ''", "line 1: '', which is no decimal integer"),
        ("x.yaml", "!!bool x", "'x'"),
        ("x.yaml", "!!timestamp x", "str, no object and no list"),
        ("x.yaml", "[" * 1000, ""),
    ],
)
def test_json_and_yaml_that_are_refused(tmp_path, name, text, words):
    assert refused(tmp_path, text, name).startswith(words)


@pytest.mark.parametrize("name", ["x.csv", "x.json", "x.yaml"])
def test_files_that_are_no_text(tmp_path, name):
    (tmp_path / name).write_bytes(b"\x89PNG\r\n\xff")
    with pytest.raises(ValueError, match="codec can't decode byte"):
        ClassTable.load(tmp_path / name)
    with pytest.raises(ValueError, match="No such file"):
        ClassTable.load(tmp_path / f"missing {name}")
