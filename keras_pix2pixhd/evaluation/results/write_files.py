"""The files of an evaluation."""

import csv
import io

from keras_pix2pixhd.evaluation.report import write_report
from keras_pix2pixhd.evaluation.results.output_folder import (
    METRICS_FILE,
    REPORT_FILE,
    ROWS_FILE,
)
from keras_pix2pixhd.runs.records.run_folder import write_text


def write_files(evaluation, folder):
    """Writes `metrics.json`, `images.csv` and `report.html`.

    Args:
        evaluation: `Evaluation`.
        folder: `pathlib.Path`, which exists.
    """
    write_text(folder / METRICS_FILE, evaluation.to_json())
    write_text(folder / ROWS_FILE, rows_text(evaluation))
    write_report(evaluation, folder / REPORT_FILE)


def rows_text(evaluation):
    """Returns the content of `images.csv`: a line for each image of a run.

    A number that does not exist is an empty cell. What of a name is no
    Unicode is escaped.
    """
    columns, runs = ["run", "name"], evaluation.runs
    for run in runs:
        for row in run.rows:
            columns += [key for key in row if key not in columns]
    text = io.StringIO()
    returns = any("\r" in row["name"] for run in runs for row in run.rows)
    writer = csv.DictWriter(
        text,
        columns,
        restval="",
        lineterminator="\n",
        quoting=csv.QUOTE_ALL if returns else csv.QUOTE_MINIMAL,
    )
    writer.writeheader()
    for run in runs:
        writer.writerows({"run": run.name, **row} for row in run.rows)
    return text.getvalue().encode("utf-8", "backslashreplace").decode()
