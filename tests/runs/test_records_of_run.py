import collections

import pytest

from keras_pix2pixhd.runs.records_of_run import (
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


def test_a_file_that_was_spoilt_is_named(tmp_path):
    (tmp_path / "metrics.json").write_text("{")
    with pytest.raises(ValueError, match="must be as the run wrote it. Rec"):
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
