import json

import keras
import numpy as np
import pytest

from keras_pix2pixhd.data import ClassTable


def make(**changes):
    arguments = {
        "names": ["a", "b"],
        "ids": [7, (1, 70000)],
        "colors": [(10, 0, 0), (0, 0, 20)],
        "void_ids": [9],
    }
    return ClassTable(**{**arguments, **changes})


def test_attributes():
    table = make()
    assert len(table) == 2
    assert table.names == ("a", "b")
    assert table.ids == ((7,), (1, 70000))
    assert table.colors == ((10, 0, 0), (0, 0, 20))
    assert table.void_ids == (9,)
    assert table.void_index == 255
    assert table.dtype == "uint8"
    assert table.index("b") == 1


def test_equal_tables_are_equal_and_hash_alike():
    assert make() == make(names=("a", "b"), void_ids=np.array([9]))
    assert hash(make()) == hash(make())
    assert make() != make(names=["a", "c"])


def test_immutable():
    with pytest.raises(AttributeError):
        make().names = ("c", "d")


@pytest.mark.parametrize(
    "changes, words",
    [
        ({"names": []}, "at least one class"),
        ({"names": ["a", "a"]}, r"must differ.*\['a'\]"),
        ({"names": ["a", ""]}, "non-empty strings"),
        ({"names": ["a", 3]}, "non-empty strings"),
        ({"ids": [7]}, "`ids` must have one entry per class, 2 here.*: 1"),
        ({"colors": [(1, 2, 3)]}, "`colors` must have one entry per class"),
        ({"ids": [7, (1, 7)]}, r"one class only.*\[7\]"),
        ({"ids": [7, 9]}, r"`void_ids` only.*\[9\]"),
        ({"names": {"a": 1, "b": 2}}, "`names` must be a list or tuple"),
        ({"names": {"a"}}, "`names` must be a list or tuple.*{'a'}"),
        ({"names": 5}, "`names` must be a list or tuple.*names=5"),
        ({"names": ["a", "b\0"]}, r"control.*Received: 'b\\x00'"),
        ({"names": ["a", "b\nc"]}, r"control.*Received: 'b\\nc'"),
        ({"names": ["a", "b\u2028c"]}, r"control.*Received: 'b\\u2028c'"),
        ({"names": ["a", "\udcff"]}, r"control.*Received: '\\udcff'"),
        ({"ids": {7: 1, 8: 2}}, "`ids` must be a list or tuple"),
        ({"ids": {7, 8}}, "`ids` must be a list or tuple"),
        ({"ids": b"ab"}, "`ids` must be a list or tuple.*b'ab'"),
        ({"ids": 7}, "`ids` must be a list or tuple.*ids=7"),
        ({"ids": [7, {1, 2}]}, "Ids must be integers.*{1, 2}"),
        ({"ids": [7, {1: 2}]}, "Ids must be integers.*{1: 2}"),
        ({"ids": [7, b"a"]}, "Ids must be integers.*b'a'"),
        ({"ids": [7, "1"]}, "Ids must be integers.*'1'"),
        ({"ids": [7, True]}, "Ids must be integers.*True"),
        ({"void_ids": {255}}, "Ids must be integers.*[{]255}"),
        ({"ids": [7, -1]}, r"Ids must lie in \[0, 4294967295\].*\[-1\]"),
        ({"ids": [7, 2**32]}, r"Ids must lie in .*: \[4294967296\]"),
        ({"colors": 3}, "`colors` must be a list or tuple.*colors=3"),
        ({"colors": {1: 2}}, "`colors` must be a list or tuple"),
        ({"colors": [b"abc", (0, 0, 1)]}, "three integers.*b'abc'"),
        ({"colors": [{1, 2, 3}, (0, 0, 1)]}, "three integers.*{1, 2, 3}"),
        ({"colors": [(0, True, 1), (0, 0, 1)]}, "three integers.*True"),
        ({"ids": [7, 1.5]}, "Ids must be integers.*1.5"),
        ({"ids": [7, ()]}, "at least one id.*'b'"),
        ({"colors": [(0, 0, 256), (0, 0, 1)]}, "three integers.*256"),
        ({"colors": [(0, 0), (0, 0, 1)]}, r"three integers.*\(0, 0\)"),
        ({"colors": [0, (0, 0, 1)]}, "three integers.*Received: 0"),
        ({"colors": [(1, 1, 1)] * 2}, r"colours.*must differ.*\(1, 1, 1\)"),
        (
            {"colors": [(1, 1, 1), [(2, 2, 2), (1, 1, 1)]]},
            r"colours.*must differ.*more than once: \[\(1, 1, 1\)\]",
        ),
        ({"colors": [(1, 1, 1), []]}, r"three integers.*Received: \(\)"),
        (
            {"colors": [(1, 1, 1), [(2, 2, 2), (3, 3)]]},
            r"three integers.*Received: \(3, 3\)",
        ),
    ],
)
def test_constructor_refuses(changes, words):
    with pytest.raises(ValueError, match=words):
        make(**changes)


