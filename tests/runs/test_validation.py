import pytest

from keras_pix2pixhd.data import read_pairs, write_toy_cars
from keras_pix2pixhd.presets import preset
from keras_pix2pixhd.runs.validation import Validation


class KnownLosses:
    """A model that says which losses it has."""

    def __init__(self, *names):
        self.names = names

    def get_metrics_result(self):
        return dict.fromkeys(self.names, 0.0)


@pytest.fixture(scope="module")
def held_out(tmp_path_factory):
    return read_pairs(write_toy_cars(tmp_path_factory.mktemp("cars"), 2))


@pytest.fixture
def monitored(held_out):
    def monitor(*losses, **settings):
        config = preset("toy").replace({"validation_images": 1, **settings})
        return Validation(config, KnownLosses(*losses), held_out, 3).monitor()

    return monitor


def test_the_best_model_is_chosen_by_what_tells_most(monitored):
    plain, perceptual = ["generator_loss"], ["perceptual_loss"]
    assert monitored(*plain) == "val_ssim"
    assert monitored(*perceptual) == "val_perceptual_loss"
    known = "l1,ssim,segmentation"
    column = "val_segmentation_generated_mean_iou"
    assert monitored(*perceptual, validation_metrics=known) == column
    assert monitored(*plain, validation_metrics="l1") is None


def test_without_validation_there_is_no_best_model(monitored):
    assert monitored("perceptual_loss", validation_every=0) is None
    assert monitored("x", validation_every=0, best_metric="val_l1") is None


def test_a_column_of_ones_own_wins(monitored):
    assert monitored("perceptual_loss", best_metric="val_l1") == "val_l1"
    assert monitored("perceptual_loss", best_metric="none") is None


def test_a_column_that_will_not_be_there_is_refused(monitored):
    with pytest.raises(ValueError, match="auto or none. Received: val_fid. "):
        monitored("generator_loss", best_metric="val_fid")
