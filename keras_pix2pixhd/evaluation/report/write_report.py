"""An evaluation as a page that can be opened anywhere."""

from keras_pix2pixhd.evaluation.report.page import page
from keras_pix2pixhd.whole_file import whole_file


def write_report(evaluation, path):
    """Writes an evaluation as one HTML page, whole or not at all.

    The page holds its images, style and script, and asks the network for
    nothing. It is made for screens from a phone's up, light and dark, and
    for paper. It has a summary of all metrics, examples, scores of classes,
    distributions, training curves and the protocol, as far as the evaluation
    has them; several runs are compared.

    Args:
        evaluation: `Evaluation`. Its images are uint8 `(height, width, 3)`
            in [0, 255]. Numbers may be missing, `None` or NaN, in rows,
            histories and examples.
        path: str or `pathlib.Path` of the page; its folder is made if need
            be.

    Raises:
        ValueError: if there is no run, or if the file cannot be written.

    Example:

    >>> import pathlib, tempfile
    >>> from keras_pix2pixhd.evaluation import Evaluation, RunEvaluation
    >>> run = RunEvaluation("0001-toy", {"kind": "run"}, {"l1": 12.5})
    >>> path = pathlib.Path(tempfile.mkdtemp(), "report.html")
    >>> write_report(Evaluation({"image_size": [64, 96]}, [run]), path)
    >>> path.read_text(encoding="utf-8")[:15]
    '<!DOCTYPE html>'
    """
    if not evaluation.runs:
        raise ValueError("A report needs at least one run. Received: runs=[]")
    text = page(evaluation)
    with whole_file(path) as part:
        part.write_text(text, encoding="utf-8")
