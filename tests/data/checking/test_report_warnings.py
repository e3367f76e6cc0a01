import pytest

from keras_pix2pixhd.data import ClassTable, DataReport
from keras_pix2pixhd.data.checking.report_warnings import find_warnings
from keras_pix2pixhd.data.checking.value_tally import ValueTally
from tests.data.label_folders import TABLE


def report(**changes):
    """A report without anything to warn of."""
    found = {
        "pairs": 20,
        "kinds": ("image", "label"),
        "class_table": TABLE,
        "sizes": {(64, 64): 20},
        "formats": {"image": {"JPEG RGB": 20}, "label": {"PNG L": 20}},
        "pixels": {"road": 500, "car": 300, "sky": 200},
        "images": {"road": 20, "car": 20, "sky": 20},
    }
    return DataReport(**(found | changes))


def test_nothing_to_warn_of():
    assert find_warnings(report()) == []


def test_void_everywhere_is_a_problem_not_a_warning():
    nothing = dict.fromkeys(TABLE.names, 0)
    assert find_warnings(report(pixels=nothing, void_pixels=9)) == []


@pytest.mark.parametrize(
    "changes, words",
    [
        ({"void_pixels": 1001}, "50.0 % of all pixels are void"),
        (
            {"pixels": {"road": 5, "car": 0, "sky": 0}},
            "All pixels are of one class, road",
        ),
        (
            {"pixels": {"road": 500, "car": 300, "sky": 0}},
            "1 class of the table never seen, which the model cannot learn: "
            "sky.",
        ),
        (
            {"pixels": {"road": 5000, "car": 4996, "sky": 4}},
            "1 class with less than 0.10 % of the pixels, of which the model "
            "will learn little: sky 0.04 %.",
        ),
        (
            {"pixels": {"road": 960, "car": 30, "sky": 10}},
            "96.0 % of all pixels are road",
        ),
        ({"sizes": {(64, 64): 10, (65, 64): 10}}, "2 different sizes"),
        ({"sizes": {(63, 640): 20}}, "20 pairs with a side below 64 pixels"),
        ({"sizes": {(64, 64): 19}}, "19 pairs only: expect overfitting."),
        (
            {"formats": {"label": {"JPEG L": 2, "JPEG RGB": 1}}},
            "3 label maps stored as JPEG",
        ),
        ({"duplicates": [["a", "b", "c"]]}, "2 photographs that others are"),
    ],
)
def test_one_warning(changes, words):
    (warning,) = find_warnings(report(**changes))
    assert words in warning


@pytest.mark.parametrize(
    "found, words",
    [
        (
            {"crossing_classes": 3, "crossing_pairs": ["a", "b"]},
            "3 instances with pixels of more than one class, in 2 pairs: a, b.",
        ),
        (
            {"pixels": {"median": 16}},
            "Half of the instances have at most 16 pixels",
        ),
        ({"per_image": {"max": 1}}, "No map has more than one instance"),
    ],
)
def test_instances(found, words):
    instances = {"crossing_classes": 0, "per_image": {"max": 9}}
    instances |= {"pixels": {"median": 17}} | found
    (warning,) = find_warnings(report(instances=instances))
    assert words in warning


def test_pairs_without_classes():
    changes = {"class_table": None, "pixels": {}, "images": {}}
    changes["formats"] = {"image": {}, "label": {"JPEG RGB": 20}}
    assert find_warnings(report(**changes)) == []


def test_duplicates_are_listed_below_the_warning():
    changed = report(duplicates=[["a", "b"], ["c", "d"]])
    changed.warnings = find_warnings(changed)
    lines = str(changed).splitlines()
    assert lines[-4] == "warnings:" and "held out:" in lines[-3]
    assert lines[-2:] == ["    a, b", "    c, d"]


def test_jpeg_is_told_when_no_pair_can_be_read():
    changed = report(sizes={}, formats={"label": {"JPEG L": 20}})
    (warning,) = find_warnings(changed)
    assert "20 label maps stored as JPEG" in warning


def outside(table, *values):
    tally = ValueTally()
    for value in values:
        tally.add([value], [5])
    return report(sizes={}, class_table=table, pixels={}, outside_table=tally)


TWO = ClassTable(["a", "car"], [0, (1, 7)], [(0, 0, 0), (9, 9, 9)])


def test_masks_of_0_and_255():
    (warning,) = find_warnings(outside(TWO, 255))
    assert "Masks of 0 and 255? Give 255 as an id of the second" in warning
    assert warning.endswith("class, car: ids 1 7 255.")


@pytest.mark.parametrize(
    "table, values",
    [(TWO, [254, 255]), (TWO, [2]), (TABLE, [255]), (TWO, [(255, 255, 255)])],
)
def test_other_values_outside_the_table(table, values):
    assert find_warnings(outside(table, *values)) == []


def test_one_class_in_what_can_be_read():
    changed = outside(TWO, 255)
    changed.sizes, changed.pixels = {(64, 64): 20}, {"a": 5, "car": 0}
    first, second = find_warnings(changed)
    assert "Masks of 0 and 255?" in first
    assert "All pixels are of one class, a:" in second