def test_names_of_any_language_and_the_largest_id():
    names = ["背景\u3000色", "\u0645\u06cc\u200c\u0631\u0648\u062f"]
    table = make(names=names, ids=[0, 2**32 - 1])
    assert table.names == tuple(names)
    assert table.ids[1] == (4294967295,)


def test_names_in_any_sequence():
    table = make(names=dict.fromkeys("ab").keys(), ids=iter([7, 1]))
    assert table.names == ("a", "b")


def test_too_many_classes():
    names = [str(n) for n in range(65536)]
    with pytest.raises(ValueError, match="at most 65535.*65536 names"):
        make(names=names)


def test_unknown_name():
    with pytest.raises(ValueError, match=r"\['a', 'b'\].*name='car'"):
        make().index("car")


@pytest.mark.parametrize("dtype", ["uint8", "int8", "int32", "uint64"])
def test_ids_to_indices(dtype):
    indices = make().ids_to_indices(np.array([[7, 1, 9]], dtype))
    assert indices.dtype == "uint8"
    assert indices.tolist() == [[0, 1, 255]]


def test_ids_beyond_the_lookup():
    ids = np.array([[70000, 7], [9, 1]], "int64")
    assert make().ids_to_indices(ids).tolist() == [[1, 0], [255, 1]]


def test_unknown_ids_are_named_with_source_and_counts():
    ids = np.array([[7, 3, 3], [3, 200, 1]])
    with pytest.raises(ValueError) as error:
        make().ids_to_indices(ids, '"x.png"')
    assert str(error.value) == (
        'Every id of "x.png" must belong to a class of the table or to its '
        "`void_ids`. Received: 3 (3 pixels), 200 (1 pixel). Add it to a "
        "class's `ids`, or to `void_ids` to ignore it."
    )


@pytest.mark.parametrize("stray", [-1, 70001, 2**40])
def test_unknown_ids_out_of_the_lookup(stray):
    with pytest.raises(ValueError, match=rf"Received: {stray} \(1 pixel\)"):
        make().ids_to_indices(np.array([[7, stray]]))


def test_many_unknown_ids_hint_at_jpeg():
    ids = np.arange(10, 30)[None]
    with pytest.raises(ValueError, match="25 .*and 4 more.*JPEG"):
        make().ids_to_indices(ids)


@pytest.mark.parametrize(
    "ids", [np.zeros((2, 2)), np.zeros((2, 2, 3), "uint8"), np.zeros(2, int)]
)
def test_ids_of_a_wrong_kind(ids):
    with pytest.raises(ValueError, match=r"integers of shape \(H, W\)"):
        make().ids_to_indices(ids)


def test_more_than_255_classes():
    table = ClassTable(
        names=[str(n) for n in range(256)],
        ids=range(1000, 1256),
        colors=[(1, 0, n) for n in range(256)],
        void_ids=[0],
    )
    assert table.void_index == 65535
    indices = table.ids_to_indices(np.array([[1255, 0]]))
    assert indices.dtype == "int32"
    assert indices.tolist() == [[255, 65535]]
    colors = table.to_colors(np.array([255, 65535]))
    assert colors.tolist() == [[1, 0, 255], [0, 0, 0]]
    assert table.to_colors(np.array([3], "uint8")).tolist() == [[1, 0, 3]]


def test_colors_to_indices():
    rgb = np.array([[(10, 0, 0), (0, 0, 20), (0, 0, 0)]], "uint8")
    indices = make().colors_to_indices(rgb)
    assert indices.dtype == "uint8"
    assert indices.tolist() == [[0, 1, 255]]


def test_black_is_no_void_where_the_table_has_none():
    rgb = np.zeros((1, 2, 3), "uint8")
    with pytest.raises(ValueError, match=r"\(0, 0, 0\) \(2 pixels\)"):
        make(void_ids=()).colors_to_indices(rgb)


def test_unknown_colors_are_named():
    rgb = np.array([[(10, 0, 0), (255, 255, 255), (0, 0, 21)]], "uint8")
    with pytest.raises(ValueError) as error:
        make().colors_to_indices(rgb, "x.png")
    assert str(error.value) == (
        "Every colour of x.png must belong to a class of the table. Received: "
        "(0, 0, 21) (1 pixel), (255, 255, 255) (1 pixel). Give it a class, or "
        "repaint it in a colour of the table."
    )


@pytest.mark.parametrize(
    "rgb", [np.zeros((2, 3), "uint8"), np.zeros((2, 2, 3), "int32")]
)
def test_colors_of_a_wrong_kind(rgb):
    with pytest.raises(ValueError, match=r"uint8 of shape \(H, W, 3\)"):
        make().colors_to_indices(rgb)


