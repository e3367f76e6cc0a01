import dataclasses

from keras_pix2pixhd.evaluation.example import Example


@dataclasses.dataclass
class RunEvaluation:
    """What `evaluate` measured of one run, model or folder of images.

    Attributes:
        name: Str, unique in the evaluation.
        model: Dict of `"path"`, `"sha256"` (of the file of the model, or of
            all images of a folder), `"kind"` (`"run"`, `"file"`, `"images"`
            or `"model"`) and `"features"` (`"encode"`, `"sample"` or
            `None`); of a model also `"weights_sha256"` (of its configuration
            and weights) and `"features_file"` (`"path"` and `"sha256"` of
            the file that styles were drawn from, or `None`).
        metrics: Dict, `MetricSuite.result()`.
        diversity: Dict from key to mean distance between styles, or `None`.
        memorisation: Dict of the distances to the nearest training
            photographs, or `None`.
        warnings: List of str, what a reader of the numbers must know. None
            names the run, so that equal ones of several are told once.
        rows: List of dicts, one a pair: its `"name"`, then its numbers,
            `None` where there is none, as an IoU where all is void.
        examples: List of `Example`.
        history: List of dicts, the rows of the run's `history.csv`; empty
            where there is none.
    """

    name: str
    model: dict
    metrics: dict
    diversity: dict | None = None
    memorisation: dict | None = None
    warnings: list[str] = dataclasses.field(default_factory=list)
    rows: list[dict] = dataclasses.field(default_factory=list)
    examples: list[Example] = dataclasses.field(default_factory=list)
    history: list[dict] = dataclasses.field(default_factory=list)
