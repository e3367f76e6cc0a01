"""Reading all pairs, to find what is wrong before training does."""

from keras_pix2pixhd.data.checking.check_pair import (
    check_pair,
    check_same_size,
    check_sizes,
)
from keras_pix2pixhd.data.checking.report_tally import ReportTally
from keras_pix2pixhd.data.parallel import parallel_map

__all__ = ["check_data", "check_pairs", "check_same_size", "check_sizes"]

_SHOWN = 5


def check_data(pairs, workers=None, progress=None):
    """Reads every file of a data set, and says what is in it.

    Nothing is raised for what is wrong with a file: it is in the report. No
    more than a few pairs are in memory at a time.

    Args:
        pairs: `Pairs`; those made with `unpaired="skip"` bring the files
            without a partner into the report.
        workers: Int >= 1, number of threads. Defaults to `None`: the number
            of cores.
        progress: Function that is called after each pair with how many are
            done and how many there are. Defaults to `None`.

    Returns:
        `DataReport`.

    Raises:
        ValueError: If `workers` is not such a number.

    Example:

    >>> import tempfile
    >>> from keras_pix2pixhd.data import read_pairs, write_toy_cars
    >>> folder = tempfile.mkdtemp()
    >>> _ = write_toy_cars(folder, 2, image_size=(32, 48), seed=0)
    >>> check_data(read_pairs(folder)).problems
    []
    """
    return _read_all(pairs, True, workers, progress)


def _read_all(pairs, measure, workers=None, progress=None):
    tally = ReportTally(pairs)
    facts = parallel_map(
        lambda index: check_pair(pairs, index, measure),
        range(len(pairs)),
        workers,
    )
    for done, found in enumerate(facts, start=1):
        tally.add(found)
        if progress is not None:
            progress(done, len(pairs))
    return tally.report()


def check_pairs(pairs):
    """Implements `Pairs.check`."""
    report = _read_all(pairs, measure=False)
    problems = [problem.reason for problem in report.problems]
    if problems:
        more = len(problems) - _SHOWN
        tail = f"; and {more} more" if more > 0 else ""
        raise ValueError(
            "Every file must be readable and fit its partner. Received: "
            f"{len(problems)} problem{'s' * (len(problems) != 1)} in "
            f"{len(pairs)} pair{'s' * (len(pairs) != 1)}: "
            + "; ".join(p.rstrip(".") for p in problems[:_SHOWN])
            + tail
        )
    summary = {"pairs": report.pairs, "sizes": report.sizes}
    if report.class_table is None:
        return summary
    return summary | {
        "pixels": report.pixels,
        "void_pixels": report.void_pixels,
    }
