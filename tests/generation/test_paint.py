import pathlib

import numpy as np
import pytest

from keras_pix2pixhd.generation.job import Row
from keras_pix2pixhd.generation.paint import batches, paint


def row(size, name="x", wanted=True):
    label = np.zeros((1, *size), "uint8")
    return Row({"label": label}, size, pathlib.Path(name), wanted)


def test_neighbours_of_other_sizes_are_never_mixed():
    sizes = [(2, 3)] * 3 + [(3, 2)] + [(2, 3)]
    found = batches([row(size) for size in sizes], 2)
    assert [[r.size for r in batch] for batch in found] == [
        [(2, 3), (2, 3)],
        [(2, 3)],
        [(3, 2)],
        [(2, 3)],
    ]


class Painter:
    """Stands for a model, and notes what it is given."""

    def __init__(self):
        self.sizes = []

    def generate(self, label):
        self.sizes.append(len(label))
        return np.zeros((*label.shape, 3), "uint8")


class Job:
    """Stands for a million label maps of 2x3 pixels."""

    def __init__(self, folder, done=(), broken=()):
        self.gan, self.read_so_far = Painter(), set()
        self._folder, self._done, self._broken = folder, done, broken

    def read(self, place):
        self.read_so_far.add(place)
        if place in self._broken:
            raise ValueError(f"{place} is broken")
        wanted = place not in self._done
        return [row((2, 3), self._folder / f"{place}.png", wanted)]


def chunks(count, size):
    return (range(s, s + size) for s in range(0, count, size))


def test_of_a_million_a_few_are_read_ahead(tmp_path):
    job = Job(tmp_path)
    painting = paint(job, chunks(10**6, 2), 2, threads=3)
    for _ in range(5):
        next(painting)
    # five written, six waiting for that, twelve read ahead, and a chunk
    assert len(job.read_so_far) <= 5 + 6 + 12 + 2 * 2
    painting.close()
    assert len(job.gan.sizes) <= 6


def test_what_is_done_is_neither_painted_alone_nor_written(tmp_path):
    job = Job(tmp_path, done={0, 1, 3})
    written = list(paint(job, chunks(4, 2), 2, threads=1))
    # the batch of 2 is that of an uninterrupted run
    assert job.gan.sizes == [2]
    assert written == [tmp_path / "2.png"] == list(tmp_path.iterdir())


def test_an_error_comes_after_the_photographs_before(tmp_path):
    job = Job(tmp_path, broken={5})
    written = []
    with pytest.raises(ValueError, match="5 is broken"):
        for path in paint(job, chunks(9, 1), 1, threads=2):
            written.append(path.name)
    names = [f"{place}.png" for place in range(5)]
    assert sorted(path.name for path in tmp_path.iterdir()) == names
    assert written == names[: len(written)]


def test_what_fails_is_left_out_on_request(tmp_path):
    job, failed = Job(tmp_path, broken={1, 2}), {}
    written = list(paint(job, chunks(4, 2), 2, threads=2, failed=failed))
    assert [path.name for path in written] == ["0.png", "3.png"]
    assert failed == {1: "1 is broken", 2: "2 is broken"}
