import keras
import numpy as np
import pytest

from keras_pix2pixhd.callbacks import StepReport
from keras_pix2pixhd.optimizers import LinearDecay
from tests.small_gan import compiled_gan, small_batch

clock = "keras_pix2pixhd.callbacks.step_report.time.perf_counter"


def still_gan(**compiling):
    """A GAN that does not move, so that every epoch is the same."""
    sgd = keras.optimizers.SGD
    rates = {
        "generator_optimizer": sgd(0.0),
        "discriminator_optimizer": sgd(0.0),
    }
    return compiled_gan(compiling={**rates, **compiling})


def fit(gan, epochs=2, bad=(), count=3, **arguments):
    batch = small_batch(count=count)
    batch["image"][list(bad), 0, 0, 0] = np.nan
    return gan.fit(
        batch,
        batch_size=1,
        epochs=epochs,
        shuffle=False,
        verbose=0,
        callbacks=[StepReport()],
        **arguments,
    ).history


def test_every_epoch_has_its_own_norms():
    history = fit(still_gan())
    for network in ("generator", "discriminator"):
        first, second = history[f"{network}_gradient_norm"]
        assert second == pytest.approx(first, rel=1e-6)
        assert first > 0
    assert "skipped_in_a_row" not in history
    assert "loss_scale" not in history


def test_norms_are_the_means_of_the_steps():
    gan = still_gan()
    history = fit(gan, epochs=1)
    alone = []
    for i in range(3):
        gan.reset_step_report()
        one = {k: v[i : i + 1] for k, v in small_batch(count=3).items()}
        gan.train_on_batch(one)
        alone.append(gan.step_report()["generator_gradient_norm"])
    assert history["generator_gradient_norm"] == pytest.approx([sum(alone) / 3])


def test_the_rates_are_those_that_the_schedules_have_come_to():
    falling = keras.optimizers.SGD(LinearDecay(0.5, 3, 6))
    history = fit(still_gan(generator_optimizer=falling))
    assert history["generator_learning_rate"] == [0.5, 0.25]
    assert history["discriminator_learning_rate"] == [0, 0]


def test_skipped_steps_are_counted_over_all_epochs():
    history = fit(still_gan(), bad=[1])
    assert history["skipped_steps"] == [1, 2]
    assert np.isfinite(history["generator_gradient_norm"]).all()


def test_an_epoch_that_is_resumed_goes_on_with_its_sums():
    gan = still_gan()
    whole = fit(gan, epochs=1)["generator_gradient_norm"]
    first = {k: v[:1] for k, v in small_batch(count=3).items()}
    gan.train_on_batch(first)
    rest = {k: v[1:] for k, v in small_batch(count=3).items()}
    found = gan.fit(
        rest, batch_size=1, shuffle=False, verbose=0, callbacks=[StepReport()]
    ).history["generator_gradient_norm"]
    assert found == pytest.approx(whole, rel=1e-6)


@pytest.mark.parametrize("validation", [None, small_batch(1)])
def test_images_a_second_are_those_of_training(monkeypatch, validation):
    """A clock that is asked at the first batch and at the end of each."""
    times = iter([10.0, 11.0, 12.0, 14.0])
    monkeypatch.setattr(clock, lambda: next(times))
    history = fit(still_gan(), epochs=1, validation_data=validation)
    assert history["images_per_second"] == [3 / 4]


def test_images_of_skipped_steps_taught_nothing(monkeypatch):
    times = iter([10.0, 11.0, 12.0, 14.0])
    monkeypatch.setattr(clock, lambda: next(times))
    history = fit(still_gan(), epochs=1, bad=[2])
    assert history["images_per_second"] == [2 / 4]


def test_a_model_of_another_kind_is_refused():
    model = keras.Sequential([keras.Input((1,)), keras.layers.Dense(1)])
    model.compile("sgd", "mse")
    words = "must report on a Pix2PixHDGAN. Received: a Sequential. Leave it"
    with pytest.raises(ValueError, match=words):
        model.fit(
            np.ones((1, 1)),
            np.ones((1, 1)),
            verbose=0,
            callbacks=[StepReport()],
        )