def test_to_colors():
    colors = make().to_colors(np.array([[1, 255, 0], [2, 0, 0]], "uint8"))
    assert colors.dtype == "uint8"
    assert colors.tolist() == [
        [[0, 0, 20], [0, 0, 0], [10, 0, 0]],
        [[0, 0, 0], [10, 0, 0], [10, 0, 0]],
    ]


@pytest.mark.parametrize("indices", [np.array([-1]), np.array([0.0])])
def test_to_colors_refuses(indices):
    with pytest.raises(ValueError, match="must be integers >= 0"):
        make().to_colors(indices)


def test_config_round_trip():
    table = make()
    config = json.loads(json.dumps(table.get_config()))
    assert ClassTable.from_config(config) == table
    data = keras.saving.serialize_keras_object(table)
    assert data["registered_name"] == "keras_pix2pixhd>ClassTable"
    assert keras.saving.deserialize_keras_object(data) == table


def test_save_and_load(tmp_path):
    path = tmp_path / "classes.json"
    make(names=["é", "b"]).save(path)
    assert ClassTable.load(path) == make(names=["é", "b"])
    assert [p.name for p in tmp_path.iterdir()] == ["classes.json"]


def test_load_a_file_written_by_hand(tmp_path):
    path = tmp_path / "classes.json"
    path.write_text('{"names": ["a"], "ids": [0], "colors": [[1, 2, 3]]}')
    assert ClassTable.load(path) == ClassTable(["a"], [0], [(1, 2, 3)])


@pytest.mark.parametrize(
    "text", ["{", "[]", "{}", '{"names": ["a"], "ids": [0], "colors": [[1]]}']
)
def test_load_refuses(tmp_path, text):
    path = tmp_path / "classes.json"
    path.write_text(text)
    with pytest.raises(ValueError, match='classes.json" must be a JSON file'):
        ClassTable.load(path)


def test_load_without_a_file(tmp_path):
    with pytest.raises(ValueError, match="No such file"):
        ClassTable.load(tmp_path / "classes.json")


def test_a_table_that_cannot_be_saved_leaves_nothing(tmp_path):
    (tmp_path / "folder").mkdir()
    with pytest.raises(ValueError, match="file that can be written"):
        make().save(tmp_path / "folder")
    assert [path.name for path in tmp_path.iterdir()] == ["folder"]


def test_json_without_end_is_refused(tmp_path):
    (tmp_path / "classes.json").write_text("[" * 100_000)
    with pytest.raises(ValueError, match="must be a JSON file"):
        ClassTable.load(tmp_path / "classes.json")


def test_json_without_ids_says_so(tmp_path):
    (tmp_path / "classes.json").write_text('{"names": ["a"]}')
    with pytest.raises(ValueError, match="Received: without colors, ids"):
        ClassTable.load(tmp_path / "classes.json")


def test_strange_ids_of_a_jpeg_are_blamed_on_it():
    ids = np.array([[7, 8]])
    with pytest.raises(ValueError, match="store label maps as PNG"):
        make().ids_to_indices(ids, '"mask.JPG"')
    with pytest.raises(ValueError, match=r"pixel\). Add it to a"):
        make().ids_to_indices(ids, '"mask.png"')


def test_several_colors_of_a_class():
    table = make(colors=[(10, 0, 0), [(0, 0, 20), (0, 0, 21), (3, 3, 3)]])
    assert table.colors == ((10, 0, 0), (0, 0, 20))
    assert table.other_colors == ((), ((0, 0, 21), (3, 3, 3)))
    rgb = np.array([[(0, 0, 21), (3, 3, 3), (0, 0, 20), (10, 0, 0)]], "uint8")
    assert table.colors_to_indices(rgb).tolist() == [[1, 1, 1, 0]]
    assert table.to_colors(np.array([1])).tolist() == [[0, 0, 20]]
    assert table != make()


def test_config_of_several_colors():
    table = make(colors=[(10, 0, 0), [(0, 0, 20), (0, 0, 21)]])
    config = json.loads(json.dumps(table.get_config()))
    assert config["colors"] == [[10, 0, 0], [[0, 0, 20], [0, 0, 21]]]
    assert ClassTable.from_config(config) == table
    data = keras.saving.serialize_keras_object(table)
    assert keras.saving.deserialize_keras_object(data) == table


def test_one_color_in_a_list_is_that_color():
    assert make(colors=[[[10, 0, 0]], [0, 0, 20]]) == make()


def test_a_further_black_is_no_void():
    table = make(colors=[(10, 0, 0), [(0, 0, 20), (0, 0, 0)]])
    rgb = np.zeros((1, 1, 3), "uint8")
    assert table.colors_to_indices(rgb).tolist() == [[1]]
