import pytest

from benchmarks.harness.turns import in_turns, ratios


class FakeSide:
    """Says when it runs; its turns take 1, 2, 3, ... seconds."""

    memory, held, on_device, idled, facts = 30, 10, False, 0.5, "fake"

    def __init__(self, name, log):
        self.name, self.log, self.turns = name, log, 0
        log.append(f"open {name}")

    def run(self, count):
        self.turns += 1
        self.log.append(f"{self.name}{count}")
        return float(self.turns)

    def close(self):
        self.log.append(f"close {self.name}")


@pytest.fixture
def log():
    return []


@pytest.fixture
def openers(log):
    return {name: lambda name=name: FakeSide(name, log) for name in "ab"}


def test_sides_alternate_after_the_warm_up(log, openers):
    in_turns(openers, pairs=3, warm_up=2, count=4)
    warm = ["open a", "a1", "a4", "a4", "open b", "b1", "b4", "b4"]
    turns = ["a4", "b4", "b4", "a4", "a4", "b4"]
    assert log == [*warm, *turns, "close a", "close b"]


def test_only_turns_after_the_warm_up_count(openers):
    found = in_turns(openers, pairs=3, warm_up=2)
    for one in found.values():
        assert one.first == 1
        assert one.seconds == [4, 5, 6]
        assert one.median == 5
        assert (one.memory, one.held, one.idled) == (30, 10, 0.5)


def test_apart_every_turn_opens_its_side_anew(log, openers):
    found = in_turns(openers, pairs=2, warm_up=1, count=2, together=False)
    a = ["open a", "a1", "a2", "a2", "close a"]
    b = ["open b", "b1", "b2", "b2", "close b"]
    assert log == [*a, *b, *b, *a]
    assert found["a"].seconds == [3, 3]


def test_sides_are_closed_when_one_fails(log, openers):
    def broken():
        raise RuntimeError("no")

    with pytest.raises(RuntimeError):
        in_turns({**openers, "c": broken}, pairs=1)
    assert log[-2:] == ["close a", "close b"]


def test_ratios_are_those_of_the_pairs():
    assert ratios([1.0, 6.0], [2.0, 3.0]) == [0.5, 2.0]
