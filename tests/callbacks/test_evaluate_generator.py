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


def test_a_training_that_goes_on_repeats_what_was_measured_before():
    last = {"val_l1": 5.0}
    callback = EvaluateGenerator(samples(), every=3, metrics="l1", last=last)
    logs = run(callback, 4)
    assert [log["val_l1"] for log in logs] == [5, 5, 70, 60]


def test_the_first_every_nth_and_the_last_epoch():
    callback = EvaluateGenerator(samples(), every=3, metrics="l1")
    # what an epoch between has is that of the evaluation before
    for _ in range(2):
        logs = run(callback, 8)
        assert [log["val_l1"] for log in logs] == [
            *(90, 90, 70, 70, 70, 40, 40, 20)
        ]


def test_the_epoch_in_which_a_run_is_stopped_is_its_last():
    callback = EvaluateGenerator(samples(), every=2, metrics=["l1"])
    run(callback, 1, planned=9)
    callback.model.level = 30
    callback.model.stop_training = True
    logs = {}
    callback.on_epoch_end(2, logs)
    assert logs == {"val_l1": 70.0}


def test_only_the_best_model_is_kept_where_not_every_epoch_is_evaluated(
    tmp_path,
):
    class Watched(Rising):
        """Says after which epochs it is saved."""

        _compile_metrics = None

        def save(self, path, overwrite=True):
            saved.append(epoch)

    saved = []
    model = Watched()
    callbacks = [
        EvaluateGenerator(samples(), every=3, metrics=["l1"]),
        keras.callbacks.ModelCheckpoint(
            tmp_path / "best.keras",
            monitor="val_l1",
            mode="min",
            save_best_only=True,
        ),
    ]
    for callback in callbacks:
        callback.set_model(model)
        callback.set_params({"epochs": 9})
        callback.on_train_begin()
    for epoch, level in enumerate([90, 80, 70, 60, 50, 95]):
        model.level = level
        logs = {"loss": 1.0}
        for callback in callbacks:
            callback.on_epoch_end(epoch, logs)
    # evaluated: the epochs of 90, 70 and 95
    assert saved == [0, 5]


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
    for every in (0, 2.5, "3", True):
        with pytest.raises(ValueError, match=f"1. Received: every={every!r}"):
            EvaluateGenerator(samples(), every=every)
    with pytest.raises(ValueError, match="of MetricSuite: .* Received: netw"):
        EvaluateGenerator(samples(), netwrk=3)
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


def without(key):
    return {k: array for k, array in samples().items() if k != key}


@pytest.mark.parametrize(
    "wrong, words",
    [
        ({}, "at least one sample to evaluate. Received: none"),
        ([], "at least one sample to evaluate. Received: none"),
        (without("image"), r"keys 'label' and 'image'.*\['image'\]"),
        (
            {**samples(), "label": samples(3)["label"]},
            "as many of each key. Received: 3 of 'label', 2 of 'image'",
        ),
        (
            {**samples(), "image": np.full((2, 4, 4, 3), 100.0)},
            r"must be in \[-1, 1\]",
        ),
        (
            {**samples(), "label": np.zeros((2, 4, 4), "float32")},
            "integer class indices",
        ),
        ([np.zeros(3)], "must be a dict with the keys"),
    ],
)
def test_samples_that_do_not_fit_are_refused_before_the_first_step(
    wrong, words
):
    callback = EvaluateGenerator(wrong)
    callback.set_model(Rising())
    with pytest.raises(ValueError, match=words):
        callback.on_train_begin()


def test_an_endless_data_set_is_refused_before_the_first_step():
    tf = pytest.importorskip("tensorflow")
    dataset = tf.data.Dataset.from_tensor_slices(samples()).batch(1).repeat()
    callback = EvaluateGenerator(dataset)
    callback.set_model(Rising())
    with pytest.raises(ValueError, match="must come to an end"):
        callback.on_train_begin()
