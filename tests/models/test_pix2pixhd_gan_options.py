"""What later work added to the training: losses, penalty, pool, norm."""

import keras
import numpy as np
import pytest
from keras import ops

from keras_pix2pixhd.losses import (
    BinaryCrossentropyLoss,
    HingeLoss,
    LSGANLoss,
)
from keras_pix2pixhd.models import (
    ImagePool,
    MultiscaleDiscriminator,
    Pix2PixHDGAN,
)
from tests.small_gan import (
    CLASSES,
    SIZE,
    adam,
    compiled_gan,
    largest_difference,
    small_batch,
    small_gan,
    train,
    values,
)


def gan_with(discriminator=None, edges=False, **compiling):
    """A compiled GAN whose discriminator has other arguments."""
    keras.utils.set_random_seed(0)
    plain = small_gan(use_instance_edges=edges)
    gan = Pix2PixHDGAN(
        plain.generator,
        MultiscaleDiscriminator(
            CLASSES + edges + 3,
            filters=4,
            **{"num_layers": 2, **(discriminator or {})},
        ),
        CLASSES,
        use_instance_edges=edges,
    )
    gan.compile(adam(1e-3), adam(2e-3), run_eagerly=True, **compiling)
    return gan


@pytest.mark.parametrize(
    "name, output, kind, logits",
    [
        ("lsgan", None, LSGANLoss, None),
        ("lsgan", "sigmoid", LSGANLoss, None),
        ("bce", None, BinaryCrossentropyLoss, True),
        ("bce", "sigmoid", BinaryCrossentropyLoss, False),
        ("hinge", None, HingeLoss, None),
    ],
)
def test_a_name_becomes_the_loss_that_fits(name, output, kind, logits):
    gan = gan_with({"output_activation": output}, adversarial_loss=name)
    assert type(gan.adversarial_loss) is kind
    assert getattr(gan.adversarial_loss, "from_logits", None) == logits
    (logs,) = train(gan, small_batch())
    assert np.isfinite(list(logs.values())).all()


def test_cross_entropy_is_the_same_before_and_after_the_sigmoid():
    logs = []
    for output in (None, "sigmoid"):
        gan = gan_with({"output_activation": output}, adversarial_loss="bce")
        logs += train(gan, small_batch())
    for name in ("discriminator_real_loss", "adversarial_loss"):
        assert logs[0][name] == pytest.approx(logs[1][name], rel=1e-5)


def test_hinge_after_a_sigmoid_is_refused():
    words = "hinge loss must see scores of any sign.*output_activation=None"
    with pytest.raises(ValueError, match=words):
        gan_with({"output_activation": "sigmoid"}, adversarial_loss="hinge")


@pytest.mark.parametrize("output, logits", [(None, False), ("sigmoid", True)])
def test_cross_entropy_of_the_wrong_kind_is_refused(output, logits):
    loss = BinaryCrossentropyLoss(from_logits=logits)
    words = f"from_logits={logits} for a discriminator with output_activation"
    with pytest.raises(ValueError, match=words):
        gan_with({"output_activation": output}, adversarial_loss=loss)


def test_the_penalty_is_logged_and_counted():
    gan = gan_with(r1_weight=2.0)
    (logs,) = train(gan, small_batch())
    assert logs["r1_penalty"] > 0
    judged = logs["discriminator_real_loss"] + logs["discriminator_fake_loss"]
    expected = 0.5 * judged + 2.0 * logs["r1_penalty"]
    assert logs["discriminator_loss"] == pytest.approx(expected, rel=1e-5)


def test_the_penalty_is_the_slope_at_the_real_images():
    """By finite differences along the gradient's own direction."""
    gan, batch = gan_with(r1_weight=1.0), small_batch(count=1)
    logs = gan.test_on_batch(batch, return_dict=True)
    view = gan._view({"label": ops.convert_to_tensor(batch["label"])}, False)

    def score(image):
        maps = gan._judge_apart(view(ops.convert_to_tensor(image)), False)
        return sum(float(ops.mean(scale[-1])) for scale in maps)

    random = np.random.default_rng(0)
    slopes = []
    for _ in range(30):
        way = random.standard_normal(batch["image"].shape).astype("float32")
        up, down = (score(batch["image"] + s * 0.01 * way) for s in (1, -1))
        slopes.append((up - down) / 0.02)
    # a random direction's slope has the gradient's length as its deviation
    expected = np.mean(np.square(slopes)) / 2
    assert float(logs["r1_penalty"]) == pytest.approx(expected, rel=0.6)


def test_the_penalty_moves_only_the_discriminator():
    with_it, without = gan_with(r1_weight=10.0), gan_with(r1_weight=0.0)
    for gan in (with_it, without):
        train(gan, small_batch())
    pairs = [
        (values(a.trainable_variables), values(b.trainable_variables))
        for a, b in (
            (with_it.generator, without.generator),
            (with_it.discriminator, without.discriminator),
        )
    ]
    assert largest_difference(*pairs[0]) <= 1e-6
    assert largest_difference(*pairs[1]) > 1e-5


def test_every_variable_of_the_discriminator_feels_the_penalty():
    gan = gan_with(r1_weight=1.0)
    before = values(gan.discriminator.trainable_variables)
    train(gan, small_batch())
    after = values(gan.discriminator.trainable_variables)
    assert all(np.any(x != y) for x, y in zip(before, after, strict=True))


