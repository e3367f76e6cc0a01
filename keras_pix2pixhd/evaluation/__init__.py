"""What a trained model is worth, with everything needed to see it again."""

from keras_pix2pixhd.evaluation.evaluate import evaluate
from keras_pix2pixhd.evaluation.evaluation import Evaluation
from keras_pix2pixhd.evaluation.example import Example
from keras_pix2pixhd.evaluation.results.summary_table import summary_text
from keras_pix2pixhd.evaluation.run_evaluation import RunEvaluation

__all__ = [
    "Evaluation",
    "Example",
    "RunEvaluation",
    "evaluate",
    "summary_text",
]
