"""What a log file says of an epoch."""

import io
import sys
import types

from keras_pix2pixhd.runs.epoch_line import EpochLine

LOGS = {
    "generator_loss": 12.3456,
    "discriminator_loss": 0.25,
    "val_ssim": 0.512345,
    "images_per_second": 41.26,
}


def line(logs, best, monitor="val_ssim"):
    said = []
    end_epoch(said.append, logs, best, monitor)
    (text,) = said
    return text


def end_epoch(log, logs, best, monitor):
    position = types.SimpleNamespace(step=40)
    checkpoint = types.SimpleNamespace(position=position, best=best)
    callback = EpochLine(log, checkpoint, monitor)
    callback.set_params({"epochs": 3})
    callback.on_epoch_end(1, logs)


def test_an_epoch_is_one_line():
    assert line(LOGS, {"epoch": 1}) == (
        "epoch 2/3: step 40, generator_loss 12.35, discriminator_loss 0.25, "
        "val_ssim 0.5123, 41.3 images/s"
    )


def test_a_new_best_is_said():
    text = line(LOGS, {"epoch": 2})
    assert "val_ssim 0.5123 (the best so far), 41.3 images/s" in text
    text = line(LOGS, {"epoch": 2}, monitor="generator_loss")
    assert text.count("generator_loss") == 1
    assert "generator_loss 12.35 (the best so far), disc" in text


def test_what_is_not_there_is_left_out():
    assert line({}, {}, monitor=None) == "epoch 2/3: step 40"


def test_it_is_in_the_file_at_once(monkeypatch):
    file = io.BytesIO()
    monkeypatch.setattr(sys, "stdout", io.TextIOWrapper(file))
    end_epoch(print, {}, {}, None)
    assert file.getvalue() == b"epoch 2/3: step 40\n"