@pytest.mark.parametrize("edges", [False, True])
def test_the_discriminator_sees_past_images_with_their_own_labels(edges):
    gan = gan_with(edges=edges, image_pool=ImagePool(2, SIZE))
    first, second = (small_batch(seed, instance=edges) for seed in (1, 2))
    train(gan, first)
    assert int(gan.image_pool.count) == 2
    stored = ops.convert_to_numpy(gan.image_pool.stored["label"])
    assert np.array_equal(np.sort(stored, 0), np.sort(first["label"], 0))
    for _ in range(6):
        train(gan, second)
    stored = ops.convert_to_numpy(gan.image_pool.stored["label"])
    assert not np.array_equal(np.sort(stored, 0), np.sort(first["label"], 0))


def test_evaluation_neither_fills_nor_asks_the_pool():
    gan = gan_with(image_pool=ImagePool(2, SIZE))
    gan.test_on_batch(small_batch())
    assert int(gan.image_pool.count) == 0


def test_a_pool_does_not_change_the_generators_losses():
    plain, pooled = gan_with(), gan_with(image_pool=ImagePool(2, SIZE))
    logs = [train(gan, small_batch())[0] for gan in (plain, pooled)]
    assert logs[0] == pytest.approx(logs[1], rel=1e-5)


def test_vectors_do_not_fit_into_a_pool():
    gan = gan_with(image_pool=ImagePool(2, SIZE))
    batch = small_batch()
    batch["label"] = np.eye(CLASSES, dtype="float32")[batch["label"]]
    with pytest.raises(ValueError, match="must be given class indices"):
        train(gan, batch)


def test_images_of_another_size_do_not_fit_into_a_pool():
    gan = gan_with(image_pool=ImagePool(2, (16, 16)))
    with pytest.raises(ValueError, match=r"image_size is \(16, 16\)"):
        train(gan, small_batch())


def test_a_step_is_one_power_iteration_and_kernels_stay_as_stored():
    gan = gan_with({"spectral_normalization": True})
    layer = gan.discriminator.get_layer("level0").get_layer("layer1_conv")
    kernel, u = (values([x])[0] for x in (layer.kernel, layer.left))
    matrix = kernel.reshape(-1, kernel.shape[-1]).T
    v = matrix.T @ u
    expected = matrix @ (v / np.linalg.norm(v))
    expected /= np.linalg.norm(expected)
    gan.discriminator_optimizer.learning_rate = 0.0
    train(gan, small_batch())
    assert np.abs(values([layer.left])[0] - expected).max() <= 1e-5
    assert np.array_equal(values([layer.kernel])[0], kernel)


def test_evaluation_does_not_iterate():
    gan = gan_with({"spectral_normalization": True})
    states = [
        v
        for v in gan.discriminator.non_trainable_variables
        if v.name == "left_singular_vector"
    ]
    before = values(states)
    assert len(before) == 2 * 4
    gan.test_on_batch(small_batch())
    assert largest_difference(before, values(states)) == 0


EVERYTHING = {
    "discriminator": {"spectral_normalization": True, "kind": "pixel"},
    "adversarial_loss": "hinge",
    "r1_weight": 0.5,
}


def test_everything_at_once_is_saved_and_goes_on(tmp_path):
    gan = gan_with(**EVERYTHING, image_pool=ImagePool(2, SIZE, seed=5))
    train(gan, small_batch(), 3)
    gan.save(tmp_path / "gan.keras")
    loaded = keras.saving.load_model(tmp_path / "gan.keras")
    loaded.run_eagerly = True
    assert loaded.r1_weight == 0.5
    assert type(loaded.adversarial_loss) is HingeLoss
    assert (loaded.image_pool.size, int(loaded.image_pool.count)) == (2, 2)
    found, expected = (train(g, small_batch(1), 3) for g in (loaded, gan))
    for x, y in zip(found, expected, strict=True):
        assert x == pytest.approx(y, rel=1e-5)


@pytest.mark.parametrize("weight", [-1.0, float("nan")])
def test_a_weight_of_the_penalty_out_of_range_is_refused(weight):
    with pytest.raises(ValueError, match="r1_weight must be a finite number"):
        compiled_gan(compiling={"r1_weight": weight})


def test_everything_at_once_in_a_compiled_step():
    gan = gan_with(**EVERYTHING, image_pool=ImagePool(4, SIZE))
    gan.run_eagerly = False
    before = values(gan.trainable_variables)
    history = gan.fit(
        small_batch(count=4),
        batch_size=2,
        epochs=2,
        validation_data=small_batch(1),
        verbose=0,
    ).history
    assert {"r1_penalty", "val_r1_penalty"} < set(history)
    assert all(np.isfinite(column).all() for column in history.values())
    assert int(gan.image_pool.count) == 4
    assert all(
        np.any(x != y)
        for x, y in zip(before, values(gan.trainable_variables), strict=True)
    )


@pytest.mark.parametrize("pool", [50, "pool", keras.layers.ReLU()])
def test_what_is_no_pool_is_refused(pool):
    words = "image_pool must be an ImagePool or None. Received: image_pool="
    with pytest.raises(ValueError, match=words):
        compiled_gan(compiling={"image_pool": pool})
