import json

import pytest

from keras_pix2pixhd.data import Pairs, car_of, read_pairs, split

VIEWS = [f"car{car}_{view:02d}" for car in range(4) for view in (1, 2, 3)]


def test_car_of():
    assert car_of("03a857ce842d_01") == "03a857ce842d"
    assert car_of("my_car_16") == "my_car"
    assert car_of("photo") == "photo"


def test_whole_cars(carvana_like):
    folder = carvana_like(VIEWS, size=(1, 2))
    result = split(read_pairs(folder), folder, train_fraction=0.7, seed=5)
    assert (len(result.train), len(result.held_out)) == (9, 3)
    assert len({car_of(name) for name in result.held_out.names}) == 1
    assert result.note == (
        "9 training pairs of 3 cars, 3 held-out pairs of 1 car "
        "(chosen at random, seed 5)"
    )


def test_one_car_falls_back_to_views(carvana_like):
    folder = carvana_like(VIEWS[:3], size=(1, 2))
    train, held_out, note = split(read_pairs(folder), folder)
    assert (len(train), len(held_out)) == (2, 1)
    assert note == (
        "2 training pairs of 1 car, 1 held-out pair of 1 car (chosen at "
        "random, seed 0; fewer than two cars, so both sides have views of the "
        "same car)"
    )


def test_other_names_are_split_one_by_one(carvana_like):
    # Six digits are a frame number, not a view.
    names = [f"0001TP_{frame:06d}" for frame in range(8)]
    folder = carvana_like(names, size=(1, 2))
    result = split(read_pairs(folder), folder, train_fraction=0.5)
    assert (len(result.train), len(result.held_out)) == (4, 4)
    assert result.note == (
        "4 training pairs, 4 held-out pairs (chosen at random, seed 0)"
    )


def write_split(folder, **content):
    (folder / "split.json").write_text(json.dumps(content))


def test_split_file_wins(carvana_like):
    folder = carvana_like(VIEWS, size=(1, 2))
    write_split(
        folder,
        about="two cars and a view",
        held_out=["car1", "car0_02"],
        train=["car2", "car3", "car0_01", "car0_03"],
    )
    result = split(read_pairs(folder), folder, train_fraction=0.1, seed=9)
    assert result.held_out.names == ("car0_02", "car1_01", "car1_02", "car1_03")
    assert len(result.train) == 8
    assert result.note == (
        "8 training pairs of 3 cars, 4 held-out pairs of 2 cars (split.json)"
    )


@pytest.mark.parametrize(
    "train, held_out, words",
    [
        (
            ["car0", "car1", "car2"],
            ["car3", "car7"],
            "1 entries that match no pair: car7",
        ),
        (["car0", "car1"], ["car2"], "3 pairs on neither side: car3_01"),
        (
            ["car0", "car1", "car2", "car3"],
            ["car3_02"],
            "1 pairs on both sides: car3_02",
        ),
        (["car0", "car1", "car2", "car3"], [], "sides without pairs: held_out"),
    ],
)
def test_split_file_that_does_not_fit(carvana_like, train, held_out, words):
    folder = carvana_like(VIEWS, size=(1, 2))
    write_split(folder, train=train, held_out=held_out)
    with pytest.raises(ValueError, match=f"{words}.*remove it for a random"):
        split(read_pairs(folder), folder)


@pytest.mark.parametrize(
    "text", ["{", "[]", '{"train": ["car0"]}', '{"train": 1, "held_out": 2}']
)
def test_split_file_of_a_wrong_form(carvana_like, text):
    folder = carvana_like(VIEWS, size=(1, 2))
    (folder / "split.json").write_text(text)
    with pytest.raises(ValueError, match='split.json" must be a JSON object'):
        split(read_pairs(folder), folder)


def test_one_pair_cannot_be_split(carvana_like):
    folder = carvana_like(["a"])
    with pytest.raises(ValueError, match="two pairs are needed"):
        split(read_pairs(folder), folder)


def test_real_carvana(shared):
    folder = shared / "data" / "carvana"
    train, held_out, note = split(read_pairs(folder), folder)
    assert (len(train), len(held_out)) == (808, 192)
    assert note == (
        "808 training pairs of 51 cars, 192 held-out pairs of 12 cars "
        "(split.json)"
    )


def test_a_subset_of_a_split_file_keeps_its_shares(carvana_like):
    folder = carvana_like(VIEWS, size=(1, 2))
    write_split(folder, train=["car0", "car1", "car2"], held_out=["car3"])
    parts = split(read_pairs(folder), folder, subset=8)
    assert (len(parts.train), len(parts.held_out)) == (6, 2)
    assert parts.note.endswith("(8 of 12 pairs, split.json)")
    assert {car_of(name) for name in parts.held_out.names} == {"car3"}
    few = split(read_pairs(folder), folder, subset=2)
    assert (len(few.train), len(few.held_out)) == (1, 1)


def test_a_subset_of_one_cannot_be_split(carvana_like):
    folder = carvana_like(VIEWS, size=(1, 2))
    write_split(folder, train=["car0", "car1", "car2"], held_out=["car3"])
    with pytest.raises(ValueError, match="`subset` must be at least 2"):
        split(read_pairs(folder), folder, subset=1)


OFFICIAL = ["train/a_01", "train/a_02", "train/b_01", "val/a_01"]


def official(carvana_like, names):
    folder = carvana_like(["x"])
    pairs = read_pairs(folder)
    rows = {name: {"image": 0, "label": 0} for name in names}
    return Pairs(rows, pairs._stores["image"], pairs._stores["label"]), folder


def test_official_split(carvana_like):
    result = split(*official(carvana_like, OFFICIAL), train_fraction=0.1)
    assert result.train.names == tuple(OFFICIAL[:3])
    assert result.held_out.names == ("val/a_01",)
    assert result.note == (
        "3 training pairs of 2 cars, 1 held-out pair of 1 car (the data set's "
        "own split)"
    )


def test_a_subset_of_an_official_split_keeps_its_shares(carvana_like):
    pairs, folder = official(carvana_like, OFFICIAL)
    result = split(pairs, folder, subset=2)
    assert len(result.train) == 1
    assert result.held_out.names == ("val/a_01",)
    assert result.note.endswith("(2 of 4 pairs, the data set's own split)")


def test_split_file_wins_over_an_official_split(carvana_like):
    pairs, folder = official(carvana_like, OFFICIAL)
    write_split(folder, train=["val/a", "train/b_01"], held_out=["train/a"])
    result = split(pairs, folder)
    assert result.train.names == ("train/b_01", "val/a_01")
    assert result.note.endswith("(split.json)")


@pytest.mark.parametrize("name", ["train/c", "a", "validate/c"])
def test_one_side_alone_is_split_at_random(carvana_like, name):
    names = [*OFFICIAL[:3], name] + ["val/x"] * (name == "a")
    result = split(*official(carvana_like, names))
    assert "chosen at random" in result.note


def test_a_split_file_that_is_a_folder(carvana_like):
    folder = carvana_like(VIEWS, size=(1, 2))
    (folder / "split.json").mkdir()
    assert "chosen at random" in split(read_pairs(folder), folder).note
