import numpy as np
import pytest
from PIL import Image

from keras_pix2pixhd.data import (
    TOY_CARS,
    read_pairs,
    split,
    toy_car,
    write_toy_cars,
)


def test_what_is_written_reads_as_drawn(tmp_path):
    folder = write_toy_cars(tmp_path / "deep" / "toys", 6, (32, 48), seed=2)
    assert folder == tmp_path / "deep" / "toys"
    pairs = read_pairs(folder)
    assert pairs.names == (
        "toy000_01",
        "toy000_02",
        "toy000_03",
        "toy000_04",
        "toy001_01",
        "toy001_02",
    )
    assert pairs.class_table == TOY_CARS
    for index in range(6):
        scene = toy_car(index, (32, 48), seed=2)
        pair = pairs.read(index)
        for kind in ("image", "label", "instance"):
            assert (pair[kind] == scene[kind]).all()
            assert pair[kind].dtype == scene[kind].dtype
    assert sorted(p.name for p in folder.parent.iterdir()) == ["toys"]


def test_labels_show_the_colors_of_the_table(tmp_path):
    folder = write_toy_cars(tmp_path / "toys", 1)
    with Image.open(folder / "labels" / "toy000_01.png") as image:
        shown = np.asarray(image.convert("RGB"))
    assert (shown == TOY_CARS.to_colors(toy_car(0)["label"])).all()


def test_the_views_of_a_car_stay_together(tmp_path):
    folder = write_toy_cars(tmp_path / "toys", 16, (16, 24))
    note = split(read_pairs(folder), folder, 0.75).note
    assert note.startswith(
        "12 training pairs of 3 cars, 4 held-out pairs of 1 car"
    )


def test_the_same_set_is_left_alone(tmp_path):
    folder = write_toy_cars(tmp_path / "toys", 2, (16, 24))
    before = {p: p.stat().st_mtime_ns for p in folder.rglob("*")}
    assert write_toy_cars(folder, 2, [16, 24]) == folder
    assert {p: p.stat().st_mtime_ns for p in folder.rglob("*")} == before


@pytest.mark.parametrize(
    "changes", [{"count": 3}, {"image_size": (16, 25)}, {"seed": 1}]
)
def test_another_set_is_refused(tmp_path, changes):
    arguments = {"count": 2, "image_size": (16, 24), "seed": 0}
    folder = write_toy_cars(tmp_path / "toys", **arguments)
    with pytest.raises(ValueError, match="holds something else. Remove it"):
        write_toy_cars(folder, **{**arguments, **changes})


def test_an_incomplete_set_is_refused(tmp_path):
    folder = write_toy_cars(tmp_path / "toys", 2, (16, 24))
    (folder / "labels" / "toy000_02.png").unlink()
    with pytest.raises(ValueError, match="holds something else"):
        write_toy_cars(folder, 2, (16, 24))


def test_an_empty_folder_is_filled(tmp_path):
    assert len(read_pairs(write_toy_cars(tmp_path, 2, (16, 24)))) == 2


def test_a_file_in_the_way(tmp_path):
    (tmp_path / "toys").write_text("x")
    with pytest.raises(ValueError, match="must be new, empty"):
        write_toy_cars(tmp_path / "toys", 2)


def test_no_scenes(tmp_path):
    with pytest.raises(ValueError, match="at least 1. Received: count=0"):
        write_toy_cars(tmp_path / "toys", 0)
    with pytest.raises(ValueError, match="image_size=8"):
        write_toy_cars(tmp_path / "toys", 1, image_size=8)


def test_nothing_is_left_behind_by_a_failure(tmp_path, monkeypatch):
    def fail(*args, **kwargs):
        raise OSError("disk full")

    monkeypatch.setattr(TOY_CARS.__class__, "save", fail)
    with pytest.raises(OSError, match="disk full"):
        write_toy_cars(tmp_path / "toys", 1, (16, 24))
    assert list(tmp_path.iterdir()) == []
