import json
import os

import numpy as np
import pytest
from PIL import Image

from keras_pix2pixhd.data import ClassTable, prepare_labels, read_pairs
from tests.data.label_folders import TABLE, write_colors, write_pair

RED, GREEN, BLUE, ODD = (100, 0, 0), (0, 100, 0), (0, 0, 100), (90, 20, 0)


@pytest.fixture
def masks(tmp_path):
    """Two masks, the second with two pixels of a colour of no class."""
    write_colors(tmp_path / "masks" / "a.png", [[RED, GREEN], [BLUE, BLUE]])
    write_colors(tmp_path / "masks" / "b.bmp", [[RED, ODD, ODD]])
    return tmp_path / "masks"


def ids_of(path):
    return np.asarray(Image.open(path)).tolist()


def test_masks_become_ids(masks, tmp_path):
    (masks / "b.bmp").unlink()
    report = prepare_labels(masks, tmp_path / "data" / "labels", TABLE)
    assert report.clean and (report.masks, report.written) == (1, 1)
    assert ids_of(tmp_path / "data" / "labels" / "a.png") == [[1, 2], [7, 7]]
    assert sorted(os.listdir(tmp_path / "data")) == [
        "classes.json",
        "labels",
        "labels_report.json",
    ]
    assert os.listdir(tmp_path / "data" / "labels") == ["a.png"]


def test_what_is_written_can_be_read_as_pairs(masks, tmp_path):
    (masks / "b.bmp").unlink()
    data = tmp_path / "data"
    write_pair(data, "a", [[1, 1], [1, 1]])
    (data / "labels" / "a.png").unlink()
    prepare_labels(masks, data / "labels", TABLE)
    pairs = read_pairs(data)
    assert pairs.class_table == TABLE
    assert pairs.read(0)["label"].tolist() == [[0, 1], [2, 2]]


def test_a_mask_with_unknown_colors_is_not_written(masks, tmp_path):
    report = prepare_labels(masks, tmp_path / "labels", TABLE)
    assert not report.clean and (report.masks, report.written) == (2, 1)
    assert os.listdir(tmp_path / "labels") == ["a.png"]
    (problem,) = report.problems
    assert problem.files == (str(masks / "b.bmp"),)
    assert problem.values == ((ODD, 2),)


def test_unknown_colors_become_void(masks, tmp_path):
    report = prepare_labels(masks, tmp_path / "labels", TABLE, unknown="void")
    assert report.clean and report.written == 2
    assert ids_of(tmp_path / "labels" / "b.png") == [[1, 9, 9]]
    assert report.outside_table.most_common() == [(ODD, 2, 1)]


def test_near_colors_are_snapped(masks, tmp_path):
    report = prepare_labels(masks, tmp_path / "labels", TABLE, tolerance=20)
    assert report.clean
    assert ids_of(tmp_path / "labels" / "b.png") == [[1, 1, 1]]
    assert (report.snapped_pixels, report.snapped_masks) == (2, 1)


def test_ids_of_16_bits(masks, tmp_path):
    table = ClassTable(["a", "b", "c"], [300, 1, 2], [RED, GREEN, BLUE])
    prepare_labels(masks, tmp_path / "labels", table)
    image = Image.open(tmp_path / "labels" / "a.png")
    assert image.mode == "I;16"
    assert np.asarray(image).tolist() == [[300, 1], [2, 2]]


def test_a_mask_that_cannot_be_read(masks, tmp_path):
    (masks / "b.bmp").write_text("no image")
    report = prepare_labels(masks, tmp_path / "labels", TABLE, unknown="void")
    assert not report.clean and report.written == 1
    assert report.problems[0].kind == "corrupt"
    assert "must be a complete image" in str(report)


def test_the_table_may_be_a_file(masks, tmp_path):
    TABLE.save(tmp_path / "classes.csv")
    report = prepare_labels(
        masks, tmp_path / "labels", tmp_path / "classes.csv"
    )
    assert report.class_table == TABLE
    assert not (tmp_path / "classes.json").exists()


def test_label_maps_are_replaced_and_others_stay(masks, tmp_path):
    prepare_labels(masks, tmp_path / "labels", TABLE)
    write_colors(masks / "a.png", [[GREEN]])
    (tmp_path / "labels" / "other.txt").write_text("mine")
    prepare_labels(masks, tmp_path / "labels", TABLE)
    assert ids_of(tmp_path / "labels" / "a.png") == [[2]]
    assert sorted(os.listdir(tmp_path / "labels")) == ["a.png", "other.txt"]


def test_progress(masks, tmp_path):
    told = []
    prepare_labels(
        masks, tmp_path / "x", TABLE, progress=lambda *a: told.append(a)
    )
    assert told == [(1, 2), (2, 2)]


def test_the_report_in_words(masks, tmp_path):
    report = prepare_labels(masks, tmp_path / "labels", TABLE)
    assert str(report).splitlines() == [
        "masks    2",
        f"written  1 label map to {tmp_path}/labels",
        "colours outside the class table: 1",
        "  (90, 20, 0): 2 pixels in 1 file; nearest road (100, 0, 0), 20 "
        "levels away",
        "masks with them, not written: 1",
        f"  {masks}/b.bmp: (90, 20, 0) (2)",
        "void     0 pixels of 4 written, 0 %",
        "a tolerance of up to 49 levels is unambiguous",
    ]


