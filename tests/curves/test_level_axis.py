from keras_pix2pixhd.curves.level_axis import (
    place_in_words,
    points,
    shared_place,
)
from tests.curves.histories import history


def test_epochs_where_those_of_all_runs_are_as_long():
    assert shared_place([history(), history(steps=(10, 20, 25))]) == "epoch"


def test_steps_where_the_epochs_of_runs_are_not_as_long():
    assert shared_place([history(), history(steps=(30, 60, 90))]) == "steps"


def test_steps_where_epochs_begin_again():
    rows = history()
    rows[2]["epoch"] = 1
    assert shared_place([rows]) == "steps"


def test_rows_where_steps_begin_again_too():
    rows = history(steps=(10, 20, 10), loss=[3, 2, 1])
    rows[2]["epoch"] = 1
    assert shared_place([rows]) == "row"
    assert points(rows, "loss", "row") == [(1, 3), (2, 2), (3, 1)]


def test_a_run_without_history_does_not_count():
    assert shared_place([[], history()]) == "epoch"


def test_epochs_without_a_held_out_number_are_no_gap():
    rows = history(val_l1=[9, None, 8], loss=[3, None, 1])
    assert points(rows, "val_l1", "epoch") == [(1, 9), (3, 8)]
    assert points(rows, "loss", "epoch") == [(1, 3), (2, None), (3, 1)]


def test_why_they_are_not_drawn_by_epoch_is_said():
    assert place_in_words([history()]) == "by epoch"
    longer = history(steps=(30, 60, 90))
    assert place_in_words([history(), longer]) == (
        "by step: an epoch is not as many steps in one run as in another"
    )
    rows = history()
    rows[2]["epoch"] = 1
    over = "in history.csv start over or are missing"
    assert place_in_words([rows]) == f"by step: the epoch numbers {over}"
    assert place_in_words([longer, rows]).endswith(over)
    rows[2]["steps"] = 10
    assert place_in_words([rows]) == (
        "by row of history.csv: the numbers of its epochs and steps start over "
        "or are missing"
    )
