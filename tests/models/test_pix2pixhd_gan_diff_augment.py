"""Augmentation in front of the discriminator, in the training step."""

import keras
import numpy as np
import pytest
from keras import ops

from keras_pix2pixhd.layers import DiffAugment
from keras_pix2pixhd.models import ImagePool
from tests.small_gan import (
    SIZE,
    compiled_gan,
    largest_difference,
    small_batch,
    train,
    values,
)

ALL = "color,translation,cutout"


def augmented_gan(policy=ALL, seed=0, compiling=None, **arguments):
    compiling = {"diff_augment": DiffAugment(policy, seed), **(compiling or {})}
    return compiled_gan(compiling=compiling, **arguments)


def seen_by(gan, batch):
    """Everything that the discriminator is shown in a step."""
    shown = []
    judge, judge_apart = gan._judge, gan._judge_apart
    gan._judge = lambda seen, *a: shown.append(seen) or judge(seen, *a)
    gan._judge_apart = lambda seen, *a, **k: (
        shown.append(seen) or judge_apart(seen, *a, **k)
    )
    image = ops.convert_to_tensor(batch["image"])
    gan.compute_loss(batch, y_pred=image)
    return [ops.convert_to_numpy(seen) for seen in shown]


def test_real_and_generated_images_are_varied_alike():
    """If they are equal, all that the discriminator sees is equal."""
    batch = small_batch()
    real, fake, fake_again = seen_by(augmented_gan(), batch)
    np.testing.assert_array_equal(real, fake)
    np.testing.assert_array_equal(real, fake_again)
    assert np.any(real[..., 3:] != batch["image"])
    plain = seen_by(compiled_gan(), batch)[0]
    assert np.any(real[..., :3] != plain[..., :3])


def test_another_step_draws_anew():
    gan, batch = augmented_gan(), small_batch()
    first, second = (seen_by(gan, batch)[0] for _ in range(2))
    assert np.any(first != second)


def test_condition_and_image_stay_together():
    """The image holds the first class's one-hot vector."""
    batch = small_batch()
    batch["image"] = np.repeat((batch["label"] == 0)[..., None], 3, -1)
    batch["image"] = batch["image"].astype("float32")
    real, *_ = seen_by(augmented_gan("translation,cutout"), batch)
    np.testing.assert_array_equal(real[..., 0], real[..., 3])


def test_equal_images_have_no_feature_matching_loss():
    gan, batch = augmented_gan(), small_batch()
    gan.compute_loss(batch, y_pred=ops.convert_to_tensor(batch["image"]))
    assert float(gan.get_metrics_result()["feature_matching_loss"]) == 0


def test_every_variable_of_both_networks_moves():
    gan = augmented_gan(compiling={"r1_weight": 1.0})
    before = values(gan.trainable_variables)
    train(gan, small_batch())
    after = values(gan.trainable_variables)
    assert all(np.any(x != y) for x, y in zip(before, after, strict=True))


def test_the_image_is_varied_by_the_numbers_drawn():
    """Zeros: half a unit darker, no colour, half the contrast."""
    gan = augmented_gan("color")
    gan.diff_augment.draw = lambda batch: {
        name: ops.zeros((batch,))
        for name in ("brightness", "saturation", "contrast")
    }
    batch = small_batch()
    real, fake, _ = seen_by(gan, batch)
    grey = batch["image"].mean(-1, keepdims=True) - 0.5
    mean = grey.mean(axis=(1, 2, 3), keepdims=True)
    expected = np.repeat(mean + 0.5 * (grey - mean), 3, axis=-1)
    np.testing.assert_allclose(real[..., 3:], expected, atol=1e-5)
    np.testing.assert_allclose(fake[..., 3:], expected, atol=1e-5)


def test_evaluation_is_not_augmented():
    logs = [
        gan.test_on_batch(small_batch(), return_dict=True)
        for gan in (augmented_gan(), compiled_gan())
    ]
    for name, value in logs[1].items():
        assert float(logs[0][name]) == float(value), name


def test_a_policy_is_enough():
    gan = compiled_gan(compiling={"diff_augment": "cutout"})
    assert gan.diff_augment.policy == "cutout"
    (logs,) = train(gan, small_batch())
    assert np.isfinite(list(logs.values())).all()


def test_past_images_are_varied_as_well():
    pool = ImagePool(2, SIZE)
    gan = augmented_gan(compiling={"image_pool": pool})
    batch = small_batch()
    real, _, past = seen_by(gan, batch)  # an empty pool hands back the new
    np.testing.assert_allclose(real, past, atol=1e-6)
    stored = ops.convert_to_numpy(pool.stored["image"])
    assert (
        largest_difference([np.sort(stored, 0)], [np.sort(batch["image"], 0)])
        == 0
    )


def test_it_is_saved_and_goes_on(tmp_path):
    gan, batch = augmented_gan(seed=5), small_batch()
    train(gan, batch, 2)
    gan.save(tmp_path / "gan.keras")
    loaded = keras.saving.load_model(tmp_path / "gan.keras")
    loaded.run_eagerly = True
    assert (loaded.diff_augment.policy, loaded.diff_augment.seed) == (ALL, 5)
    found, expected = (train(g, batch, 2) for g in (loaded, gan))
    for x, y in zip(found, expected, strict=True):
        assert x == pytest.approx(y, rel=1e-5)


def test_a_model_without_it_is_saved_without(tmp_path):
    compiled_gan().save(tmp_path / "gan.keras")
    loaded = keras.saving.load_model(tmp_path / "gan.keras")
    assert loaded.diff_augment is None


def test_a_compiled_step_in_half_precision_with_edges():
    gan = augmented_gan(
        compiling={"run_eagerly": False, "r1_weight": 0.5},
        use_instance_edges=True,
        dtype="mixed_bfloat16",
    )
    before = values(gan.trainable_variables)
    batch = small_batch(count=3, instance=True)  # 2, then a rest of 1
    history = gan.fit(batch, batch_size=2, epochs=2, verbose=0).history
    assert all(np.isfinite(column).all() for column in history.values())
    after = values(gan.trainable_variables)
    assert all(np.any(x != y) for x, y in zip(before, after, strict=True))


@pytest.mark.parametrize("wrong", [True, ["color"], keras.layers.ReLU()])
def test_what_is_no_augmentation_is_refused(wrong):
    words = "diff_augment must be None, a policy of DiffAugment or such a layer"
    with pytest.raises(ValueError, match=words):
        compiled_gan(compiling={"diff_augment": wrong})


def test_an_unknown_policy_is_refused():
    with pytest.raises(ValueError, match="Received: policy='colour'"):
        compiled_gan(compiling={"diff_augment": "colour"})
