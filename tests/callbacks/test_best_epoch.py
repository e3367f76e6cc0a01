import pytest

from keras_pix2pixhd.callbacks.best_epoch import BestEpoch


def judged(best, *values):
    """Judges epochs of ten batches with these numbers."""
    for i, value in enumerate(values):
        best.judge(None, {best.monitor: value}, i + 1, 10 * (i + 1))
    return best.best


def test_the_first_of_the_best_is_the_best():
    nan = float("nan")
    assert judged(BestEpoch("val_l1"), nan, 3.0, 2.0, 2.0, 2.5, nan) == {
        "monitor": "val_l1",
        "value": 2.0,
        "epoch": 3,
        "step": 30,
    }
    assert judged(BestEpoch("val_psnr"), 3.0, 2.0, 3.5)["epoch"] == 3
    assert judged(BestEpoch("mine", mode="max"), 1.0, 2.0)["epoch"] == 2
    assert judged(BestEpoch(None), 1.0) == {}


def test_the_best_of_a_training_that_goes_on_is_kept():
    best = judged(BestEpoch("val_l1"), 2.0)
    assert judged(BestEpoch("val_l1", best=best), 3.0) == best
    assert judged(BestEpoch("val_psnr", best=best), 3.0)["value"] == 3.0


def test_what_is_not_logged_cannot_be_best():
    words = "monitor must be a number in the logs. Received: l1 after epoch 1, "
    with pytest.raises(ValueError, match=f"{words}with loss"):
        BestEpoch("l1").judge(None, {"loss": 1.0}, 1, 10)


def test_what_a_validation_brings_may_come_later():
    best = BestEpoch("val_l1")
    with pytest.warns(UserWarning, match="val_l1 after epoch 1, with loss"):
        best.judge(None, {"loss": 1.0}, 1, 10)
    best.judge(None, {"loss": 1.0, "val_l1": 5.0}, 2, 20)
    best.judge(None, {"loss": 1.0}, 3, 30)
    assert best.best["epoch"] == 2


def test_which_is_better_must_be_known():
    with pytest.raises(ValueError, match="mode must be min or max.*real_loss"):
        BestEpoch("discriminator_real_loss")
    with pytest.raises(ValueError, match="mode='up'"):
        BestEpoch("loss", mode="up")
    words = "monitor must be the name of a number in the logs.*monitor=5"
    with pytest.raises(ValueError, match=words):
        BestEpoch(5)
