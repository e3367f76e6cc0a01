import threading

import pytest

from keras_pix2pixhd.data.parallel import checked_workers, parallel_map


def test_results_come_in_order():
    assert list(parallel_map(lambda x: x * x, range(50), 3)) == [
        x * x for x in range(50)
    ]
    assert list(parallel_map(abs, [])) == []


def test_it_does_not_run_ahead_of_who_takes_the_results():
    begun = []
    results = parallel_map(begun.append, range(1000), 2)
    next(results)
    next(results)
    assert len(begun) <= 2 * 4 + 1
    results.close()


def test_an_error_ends_it_and_what_has_not_begun_is_dropped():
    begun = []

    def fails(item):
        begun.append(item)
        raise ValueError("it is so")

    with pytest.raises(ValueError, match="it is so"):
        list(parallel_map(fails, range(1000), 1))
    assert len(begun) <= 4
    assert threading.active_count() < 100


def test_as_many_workers_as_cores(monkeypatch):
    monkeypatch.setattr("os.cpu_count", lambda: 6)
    assert checked_workers(None) == 6
    assert checked_workers(3) == 3


@pytest.mark.parametrize("workers", [0, -1, 1.5, True, "2"])
def test_odd_numbers_of_workers(workers):
    with pytest.raises(ValueError, match="`workers` must be an int >= 1"):
        checked_workers(workers)
