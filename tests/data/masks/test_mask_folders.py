import pytest

from keras_pix2pixhd.data.masks.class_template import class_template
from keras_pix2pixhd.data.masks.mask_folders import (
    checked_output,
    find_masks,
    place_of_classes,
    read_classes,
    write_classes,
)
from tests.data.label_folders import TABLE, write_colors

RED = [[(100, 0, 0)]]


def test_masks_are_found_in_order(tmp_path):
    for name in ("b.png", "a.bmp"):
        write_colors(tmp_path / name, RED)
    (tmp_path / "notes.txt").write_text("")
    assert find_masks(tmp_path) == [tmp_path / "a.bmp", tmp_path / "b.png"]


def test_two_masks_of_one_name(tmp_path):
    for name in ("a.png", "a.bmp"):
        write_colors(tmp_path / name, RED)
    with pytest.raises(ValueError, match='a.bmp" and .*a.png". Rename one'):
        find_masks(tmp_path)


def test_another_folder_than_that_of_the_masks(tmp_path):
    assert checked_output(tmp_path, tmp_path / "x") == tmp_path / "x"
    with pytest.raises(ValueError, match="another folder than that of the"):
        checked_output(tmp_path, tmp_path / "x" / "..")


def test_another_folder_through_a_link(tmp_path):
    (tmp_path / "masks").mkdir()
    (tmp_path / "link").symlink_to(tmp_path / "masks")
    with pytest.raises(ValueError, match="for both"):
        checked_output(tmp_path / "masks", tmp_path / "link")


def test_a_file_is_no_folder(tmp_path):
    (tmp_path / "file").write_text("")
    with pytest.raises(ValueError, match="which is a file"):
        checked_output(tmp_path / "masks", tmp_path / "file")


def test_where_classes_go(tmp_path):
    output = tmp_path / "labels"
    assert place_of_classes(output, TABLE) == tmp_path / "classes.json"
    assert place_of_classes(output, None) == tmp_path / "classes.csv"


def test_the_same_classes_stay_where_they_are(tmp_path):
    TABLE.save(tmp_path / "classes.csv")
    found = place_of_classes(tmp_path / "labels", TABLE)
    assert found == tmp_path / "classes.csv"


def test_other_classes_are_not_written_over(tmp_path):
    (tmp_path / "classes.csv").write_text("name,id,r,g,b\nx,1,2,3,4\n")
    with pytest.raises(ValueError, match="Received: a table of others"):
        place_of_classes(tmp_path / "labels", TABLE)
    with pytest.raises(ValueError, match="Pass it with --classes"):
        place_of_classes(tmp_path / "labels", None)


def test_a_template_gives_way(tmp_path):
    class_template([(1, 2, 3)]).save(tmp_path / "classes.csv")
    place = place_of_classes(tmp_path / "labels", TABLE)
    assert place == tmp_path / "classes.json"
    write_classes(TABLE, place)
    assert [path.name for path in tmp_path.iterdir()] == ["classes.json"]


def test_a_template_that_is_used_stays(tmp_path):
    table = class_template([(1, 2, 3)])
    table.save(tmp_path / "classes.csv")
    place = place_of_classes(tmp_path / "labels", table)
    assert place == tmp_path / "classes.csv"
    table.save(tmp_path / "classes.json")
    write_classes(table, tmp_path / "classes.json")
    assert place.exists()


@pytest.mark.parametrize("text", ["mine", "name,id,r,g,b\nx,1,2,3,4\n"])
def test_what_is_no_template_is_never_removed(tmp_path, text):
    (tmp_path / "classes.csv").write_text(text)
    write_classes(TABLE, tmp_path / "classes.json")
    assert (tmp_path / "classes.csv").read_text() == text


def test_a_file_of_classes_that_is_missing(tmp_path):
    words = r'an existing file. Received: ".*nope.csv", which does not exist$'
    with pytest.raises(ValueError, match=words):
        read_classes(tmp_path / "nope.csv")
    TABLE.save(tmp_path / "classes.csv")
    assert read_classes(str(tmp_path / "classes.csv")) == TABLE
