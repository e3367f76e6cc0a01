"""Tables that are short to write and long to print, or that say two things."""

import json
import tracemalloc

import pytest

from keras_pix2pixhd.data import ClassTable

OBJECT = '{"names": ["a"], "ids": [0], "colors": [[1, 2, 3]]}'
BOMB = "\n".join(
    ["a0: &a0 [x, x, x, x, x, x, x, x, x, x]"]
    + [f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 10)}]" for n in range(1, 6)]
)


def received(tmp_path, text, name):
    if name.endswith("yaml"):
        pytest.importorskip("yaml")
    (tmp_path / name).write_text(text)
    with pytest.raises(ValueError) as error:
        ClassTable.load(tmp_path / name)
    return str(error.value).partition("Received: ")[2]


def nested(depth, width=10):
    """A list of `width ** depth` letters, as cheap as `depth` lists."""
    value = ["x"] * width
    for _ in range(depth - 1):
        value = [value] * width
    return value


@pytest.mark.parametrize("name", ["names", "ids", "colors", "void_ids"])
def test_an_object_that_is_long_to_print_is_shown_in_short(name):
    whole = {"names": ["a"], "ids": [0], "colors": [(1, 2, 3)]}
    tracemalloc.start()
    with pytest.raises(ValueError) as error:
        ClassTable(**whole | {name: nested(6)})
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert len(str(error.value)) < 1000
    assert peak < 1_000_000


@pytest.mark.parametrize(
    "text",
    [
        "{names: *a5, ids: [0], colors: [[0, 0, 0]]}",
        "{names: [a], ids: *a5, colors: [[0, 0, 0]]}",
        "[{name: *a5, id: 0, r: 1, g: 1, b: 1}]",
        "[{name: a, id: *a5, r: 1, g: 1, b: 1}]",
        "[*a5]",
    ],
)
def test_a_yaml_bomb_is_refused_before_it_goes_off(tmp_path, text):
    words = received(tmp_path, f"{BOMB}\ntable: {text}\n", "x.yaml")
    assert words.startswith("line 2: the alias *a0")
    assert len(words) < 200


@pytest.mark.parametrize(
    "row, words",
    [
        ({"name": nested(4)}, "row 1: name [[["),
        ({"name": "a", "id": nested(4)}, "row 1: id [[["),
        (nested(4), "row 1: [[["),
        ({"name": "a" * 9999, "id": []}, "row 1: no id for class 'aaa"),
    ],
)
def test_rows_are_shown_in_short(tmp_path, row, words):
    if isinstance(row, dict):
        row = {"id": 0, "r": 1, "g": 1, "b": 1} | row
    found = received(tmp_path, json.dumps([row]), "x.json")
    assert found.startswith(words) and len(found) < 1000


def test_a_cell_of_thousands_of_digits_is_shown_in_short(tmp_path):
    text = f"name,id,r,g,b\na,{'9' * 6000},1,1,1\n"
    found = received(tmp_path, text, "x.csv")
    assert found.startswith("line 2: id '999")
    assert found.endswith("999', which is no integer") and len(found) < 200


@pytest.mark.parametrize("sign", [1, -1])
def test_an_integer_of_thousands_of_digits(sign):
    with pytest.raises(ValueError, match="an int of 19932 bits"):
        ClassTable(["a"], [sign * 10**6000], [(1, 2, 3)])


@pytest.mark.parametrize(
    "text, key",
    [
        (OBJECT[:-1] + ', "ids": [7]}', "ids"),
        ('[{"name": "a", "id": 1, "id": 2, "r": 1, "g": 1, "b": 1}]', "id"),
    ],
)
def test_a_key_twice(tmp_path, text, key):
    words = f"the key '{key}' more than once"
    assert received(tmp_path, text, "x.json") == words
    assert received(tmp_path, text, "x.yaml") == f"line 1: {words}"


def test_a_key_of_a_row_twice_in_two_spellings(tmp_path):
    text = '[{"name": "a", "id": 1, " ID": 2, "r": 1, "g": 1, "b": 1}]'
    words = "row 1: the key 'id' more than once"
    assert received(tmp_path, text, "x.json") == words


@pytest.mark.parametrize("number", ["010", "0x10", "1:30", "1_000", "0b1"])
def test_yaml_integers_that_are_not_decimal(tmp_path, number):
    text = f"- {{name: a, id: {number}, r: 1, g: 1, b: 1}}"
    words = f"line 1: '{number}', which is no decimal integer"
    assert received(tmp_path, text, "x.yaml").startswith(words)


def test_yaml_integers_that_are_decimal(tmp_path):
    pytest.importorskip("yaml")
    text = "- {name: a, id: 10, r: 0, g: +1, b: 255, note: 2020-01-01}"
    (tmp_path / "x.yaml").write_text(text)
    table = ClassTable.load(tmp_path / "x.yaml")
    assert table == ClassTable(["a"], [10], [(0, 1, 255)])


@pytest.mark.parametrize(
    "value", ["!!set {1, 2}", "!!binary aGVsbG8=", "!!python/none x"]
)
def test_yaml_of_other_kinds(tmp_path, value):
    text = f"{{names: [a], ids: [{value}], colors: [[1, 2, 3]]}}"
    words = received(tmp_path, text, "x.yaml")
    assert words.startswith("could not determine a constructor for the tag")


@pytest.mark.parametrize("name", ["x.json", "x.yaml"])
def test_a_truth_value_is_no_id_and_no_channel(tmp_path, name):
    text = OBJECT.replace("[0]", "[true]")
    words = "Ids must be integers. Received: True"
    assert received(tmp_path, text, name) == words
    text = OBJECT.replace("[1, 2, 3]", "[1, true, 3]")
    assert "three integers" in received(tmp_path, text, name)


@pytest.mark.parametrize("separator, word", [(";", "semicolon"), ("\t", "tab")])
def test_csv_with_other_separators(tmp_path, separator, word):
    text = '"name",id,r,g,b\na,1,2,3,4\n'.replace(",", separator)
    words = received(tmp_path, text, "x.csv")
    assert words.startswith(f"columns separated by {word}s. ")
    assert "comma-separated" in words
