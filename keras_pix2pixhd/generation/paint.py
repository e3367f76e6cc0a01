"""Reading, painting and writing, beside each other."""

import collections
import contextlib
import itertools
from concurrent.futures import ThreadPoolExecutor

import numpy as np

from keras_pix2pixhd.data.parallel import parallel_map
from keras_pix2pixhd.data.resizing import resize
from keras_pix2pixhd.png_file import write_png

_AHEAD = 2  # photographs that may wait to be written, per thread


def paint(job, chunks, batch_size, threads, failed=None):
    """Paints what is not done of some label maps.

    Label maps are read ahead, and photographs written, by threads; at most a
    few of each are in memory. The label maps of a chunk are painted together
    where they are of one size, so that a photograph does not depend on which
    others were done before.

    Args:
        job: `Job`.
        chunks: iterable of sequences of places of label maps.
        batch_size: int, photographs that are painted at once.
        threads: int, of reading, and as many of writing.
        failed: dict that gets the place of each label map that cannot be
            read, and the reason; or None, to raise it.

    Yields:
        `pathlib.Path` of each photograph, once it is written.
    """
    with contextlib.closing(_rows(job, chunks, threads, failed)) as rows:
        yield from _write(_paint(job.gan, rows, batch_size), threads)


def _rows(job, chunks, threads, failed):
    """Yields a list of `Row`s for each chunk."""

    def read(place):
        try:
            return job.read(place), None
        except ValueError as error:
            if failed is None:
                raise
            return [], str(error)

    here, ahead = itertools.tee(chunks)  # no further apart than is read ahead
    places = itertools.chain.from_iterable(ahead)
    with contextlib.closing(parallel_map(read, places, threads)) as found:
        for chunk in here:
            rows = []
            for place, (read_rows, reason) in zip(chunk, found, strict=False):
                rows += read_rows
                if reason is not None:
                    failed[place] = reason
            yield rows


def batches(rows, batch_size):
    """Yields neighbours of equal shapes, at most `batch_size` at a time.

    Args:
        rows: list of `Row`.
        batch_size: int.
    """
    for _, alike in itertools.groupby(rows, _shapes):
        alike = list(alike)
        for start in range(0, len(alike), batch_size):
            yield alike[start : start + batch_size]


def _shapes(row):
    return {kind: array.shape for kind, array in row.batch.items()}


def _paint(gan, chunks, batch_size):
    """Yields (image, row) of those that are wanted."""
    for rows in chunks:
        for batch in batches(rows, batch_size):
            if any(row.wanted for row in batch):
                arrays = {
                    kind: np.concatenate([row.batch[kind] for row in batch])
                    for kind in batch[0].batch
                }
                painted = gan.generate(**arrays)
                for image, row in zip(painted, batch, strict=True):
                    if row.wanted:
                        yield image, row


def _write(painted, threads):
    """Yields the paths of photographs, in their order, once written.

    Those that were painted before an error are written.
    """
    waiting = collections.deque()
    with ThreadPoolExecutor(threads) as pool:
        for image, row in painted:
            waiting.append(pool.submit(_write_one, image, row))
            while waiting and (
                waiting[0].done() or len(waiting) > threads * _AHEAD
            ):
                yield waiting.popleft().result()
        while waiting:
            yield waiting.popleft().result()


def _write_one(image, row):
    write_png(resize(image, row.size, blend=True), row.path)
    return row.path
