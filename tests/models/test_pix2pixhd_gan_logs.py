"""What training and evaluation report."""

import keras
import numpy as np
import pytest
from keras import ops

from keras_pix2pixhd.losses import PerceptualLoss
from keras_pix2pixhd.models import PerceptualNetwork
from tests.small_gan import (
    compiled_gan,
    largest_difference,
    small_batch,
    train,
    values,
    write_vgg19_prefix,
)

NAMES = {
    "discriminator_real_loss",
    "discriminator_fake_loss",
    "adversarial_loss",
    "feature_matching_loss",
    "discriminator_loss",
    "generator_loss",
    "discriminator_real_score",
    "discriminator_fake_score",
    "loss",
}


@pytest.fixture
def network(tmp_path):
    return PerceptualNetwork(
        write_vgg19_prefix(tmp_path / "vgg.npz"), normalization="none"
    )


def check_names_and_sums(logs, weights, names=NAMES):
    assert set(logs) == names
    total = sum(
        weight * logs[f"{name}_loss"] for name, weight in weights.items()
    )
    discriminator = (
        logs["discriminator_real_loss"] + logs["discriminator_fake_loss"]
    )
    assert logs["generator_loss"] == pytest.approx(total, rel=1e-5)
    assert logs["discriminator_loss"] == pytest.approx(discriminator / 2)
    assert logs["loss"] == logs["generator_loss"]


def test_scores_are_the_means_of_the_patches_of_both_scales():
    gan = compiled_gan()
    batch = small_batch()
    fake = gan(batch)
    vectors = np.eye(3, dtype="float32")[batch["label"]]
    means = []
    for image in (batch["image"], ops.convert_to_numpy(fake)):
        scales = gan.discriminator(np.concatenate([vectors, image], -1))
        scores = [ops.convert_to_numpy(maps[-1]) for maps in scales]
        means.append(np.mean([score.mean() for score in scores]))
    logs = train(gan, batch)[0]
    found = logs["discriminator_real_score"], logs["discriminator_fake_score"]
    assert found == pytest.approx(means, rel=1e-4)


def test_default_weights_are_1_and_10():
    logs = train(compiled_gan(), small_batch())[0]
    check_names_and_sums(logs, {"adversarial": 1, "feature_matching": 10})


def test_weights_apply_to_the_totals_alone():
    weighted = compiled_gan(
        compiling={"adversarial_weight": 0.5, "feature_matching_weight": 3}
    )
    logs = train(weighted, small_batch())[0]
    check_names_and_sums(logs, {"adversarial": 0.5, "feature_matching": 3})
    plain = train(compiled_gan(), small_batch())[0]
    for name in NAMES - {"loss", "generator_loss"}:
        assert logs[name] == pytest.approx(plain[name])


def test_perceptual_loss_joins_with_a_network(network):
    gan = compiled_gan(
        perceptual_network=network, compiling={"perceptual_weight": 4}
    )
    batch = small_batch()
    fake = gan(batch)
    expected = ops.convert_to_numpy(
        PerceptualLoss()(network(fake), network(batch["image"]))
    )
    logs = train(gan, batch)[0]
    weights = {"adversarial": 1, "feature_matching": 10, "perceptual": 4}
    check_names_and_sums(logs, weights, NAMES | {"perceptual_loss"})
    assert logs["perceptual_loss"] == pytest.approx(float(expected), rel=1e-4)


def test_perceptual_loss_moves_the_generator(network):
    only_perceptual = {
        "adversarial_weight": 0,
        "feature_matching_weight": 0,
        "perceptual_weight": 10,
    }
    gan = compiled_gan(perceptual_network=network, compiling=only_perceptual)
    first, *_, last = train(gan, small_batch(), steps=3)
    assert last["perceptual_loss"] < first["perceptual_loss"]


def test_evaluation_logs_the_same_names():
    gan = compiled_gan()
    batch = small_batch()
    check_names_and_sums(
        gan.test_on_batch(batch, return_dict=True),
        {"adversarial": 1, "feature_matching": 10},
    )
    check_names_and_sums(
        gan.evaluate(batch, batch_size=1, return_dict=True, verbose=0),
        {"adversarial": 1, "feature_matching": 10},
    )


def test_fit_logs_every_name_for_both_sides():
    gan = compiled_gan()
    history = gan.fit(
        small_batch(),
        batch_size=1,
        epochs=2,
        validation_data=small_batch(1),
        verbose=0,
    ).history
    assert set(history) == NAMES | {f"val_{name}" for name in NAMES}
    assert {len(column) for column in history.values()} == {2}
    assert history["loss"] == history["generator_loss"]
    assert history["val_loss"] == history["val_generator_loss"]


def test_evaluation_averages_over_samples_not_batches():
    gan = compiled_gan()
    whole = small_batch(count=3)
    found = gan.evaluate(whole, batch_size=2, return_dict=True, verbose=0)
    losses = []
    for part in (slice(0, 2), slice(2, 3)):
        gan.reset_metrics()
        batch = {key: array[part] for key, array in whole.items()}
        losses.append(gan.test_on_batch(batch, return_dict=True)["loss"])
    expected = (2 * losses[0] + losses[1]) / 3
    assert found["loss"] == pytest.approx(float(expected), rel=1e-5)


def test_epochs_start_their_averages_anew():
    stay = {
        "generator_optimizer": keras.optimizers.SGD(0.0),
        "discriminator_optimizer": keras.optimizers.SGD(0.0),
    }
    gan = compiled_gan(compiling=stay)
    history = gan.fit(small_batch(), epochs=2, verbose=0).history
    assert history["loss"][0] == pytest.approx(history["loss"][1])


def test_evaluation_changes_no_weight():
    gan = compiled_gan(normalization="batch")
    train(gan, small_batch())
    variables = gan.variables + gan.optimizer.variables
    before = values(variables)
    gan.evaluate(small_batch(1), verbose=0)
    after = values(gan.variables + gan.optimizer.variables)
    kept = {id(v) for v in gan.metrics_variables}
    pairs = [
        (x, y)
        for v, x, y in zip(variables, before, after, strict=True)
        if id(v) not in kept
    ]
    assert largest_difference(*zip(*pairs, strict=True)) == 0


def test_evaluation_and_training_see_the_same_first_losses():
    gan = compiled_gan()
    batch = small_batch()
    before = gan.test_on_batch(batch, return_dict=True)
    logs = train(gan, batch)[0]
    assert logs["loss"] == pytest.approx(float(before["loss"]), rel=1e-5)


def test_progress_bar_shows_the_named_losses(capsys):
    compiled_gan().fit(small_batch(), verbose=2)
    shown = capsys.readouterr().out
    assert all(f"{name}:" in shown for name in NAMES)
