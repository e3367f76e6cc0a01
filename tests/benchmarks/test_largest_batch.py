import pytest

from benchmarks.harness import largest_batch
from benchmarks.harness.largest_batch import largest, largest_common
from benchmarks.harness.side_process import OutOfMemoryError
from benchmarks.harness.work import Work


@pytest.mark.parametrize("most", [0, 1, 2, 3, 6, 7, 8, 13, 100])
def test_the_largest_is_found(most):
    assert largest(lambda size: size <= most) == most


@pytest.mark.parametrize("limit", [1, 5, 8])
def test_nothing_beyond_the_limit_is_tried(limit):
    tried = []
    assert largest(lambda size: tried.append(size) or True, limit) == limit
    assert max(tried) == limit


class FakeSide:
    def __init__(self, name, bears, is_reference=False):
        self.name, self._bears = name, bears
        self.is_reference, self.tried = is_reference, []

    def opener(self, work):
        def opened():
            self.tried.append(work.batch_size)
            if work.batch_size > self._bears:
                raise OutOfMemoryError("full")
            return _Process()

        return opened


class _Process:
    def __enter__(self):
        return self

    def __exit__(self, *error):
        pass

    def run(self, count):
        return 1.0


@pytest.mark.parametrize("ours, theirs", [(9, 5), (5, 9), (6, 6)])
def test_the_common_one_is_the_least_of_them(ours, theirs):
    sides = [FakeSide("a", ours), FakeSide("b", theirs, is_reference=True)]
    said = []
    assert largest_common(sides, Work(), said.append) == min(ours, theirs)
    assert len(said) == 2
    # nothing of the reference is compiled: it is asked first
    assert max(sides[0].tried) <= theirs


def test_a_size_that_nobody_bears_is_refused():
    sides = [FakeSide("a", 0)]
    with pytest.raises(ValueError, match="a batch of one. Received: .*256"):
        largest_common(sides, Work(), lambda words: None)


def test_other_errors_are_not_taken_for_full_memory():
    class Broken(FakeSide):
        def opener(self, work):
            raise RuntimeError("no such file")

    with pytest.raises(RuntimeError, match="no such file"):
        largest_batch.bears(Broken("a", 1), Work())
