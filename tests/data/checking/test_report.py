import json
import os

import pytest

from keras_pix2pixhd.data import DataReport, check_data, pair_folders
from keras_pix2pixhd.data.checking.problem import Problem
from keras_pix2pixhd.data.checking.value_tally import ValueTally
from tests.data.label_folders import TABLE, write_pair


def bad_report():
    unknown = ValueTally()
    unknown.add([3], [40])
    unknown.add([3, 4], [2, 1])
    outside = ("outside_table", "a", ("l/a.png",), "too long", ((3, 40),))
    return DataReport(
        pairs=4,
        kinds=("image", "label"),
        class_table=TABLE,
        sizes={(2, 3): 1},
        formats={"image": {"JPEG RGB": 3}, "label": {"PNG L": 4}},
        pixels={"road": 5, "car": 1, "sky": 0},
        images={"road": 1, "car": 1, "sky": 0},
        problems=[
            Problem(*outside),
            Problem("outside_table", "b", ("l/b.png",), "", ((3, 2), (4, 1))),
            Problem("corrupt", "c", ("i/c\n.jpg",), '"i/c\n.jpg" is bad'),
        ],
        outside_table=unknown,
        unpaired={"image": ["i/x.jpg"]},
    )


def test_problems_in_words():
    text = str(bad_report())
    assert text == "\n".join(
        [
            "pairs           4",
            "photographs     JPEG RGB: 3",
            "label maps      PNG L: 4",
            "height x width  2 x 3: 1",
            "",
            "class           pixels     share   pairs with it",
            "road                 5    83.3 %               1",
            "car                  1    16.7 %               1",
            "never seen: sky",
            "",
            "PROBLEMS: training would fail",
            "files that cannot be read: 1",
            '  "i/c\\n.jpg" is bad',
            "values outside the class table: 2",
            "  3: 42 pixels in 2 files",
            "  4: 1 pixel in 1 file",
            "files with such values: 2",
            "  l/a.png: 3 (40)",
            "  l/b.png: 3 (2), 4 (1)",
            "files without a partner: 1",
            "  photographs: i/x.jpg",
        ]
    )


def test_a_hundred_files_of_a_problem_are_listed():
    report = bad_report()
    report.unpaired["image"] = [f"{n}.png" for n in range(250)]
    text = str(report)
    assert (
        "without a partner: 250\n" in text and "  photographs: 99.png" in text
    )
    assert "100.png" not in text and "  and 150 more" in text
    assert len(report.to_dict()["unpaired"]["image"]) == 250


def test_the_first_values_of_a_file_are_listed():
    report = bad_report()
    values = tuple((id_, 100 - id_) for id_ in range(20, 40))
    problem = Problem("outside_table", "d", ("d.png",), "", values, 5)
    report.problems = [problem]
    line = "  d.png: 20 (80), 21 (79), 22 (78), 23 (77), 24 (76), 25 (75), "
    assert f"{line}26 (74), 27 (73) and 17 more\n" in str(report)


def test_twelve_sizes_are_listed():
    report = bad_report()
    report.sizes = {(1, width): 2 for width in range(1, 21)}
    assert "1 x 12: 2, and 8 more\n" in str(report)
    assert len(report.to_dict()["sizes"]) == 20


def test_no_pair_in_words():
    report = DataReport(pairs=0, kinds=("image", "label"), class_table=TABLE)
    assert "no photograph has a label map of its name" in str(report)


def test_void_everywhere():
    nothing = {"road": 0, "car": 0, "sky": 0}
    report = DataReport(
        pairs=1,
        kinds=("image", "label"),
        class_table=TABLE,
        sizes={(2, 3): 1},
        pixels=nothing,
        images=nothing,
        void_pixels=6,
    )
    assert report.void_everywhere and not report.clean
    assert str(report).endswith(
        "PROBLEMS: training would fail\n"
        "no pixel of any class: every label map is void, and training would "
        "learn nothing. Are the class table and its void ids the right ones?"
    )


