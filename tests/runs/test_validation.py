import pytest

from keras_pix2pixhd.config import RunConfig
from keras_pix2pixhd.runs.validation import (
    Validation,
    check_best_metric,
    validated_epochs,
)


class Model:
    """Stands in for a GAN of two losses."""

    def get_metrics_result(self):
        return {"generator_loss": 0.0, "loss": 0.0}


def monitor(**settings):
    settings = {"validation_every": 0, **settings}
    validation = Validation(RunConfig().replace(settings), Model(), None, 3)
    assert (validation.arguments, validation.callbacks) == ({}, [])
    return validation.monitor()


@pytest.mark.parametrize(
    "every, epochs, expected",
    [
        (1, 3, [1, 2, 3]),
        (3, 8, [1, 3, 6, 8]),
        (5, 4, [1, 4]),
        (2, 1, [1]),
    ],
)
def test_the_first_every_nth_and_the_last_epoch(every, epochs, expected):
    assert validated_epochs(every, epochs) == expected


def test_without_a_validation_there_is_no_best_of_it():
    assert monitor() is None
    assert monitor(best_metric="none") is None
    assert monitor(best_metric="loss") == "loss"


def test_a_column_that_will_not_be_there_is_refused():
    with pytest.raises(ValueError) as error:
        monitor(best_metric="generator_los")
    assert str(error.value) == (
        "best_metric must be a column of history.csv, auto or none. Received: "
        "generator_los. Columns to choose from: loss"
    )


@pytest.mark.parametrize(
    "name",
    [
        "generator_loss",
        "val_discriminator_loss",
        "discriminator_real_score",
        "val_segmentation",
        "val_segmentation_real_mean_iou",
    ],
)
def test_a_column_without_a_better_is_refused(name):
    settings = {
        "best_metric": name,
        "validation_metrics": "l1,segmentation",
        "validation_segmenter": "file.keras",
    }
    with pytest.raises(ValueError) as error:
        check_best_metric(RunConfig().replace(settings))
    assert str(error.value) == (
        "best_metric must be a column of which it is known whether less or "
        "more is better: of losses that two networks play for neither is. "
        f"Received: {name}. Columns to choose from: loss, val_loss, val_l1, "
        "val_segmentation_..., or auto, or none."
    )


def test_the_best_is_checked_before_there_is_a_model():
    check_best_metric(RunConfig().replace({"best_metric": "val_l1"}))
    for name in ("val_nope", "val_perceptual_loss", "r1_penalty"):
        config = RunConfig().replace({"best_metric": name})
        with pytest.raises(ValueError, match=f"Received: {name}. Columns to"):
            check_best_metric(config)
    config = {"best_metric": "val_perceptual_loss", "perceptual": "random"}
    check_best_metric(RunConfig().replace(config))
