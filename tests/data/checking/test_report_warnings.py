import pytest

from keras_pix2pixhd.data import DataReport
from keras_pix2pixhd.data.checking.report_warnings import find_warnings
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