def test_void_nowhere_without_classes_or_readable_pairs():
    assert not DataReport(1, ("image",), sizes={(2, 3): 1}).void_everywhere
    nothing = dict.fromkeys(TABLE.names, 0)
    kinds = ("image", "label")
    assert not DataReport(1, kinds, TABLE, pixels=nothing).void_everywhere


def test_json_of_problems():
    found = bad_report().to_dict()
    assert json.loads(json.dumps(found)) == found | {
        "kinds": ["image", "label"]
    }
    assert found["clean"] is False
    assert found["outside_table"]["values"] == [
        {"value": 3, "pixels": 42, "files": 2},
        {"value": 4, "pixels": 1, "files": 1},
    ]
    assert found["outside_table"]["files"][1] == {
        "pair": "b",
        "files": ["l/b.png"],
        "reason": "",
        "values": [{"value": 3, "pixels": 2}, {"value": 4, "pixels": 1}],
        "more_values": 0,
    }
    assert found["corrupt"] == [
        {"pair": "c", "files": ["i/c\n.jpg"], "reason": '"i/c\n.jpg" is bad'}
    ]
    assert found["unpaired"] == {"image": ["i/x.jpg"]}


def test_json_of_clean_data(tmp_path):
    write_pair(tmp_path, "a", [[1, 1, 2, 9]], instance=[[1, 1, 2, 3]])
    pairs = pair_folders(
        tmp_path / "images",
        tmp_path / "labels",
        TABLE,
        instances=tmp_path / "instances",
    )
    path = tmp_path / "new" / "report.json"
    check_data(pairs).save(path)
    assert os.listdir(path.parent) == ["report.json"]
    found = json.loads(path.read_text())
    warnings = found.pop("warnings")
    assert any("1 pair only" in warning for warning in warnings)
    assert found == {
        "clean": True,
        "layout": None,
        "pairs": 1,
        "pairs_without_problem": 1,
        "kinds": ["image", "label", "instance"],
        "sizes": [{"height": 1, "width": 4, "pairs": 1}],
        "formats": {
            "image": {"PNG RGB": 1},
            "label": {"PNG L": 1},
            "instance": {"PNG I;16": 1},
        },
        "classes": [
            {
                "name": "road",
                "color": [100, 0, 0],
                "pixels": 2,
                "share": 0.5,
                "images": 1,
            },
            {
                "name": "car",
                "color": [0, 100, 0],
                "pixels": 1,
                "share": 0.25,
                "images": 1,
            },
            {
                "name": "sky",
                "color": [0, 0, 100],
                "pixels": 0,
                "share": 0.0,
                "images": 0,
            },
        ],
        "never_seen": ["sky"],
        "void": {
            "pixels": 1,
            "share": 0.25,
            "images": 1,
            "everywhere": False,
        },
        "outside_table": {"values": [], "other_pixels": 0, "files": []},
        "instances": {
            "instances": 3,
            "ids": [1, 3],
            "per_image": {"min": 3, "median": 3, "max": 3},
            "pixels": {"min": 1, "median": 1, "max": 2},
            "crossing_classes": 0,
            "crossing_pairs": [],
        },
        "corrupt": [],
        "unequal_size": [],
        "unpaired": {},
        "duplicates": [],
    }


def test_without_classes_there_is_no_word_of_them():
    report = DataReport(pairs=1, kinds=("image", "label"), sizes={(1, 2): 1})
    assert "class" not in str(report)
    assert not {"classes", "void", "outside_table"} & set(report.to_dict())


def test_a_place_that_cannot_be_written(tmp_path):
    (tmp_path / "file").write_text("")
    words = 'report.json" must be a file that can be written. Received: .*file'
    with pytest.raises(ValueError, match=words):
        bad_report().save(tmp_path / "file" / "report.json")


def test_names_that_are_no_unicode_can_be_written(tmp_path):
    report = bad_report()
    report.unpaired["image"] = ["\udcff.png"]
    report.save(tmp_path / "report.json")
    assert "  photographs: \\udcff.png" in str(report)
    found = json.loads((tmp_path / "report.json").read_text())
    assert found["unpaired"]["image"] == ["\udcff.png"]