def test_the_report_of_void_and_of_snapped_pixels(masks, tmp_path):
    report = prepare_labels(
        masks, tmp_path / "labels", TABLE, unknown="void", tolerance=1
    )
    text = str(report)
    assert "snapped  0 pixels within 1 level of the colour of a cl" in text
    assert "colours outside the class table, made void: 1\n" in text
    assert "masks with them: 1\n" in text


def test_the_report_as_json(masks, tmp_path):
    prepare_labels(masks, tmp_path / "labels", TABLE)
    found = json.loads((tmp_path / "labels_report.json").read_text())
    assert found == {
        "clean": False,
        "masks": 2,
        "written": 1,
        "unknown": "error",
        "tolerance": 0,
        "void": {"pixels": 0, "black_pixels": 0, "of_pixels": 4},
        "largest_tolerance": 49,
        "looks_like_ids": False,
        "snapped": {"pixels": 0, "masks": 0},
        "colors_outside_table": [
            {
                "color": [90, 20, 0],
                "pixels": 2,
                "files": 1,
                "nearest": "road",
                "nearest_color": [100, 0, 0],
                "distance": 20,
            }
        ],
        "other_pixels": 0,
        "files": [
            {
                "pair": "b",
                "files": [str(masks / "b.bmp")],
                "reason": "Every colour of a mask must belong to a class of "
                "the table.",
                "values": [{"value": [90, 20, 0], "pixels": 2}],
                "more_values": 0,
            }
        ],
    }


@pytest.mark.parametrize(
    "options, words",
    [
        ({"unknown": "skip"}, "`unknown` must be 'error' or 'void'. Received"),
        ({"tolerance": -1}, "`tolerance` must be an int >= 0"),
        ({"workers": 0}, "`workers` must be an int >= 1"),
    ],
)
def test_what_cannot_be(masks, tmp_path, options, words):
    with pytest.raises(ValueError, match=words):
        prepare_labels(masks, tmp_path / "labels", TABLE, **options)
    assert not (tmp_path / "labels").exists()


def test_void_needs_a_void_id(masks, tmp_path):
    table = ClassTable(["a"], [0], [RED])
    with pytest.raises(ValueError, match="only if the class table has a void"):
        prepare_labels(masks, tmp_path / "labels", table, unknown="void")


def test_a_place_that_cannot_be_written(masks, tmp_path):
    (tmp_path / "file").write_text("")
    with pytest.raises(ValueError, match="must be a file that can be written"):
        prepare_labels(masks, tmp_path / "file" / "labels", TABLE)


def test_nothing_that_can_be_written(masks, tmp_path):
    (masks / "a.png").unlink()
    report = prepare_labels(masks, tmp_path / "new" / "labels", TABLE)
    assert (report.masks, report.written) == (1, 0)
    assert os.listdir(tmp_path / "new") == ["labels_report.json"]


def test_so_many_colors_that_a_tolerance_is_what_to_try(masks, tmp_path):
    write_colors(masks / "c.png", [[(x, 7, 7) for x in range(22)]])
    text = str(prepare_labels(masks, tmp_path / "labels", TABLE))
    assert "  and 3 more\n  So many come from antialiasing or JPEG" in text
    assert "at most 49 levels" in text


def test_the_totals_tell_what_became_void(masks, tmp_path):
    write_colors(masks / "c.png", [[(0, 0, 0), (3, 0, 0), (9, 9, 9)]])
    report = prepare_labels(
        masks, tmp_path / "labels", TABLE, unknown="void", tolerance=3
    )
    # two odd pixels in b, and all three in c
    assert (report.pixels, report.void_pixels) == (10, 5)
    assert report.black_pixels == 2
    assert str(report).splitlines()[-3:] == [
        "void     5 pixels of 10 written, 50.0 %; 2 of them black, "
        "which is void in a table with void ids and no black class",
        "snapped  1 pixel within 3 levels of the colour of a class, in 1 mask",
        "a tolerance of up to 49 levels is unambiguous",
    ]


def test_a_table_without_void_and_with_near_colors(masks, tmp_path):
    (masks / "b.bmp").unlink()
    colors = [RED, GREEN, BLUE, (101, 0, 0)]
    table = ClassTable(list("abcd"), range(4), colors)
    text = str(prepare_labels(masks, tmp_path / "labels", table))
    assert "void  " not in text
    assert text.endswith(
        "no tolerance is unambiguous: the colours of two "
        "classes are too near each other"
    )


@pytest.mark.parametrize(
    "greys, alike",
    [
        ([0, 1, 33], True),
        ([64], True),
        ([0], False),  # an empty mask
        ([0, 65], False),
        ([0, 255], False),
    ],
)
def test_maps_that_look_like_ids(tmp_path, greys, alike):
    write_colors(tmp_path / "masks" / "a.png", [greys])
    report = prepare_labels(tmp_path / "masks", tmp_path / "labels", TABLE)
    assert report.like_ids is alike
    assert ("ids already: if so, train on them as" in str(report)) is alike


def test_masks_with_colors_of_the_table_do_not_look_like_ids(tmp_path):
    write_colors(tmp_path / "masks" / "a.png", [[(9, 9, 9), (8, 8, 8)]])
    table = ClassTable(["a"], [0], [(9, 9, 9)])
    report = prepare_labels(tmp_path / "masks", tmp_path / "labels", table)
    assert not report.like_ids and not report.clean
