import numpy as np
import pytest

from keras_pix2pixhd.data import ClassTable, find_colors, prepare_labels
from tests.data.label_folders import write_colors

RED, GREEN = (100, 0, 0), (0, 100, 0)


def test_a_table_of_the_colors_the_most_frequent_first(tmp_path):
    write_colors(tmp_path / "masks" / "a.png", [[RED, GREEN]])
    write_colors(tmp_path / "masks" / "b.png", [[GREEN, GREEN]])
    tally, path = find_colors(tmp_path / "masks", tmp_path / "labels")
    assert tally.most_common() == [(GREEN, 3, 2), (RED, 1, 1)]
    assert path == tmp_path / "classes.csv"
    assert ClassTable.load(path) == ClassTable(
        ["color_006400", "color_640000"], [0, 1], [GREEN, RED]
    )
    assert not (tmp_path / "labels").exists()


def test_the_table_serves_prepare_labels(tmp_path):
    write_colors(tmp_path / "masks" / "a.png", [[RED, GREEN, GREEN]])
    _, path = find_colors(tmp_path / "masks", tmp_path / "labels")
    report = prepare_labels(tmp_path / "masks", tmp_path / "labels", path)
    assert report.clean


def test_at_most_256_classes(tmp_path):
    colors = np.zeros((1, 300, 3))
    colors[0, :, 0] = np.arange(300) // 2
    colors[0, :, 1] = np.arange(300) % 2
    write_colors(tmp_path / "masks" / "a.png", colors)
    tally, path = find_colors(tmp_path / "masks", tmp_path / "new" / "labels")
    assert (len(tally), len(ClassTable.load(path))) == (300, 256)


def test_a_table_is_not_written_over(tmp_path):
    write_colors(tmp_path / "masks" / "a.png", [[RED]])
    (tmp_path / "classes.csv").write_text("mine")
    with pytest.raises(ValueError, match=r'classes.csv" must not exist, or'):
        find_colors(tmp_path / "masks", tmp_path / "labels")
    assert (tmp_path / "classes.csv").read_text() == "mine"


def test_a_mask_that_cannot_be_read(tmp_path):
    (tmp_path / "masks").mkdir()
    (tmp_path / "masks" / "a.png").write_text("no image")
    with pytest.raises(ValueError, match="must be a complete image"):
        find_colors(tmp_path / "masks", tmp_path / "labels")
    assert not (tmp_path / "classes.csv").exists()
