"""The curves of runs, drawn."""

import os
import pathlib

from keras_pix2pixhd.curves.charts_of import charts_of
from keras_pix2pixhd.curves.curves_page import curves_page
from keras_pix2pixhd.curves.run_curves import open_curves
from keras_pix2pixhd.whole_file import whole_file

PAGE_FILE = "curves.html"
_SIZE = 480, 280


def plot_run(runs, output=None):
    """Draws the curves of a run, or of several to compare them.

    Both networks' losses, D(real) and D(fake), gradient norms, each term of
    the losses beside that of held-out images, the held-out metrics with the
    best of each marked, learning rates and images a second: as far as
    `history.csv` has them. Of several runs each column is a chart, below a
    table of what differs in their settings. A run may still go on.
    `docs/curves.md` says how to read them.

    Args:
        runs: path of a run folder, or of its `history.csv`; or a list of
            them, which then share each chart.
        output: folder for `curves.html`, one page that opens offline, and an
            SVG file for each chart; made if need be, files of the same name
            are replaced. Default: `RUN/curves` of one run, `curves` of
            several.

    Returns:
        `pathlib.Path` of the page.

    Raises:
        ValueError: if one is no run, has no numbers yet, or is given twice;
            if there is none; or if a file cannot be written.

    Example:

    >>> import pathlib, tempfile
    >>> run = pathlib.Path(tempfile.mkdtemp(), "0001-toy")
    >>> run.mkdir()
    >>> _ = (run / "history.csv").write_text("epoch,loss\\n1,4\\n2,3\\n")
    >>> sorted(path.name for path in plot_run(run).parent.iterdir())
    ['curves.html', 'loss.svg']
    """
    if isinstance(runs, (str, os.PathLike)):
        runs = [runs]
    runs = _named_apart([open_curves(run) for run in runs])
    if output is None:
        single = runs[0].folder if len(runs) == 1 else pathlib.Path()
        output = single / "curves"
    output = pathlib.Path(output)
    charts = charts_of(runs)
    if not charts:
        raise ValueError(
            "A history must have columns of numbers beside epoch and steps. "
            f'Received: "{runs[0].folder}" without any.'
        )
    for chart in sum(charts.values(), []):
        named = len(chart.series) > 1
        svg = chart.svg(*_SIZE, with_legend=named, paper=True)
        _write(output / f"{_file_name(chart.key)}.svg", svg + "\n")
    _write(output / PAGE_FILE, curves_page(runs, charts))
    return output / PAGE_FILE


def _named_apart(runs):
    """The runs, by longer names where those of the folders are equal."""
    if not runs:
        raise ValueError("There must be a run to plot. Received: none")
    names = [run.name for run in runs]
    if len({*names}) < len(names):
        runs = [run._replace(name=str(run.folder)) for run in runs]
    names = [run.name for run in runs]
    for run in runs:
        if names.count(run.name) > 1:
            raise ValueError(
                "Each run must be given once. Received: "
                f'"{run.folder}" several times'
            )
    return runs


def _file_name(key):
    """A column as the name of a file, whatever classes are called."""
    return "".join(c if c.isalnum() or c in "-_." else "_" for c in key)[:120]


def _write(path, text):
    with whole_file(path) as part:
        part.write_text(text, encoding="utf-8")
