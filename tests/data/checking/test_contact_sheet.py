import numpy as np
import pytest

from keras_pix2pixhd.data import (
    ClassTable,
    ImageDatastore,
    check_data,
    combine,
    pair_folders,
)
from keras_pix2pixhd.data.checking.contact_sheet import draw_contact_sheet
from tests.data.label_folders import TABLE, write_pair

# Half road, a quarter car and a quarter void, in an image of 240 x 320: the
# size of a picture on the sheet.
IDS = np.full((240, 320), 1)
IDS[:, 160:240] = 2
IDS[:, 240:] = 9
PHOTO = np.full((240, 320, 3), 200)
TOP = LEFT = 8


def sheet_of(folder, count=12):
    instances = folder / "instances"
    pairs = pair_folders(
        folder / "images",
        folder / "labels",
        TABLE,
        instances=instances if instances.is_dir() else None,
        unpaired="skip",
    )
    return draw_contact_sheet(pairs, check_data(pairs), count)


def test_photograph_colours_and_void(tmp_path):
    write_pair(tmp_path, "a", IDS, PHOTO)
    sheet = sheet_of(tmp_path)
    assert sheet.dtype == "uint8"
    row = sheet[TOP + 100, LEFT:]
    assert row[0].tolist() == row[319].tolist() == [200, 200, 200]
    assert row[320].tolist() == [150, 100, 100]
    assert row[320 + 200].tolist() == [100, 150, 100]
    assert row[320 + 300].tolist() == [200, 200, 200]
    assert row[640].tolist() == [255, 255, 255]


def test_the_legend_is_below_the_largest_class_first(tmp_path):
    write_pair(tmp_path, "a", IDS, PHOTO)
    sheet = sheet_of(tmp_path)
    legend = sheet[TOP + 240 + 18 + 8 :]
    swatch = legend[7, LEFT + 7]
    assert swatch.tolist() == [100, 0, 0]
    assert legend[7, LEFT + 210 + 7].tolist() == [0, 100, 0]


def test_borders_between_instances_are_white(tmp_path):
    instance = np.ones((240, 320))
    instance[120:] = 2
    write_pair(tmp_path, "a", IDS, PHOTO, instance)
    column = sheet_of(tmp_path)[TOP:, LEFT + 320 + 100]
    assert column[119].tolist() == [255, 255, 255]
    assert column[118].tolist() == column[120].tolist() == [150, 100, 100]


@pytest.mark.parametrize(
    "colors, line",
    [
        ([(0, 0, 0), (255, 255, 255)], [0, 220, 255]),
        ([(0, 0, 0), (0, 200, 250)], [255, 230, 0]),
        ([(0, 255, 255), (255, 255, 0)], [255, 0, 0]),
    ],
)
def test_a_line_between_few_classes(tmp_path, colors, line):
    write_pair(tmp_path, "a", IDS, PHOTO)
    table = ClassTable(["a", "b"], [1, 2], colors, [9])
    pairs = pair_folders(tmp_path / "images", tmp_path / "labels", table)
    sheet = draw_contact_sheet(pairs, check_data(pairs))
    row = sheet[TOP + 100, LEFT + 320 :].tolist()
    assert row[159] == row[239] == line
    assert line not in row[:159] + row[160:239] + row[240:]


def test_no_line_between_four_classes(tmp_path):
    write_pair(tmp_path, "a", IDS, PHOTO)
    table = ClassTable(
        list("abcd"), [1, 2, 9, 4], [(n, n, n) for n in range(4)]
    )
    pairs = pair_folders(tmp_path / "images", tmp_path / "labels", table)
    row = draw_contact_sheet(pairs, check_data(pairs))[TOP + 100, LEFT + 320 :]
    assert row[159].tolist() == row[158].tolist() == [100, 100, 100]


def test_without_classes_both_pictures_are_as_they_are(tmp_path):
    write_pair(tmp_path, "a", IDS * 20, PHOTO)
    pairs = combine(
        images=ImageDatastore(tmp_path / "images"),
        labels=ImageDatastore(tmp_path / "labels"),
    )
    sheet = draw_contact_sheet(pairs, check_data(pairs))
    assert sheet[TOP + 9, LEFT + 320].tolist() == [20, 20, 20]
    assert sheet.shape == (8 + 240 + 18 + 8, 640 + 16, 3)


@pytest.mark.parametrize("count, rows", [(1, 1), (3, 2), (12, 3)])
def test_as_many_pairs_as_asked_for(tmp_path, count, rows):
    for name in "abcdef":
        write_pair(tmp_path, name, IDS, PHOTO)
    height = sheet_of(tmp_path, count).shape[0]
    assert height == rows * (240 + 18 + 8) + 8 + 22 + 8


def test_pairs_with_a_problem_are_left_out(tmp_path):
    write_pair(tmp_path, "a", IDS, PHOTO)
    write_pair(tmp_path, "b", IDS * 3, PHOTO)
    write_pair(tmp_path, "c", IDS, PHOTO)
    (tmp_path / "images" / "c.png").write_text("")
    alone = sheet_of(tmp_path)
    assert alone.shape[0] == 240 + 18 + 22 + 3 * 8
    (tmp_path / "images" / "a.png").write_text("")
    assert sheet_of(tmp_path) is None


def test_no_pairs_asked_for(tmp_path):
    write_pair(tmp_path, "a", IDS, PHOTO)
    assert sheet_of(tmp_path, 0) is None


@pytest.mark.parametrize("shape", [(1, 1000), (1000, 1), (1, 1), (3, 5)])
def test_odd_sizes(tmp_path, shape):
    write_pair(tmp_path, "a\nö", np.ones(shape))
    assert sheet_of(tmp_path).shape[1] >= 640


def test_more_classes_than_a_legend_has_room_for(tmp_path):
    from keras_pix2pixhd.data.checking.sheet_legend import draw_legend

    write_pair(tmp_path, "a", [[1]])
    names = [f"a class with a long name {n}" for n in range(100)]
    table = type(TABLE)(names, range(100), [(n, 0, 0) for n in range(100)])
    pairs = pair_folders(tmp_path / "images", tmp_path / "labels", table)
    report = check_data(pairs)
    report.pixels = dict.fromkeys(names, 1)
    legend = draw_legend(report, 1280)
    assert legend.size == (1280, 11 * 22)  # 61 entries in 6 columns
