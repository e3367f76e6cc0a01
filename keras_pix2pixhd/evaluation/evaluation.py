import dataclasses
import json
import pathlib

from keras_pix2pixhd.evaluation.run_evaluation import RunEvaluation

_IN_JSON = "name model metrics diversity memorisation warnings".split()


@dataclasses.dataclass
class Evaluation:
    """What `evaluate` returns, and what the report is made of.

    Attributes:
        protocol: Dict, JSON-able: all that is needed to get the numbers
            again. `"format"`, `"created"`, `"data"`, `"image_size"`,
            `"resize_mode"`, `"metrics"`, `"feature_network"`,
            `"perceptual_network"`, `"segmenter"`, `"settings"`,
            `"ranked_by"`, `"arguments"` (as given), `"training"` and
            `"versions"`.
        runs: List of `RunEvaluation`, in the order that was asked for.
        folder: `pathlib.Path` that it was written to, or `None`.

    Example:

    >>> run = RunEvaluation("0001-toy", {"kind": "run"}, {"l1": 12.5})
    >>> evaluation = Evaluation({"image_size": [64, 96]}, [run])
    >>> json.loads(evaluation.to_json())["runs"][0]["metrics"]
    {'l1': 12.5}
    """

    protocol: dict
    runs: list[RunEvaluation]
    folder: pathlib.Path | None = None

    def to_json(self):
        """Returns the text of `metrics.json`.

        Raises:
            ValueError: If a number is NaN or infinite, which JSON has not.
        """
        content = {
            "protocol": self.protocol,
            "runs": [
                {name: getattr(run, name) for name in _IN_JSON}
                for run in self.runs
            ],
        }
        return json.dumps(content, indent=2, allow_nan=False) + "\n"
