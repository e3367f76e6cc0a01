import csv

import keras
import numpy as np
import pytest

from keras_pix2pixhd.callbacks import EvaluateGenerator, LossHistory
from keras_pix2pixhd.metrics import evaluate_generator
from tests.small_gan import compiled_gan, small_batch


class Rising:
    """Stands for a GAN: each epoch paints one level brighter."""

    class_table = 2
    stop_training = False
    level = 0

    def generate(self, label, instance=None):
        assert len(label) == 1
        return np.full((*label.shape, 3), self.level, "uint8")


def samples(count=2):
    return {
        "label": np.zeros((count, 4, 4), "uint8"),
        "image": np.full((count, 4, 4, 3), 100, "uint8"),
    }


def run(callback, epochs, planned=None):
    """Goes through epochs as `fit` does; returns the logs of each."""
    model = Rising()
    callback.set_model(model)
    callback.set_params({"epochs": planned or epochs})
    callback.on_train_begin()
    found = []
    for epoch in range(epochs):
        model.level = 10 * (epoch + 1)
        logs = {"loss": 1.0}
        callback.on_epoch_begin(epoch)
        callback.on_epoch_end(epoch, logs)
        found.append(logs)
    return found


def test_the_numbers_join_the_logs_of_the_epoch():
    logs = run(EvaluateGenerator(samples()), 2)
    assert [log["val_l1"] for log in logs] == [90.0, 80.0]
    assert set(logs[0]) == {"loss", "val_l1", "val_psnr", "val_ssim"}
    assert all(type(value) is float for value in logs[0].values())


def test_every_nth_epoch_and_the_last():
    logs = run(EvaluateGenerator(samples(), every=2, metrics="l1"), 5)
    assert [log.get("val_l1") for log in logs] == [None, 80, None, 60, 50]


def test_the_epoch_in_which_a_run_is_stopped_is_its_last():
    callback = EvaluateGenerator(samples(), every=2, metrics=["l1"])
    assert "val_l1" not in run(callback, 1, planned=9)[0]
    callback.model.stop_training = True
    logs = {}
    callback.on_epoch_end(2, logs)
    assert logs == {"val_l1": 90.0}


def test_nested_numbers_have_flat_names():
    callback = EvaluateGenerator(
        samples(),
        metrics=["class_color_error", "segmentation"],
        prefix="held_out_",
        segmenter=lambda images: np.zeros(images.shape[:3], "int32"),
        class_table=3,
    )
    logs = run(callback, 1)[0]
    assert logs["held_out_class_color_error_0"] == 90.0
    assert logs["held_out_segmentation_generated_mean_iou"] == 1.0
    assert logs["held_out_segmentation_real_class_iou_0"] == 1.0
    assert "held_out_images" not in logs


def test_batches_of_any_kind():
    first, second = samples(1), samples(1)
    second["image"] = second["image"] + np.uint8(50)
    logs = run(EvaluateGenerator([first, second], metrics=["l1"]), 1)
    assert logs[0]["val_l1"] == 115.0


def test_in_a_run_on_any_backend(tmp_path):
    gan = compiled_gan()
    batch, held_out = small_batch(), small_batch(seed=1)
    best = tmp_path / "best.keras"
    callbacks = [
        EvaluateGenerator(held_out),
        LossHistory(tmp_path / "history.csv"),
        keras.callbacks.ModelCheckpoint(
            best, monitor="val_l1", mode="min", save_best_only=True
        ),
    ]
    history = gan.fit(
        batch, batch_size=2, epochs=2, verbose=0, callbacks=callbacks
    ).history
    expected = evaluate_generator(gan, held_out)
    for name in ("l1", "psnr", "ssim"):
        assert history[f"val_{name}"][-1] == pytest.approx(
            expected[name], rel=1e-6
        )
    assert len(history["val_l1"]) == 2
    with (tmp_path / "history.csv").open(newline="") as file:
        rows = list(csv.DictReader(file))
    for row, value in zip(rows, history["val_l1"], strict=True):
        assert float(row["val_l1"]) == pytest.approx(value, rel=1e-5)
    assert best.exists()


def test_refused():
    with pytest.raises(ValueError, match="at least 1. Received: every=0"):
        EvaluateGenerator(samples(), every=0)
    with pytest.raises(ValueError, match="a list_iterator, which can be"):
        EvaluateGenerator(iter([samples()]))


@pytest.mark.parametrize(
    "metrics, words",
    [
        (["l1", "sim"], "no metric 'sim'. Did you mean 'ssim'"),
        (["frechet"], "'frechet' needs a feature network"),
    ],
)
def test_what_is_missing_is_said_before_the_first_step(metrics, words):
    callback = EvaluateGenerator(samples(), metrics=metrics)
    callback.set_model(Rising())
    with pytest.raises(ValueError, match=words):
        callback.on_train_begin()
