import json

import pytest

from keras_pix2pixhd.evaluation import Evaluation, RunEvaluation


def test_json_has_all_but_rows_examples_and_history():
    run = RunEvaluation(
        "a",
        {"kind": "run"},
        {"l1": 1.5},
        rows=[{"name": "x"}],
        history=[{"epoch": 1}],
        warnings=["few"],
    )
    assert json.loads(Evaluation({"image_size": [4, 6]}, [run]).to_json()) == {
        "protocol": {"image_size": [4, 6]},
        "runs": [
            {
                "name": "a",
                "model": {"kind": "run"},
                "metrics": {"l1": 1.5},
                "diversity": None,
                "memorisation": None,
                "warnings": ["few"],
            }
        ],
    }


def test_json_has_no_nan():
    run = RunEvaluation("a", {}, {"l1": float("nan")})
    with pytest.raises(ValueError, match="not JSON compliant"):
        Evaluation({}, [run]).to_json()
