import collections

import pytest

from keras_pix2pixhd.runs.records.records_of_run import (
    check_same_pairs,
    read_metrics,
    write_metrics,
    write_sides,
)

Side = collections.namedtuple("Side", "names")
Parts = collections.namedtuple("Parts", "train held_out")


def parts(train, held_out):
    return Parts(Side(train.split()), Side(held_out.split()))


def test_metrics_come_back(tmp_path):
    assert read_metrics(tmp_path) == {}
    write_metrics(tmp_path, {"untrained": {"l1": 1.5}})
    assert read_metrics(tmp_path) == {"untrained": {"l1": 1.5}}


SPOILT = ["", "{", "[]", "5", "null", '"trained"', "[1]", "[" * 100_000]


@pytest.mark.parametrize(
    "text", [*SPOILT, '{"trained": 1}', '{"trained": null}']
)
def test_metrics_of_another_kind_are_refused(tmp_path, text):
    (tmp_path / "metrics.json").write_text(text)
    with pytest.raises(ValueError) as error:
        read_metrics(tmp_path)
    words = str(error.value)
    assert f'"{tmp_path}/metrics.json" must hold what the run wrote: ' in words
    assert "tables of metrics, untrained and trained. Received: " in words
    assert words.endswith(f"--init-from {tmp_path}")
    assert len(words) < 500 and "\n" not in words


@pytest.mark.parametrize(
    "text",
    [
        *SPOILT,
        "{}",
        '{"train": 5, "held_out": []}',
        '{"train": ["a"]}',
        '{"train": [1], "held_out": ["c"]}',
        '{"train": [["a"]], "held_out": []}',
    ],
)
def test_a_split_of_another_kind_is_refused(tmp_path, text):
    (tmp_path / "split.json").write_text(text)
    with pytest.raises(ValueError) as error:
        check_same_pairs(tmp_path, parts("a b", "c"))
    words = str(error.value)
    assert f'"{tmp_path}/split.json" must hold what the run wrote: ' in words
    assert "lists of names, train and held_out. Received: " in words


def test_a_record_that_is_a_folder_is_refused(tmp_path):
    (tmp_path / "metrics.json").mkdir()
    with pytest.raises(ValueError, match="must hold what.*Is a directory"):
        read_metrics(tmp_path)


def test_the_same_pairs_pass_and_so_does_a_run_without_a_record(tmp_path):
    check_same_pairs(tmp_path, parts("a b", "c"))
    write_sides(tmp_path, parts("a b", "c"))
    check_same_pairs(tmp_path, parts("a b", "c"))


@pytest.mark.parametrize(
    "found, words",
    [
        (("a", "c"), "Received: 1 gone from train: b. Say where"),
        (("a b d", "c"), "Received: 1 new in train: d. Say"),
        (
            ("a", "b"),
            "1 gone from train: b; 1 gone from held_out: c; 1 new in held_out",
        ),
        (("b a", "c"), "Received: another order of them. Say"),
        (("a b e f g h", "c"), "4 new in train: e, f, g, ..."),
    ],
)
def test_other_pairs_are_named(tmp_path, found, words):
    write_sides(tmp_path, parts("a b", "c"))
    with pytest.raises(ValueError, match=words):
        check_same_pairs(tmp_path, parts(*found))
