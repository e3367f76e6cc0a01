"""Models without classes: they paint from images."""

import keras
import numpy as np
import pytest
from keras import ops

from keras_pix2pixhd.models import (
    ImagePool,
    InstanceFeatureEncoder,
    Pix2PixHDGAN,
    grow_gan,
)
from tests.small_gan import (
    SIZE,
    compiled_gan,
    small_batch,
    small_gan,
    train,
    values,
)


def pixel_batch(**arguments):
    """A batch whose condition is uint8, as data sets give it."""
    batch = small_batch(**arguments)
    shape = (*batch["label"].shape, 3)
    random = np.random.default_rng(1)
    label = random.integers(0, 256, shape, dtype="uint8")
    return {**batch, "label": label}


def float_batch(**arguments):
    batch = pixel_batch(**arguments)
    label = (batch["label"].astype("float64") / 127.5 - 1).astype("float32")
    return {**batch, "label": label}


def test_three_channels_are_the_default():
    gan = small_gan(None)
    assert gan.class_table is None and gan.num_classes is None
    assert gan.semantic_input.label_channels == 3


def test_pixels_and_floats_train_the_same():
    logs = [
        train(compiled_gan(None), batch)[0]
        for batch in (pixel_batch(), float_batch())
    ]
    assert logs[0] == pytest.approx(logs[1], abs=1e-6)


def test_every_variable_moves_in_a_compiled_step():
    gan = compiled_gan(None, compiling={"run_eagerly": False})
    before = values(gan.trainable_variables)
    gan.fit(pixel_batch(), batch_size=2, verbose=0)
    after = values(gan.trainable_variables)
    assert all(np.any(x != y) for x, y in zip(before, after, strict=True))


def test_pixels_and_floats_paint_the_same():
    gan = small_gan(None)
    found, expected = (
        gan.generate(batch["label"]) for batch in (pixel_batch(), float_batch())
    )
    np.testing.assert_array_equal(found, expected)
    assert found.shape == (2, *SIZE, 3) and found.dtype == np.uint8


def test_the_generator_sees_the_image_itself():
    gan, batch = small_gan(None), float_batch()
    found = gan({"label": pixel_batch()["label"]})
    expected = gan.generator(batch["label"])
    np.testing.assert_allclose(
        *(ops.convert_to_numpy(x) for x in (found, expected)), atol=1e-5
    )


def test_it_comes_back_and_goes_on(tmp_path):
    gan, batch = compiled_gan(None), pixel_batch()
    train(gan, batch)
    gan.save(tmp_path / "gan.keras")
    loaded = keras.saving.load_model(tmp_path / "gan.keras")
    loaded.run_eagerly = True
    assert loaded.class_table is None
    assert train(loaded, batch)[0] == pytest.approx(train(gan, batch)[0])


def test_edges_go_beside_an_image():
    gan = compiled_gan(None, use_instance_edges=True)
    (logs,) = train(gan, pixel_batch(instance=True))
    assert np.isfinite(list(logs.values())).all()


def test_the_discriminator_sees_past_images_with_their_own_conditions():
    gan = compiled_gan(None, compiling={"image_pool": ImagePool(2, SIZE)})
    train(gan, pixel_batch())
    stored = ops.convert_to_numpy(gan.image_pool.stored["label"])
    expected = float_batch()["label"]
    np.testing.assert_allclose(
        np.sort(stored, 0), np.sort(expected, 0), atol=1e-6
    )


def test_it_is_augmented_as_any():
    gan = compiled_gan(None, compiling={"diff_augment": "translation"})
    (logs,) = train(gan, pixel_batch())
    assert np.isfinite(list(logs.values())).all()


def test_it_grows():
    grown = grow_gan(small_gan(None), num_local_residual_blocks=0)
    assert grown.class_table is None
    assert grown.generate(pixel_batch()["label"]).shape == (2, *SIZE, 3)


def test_features_cannot_follow_labels():
    gan = small_gan(None)
    encoder = InstanceFeatureEncoder(filters=2, num_downsamplings=1)
    words = "are for models with classes.*class_table=None. Let them follow ins"
    with pytest.raises(ValueError, match=words):
        Pix2PixHDGAN(
            gan.generator,
            gan.discriminator,
            None,
            feature_encoder=encoder,
            features_follow="labels",
        )


@pytest.mark.parametrize(
    "label",
    [
        np.zeros((1, 8, 8), "uint8"),
        np.zeros((8, 8, 3), "uint8"),
        np.zeros((1, 8, 8, 4), "uint8"),
        np.zeros((1, 8, 8, 3), "int32"),
        np.zeros((1, 0, 8, 3), "uint8"),
    ],
    ids=["indices", "single", "rgba", "int32", "empty"],
)
def test_what_is_no_image_is_not_painted_from(label):
    words = r"without classes must be \(batch, height, width, 3\), none of them"
    with pytest.raises(ValueError, match=words):
        small_gan(None).generate(label)


def test_floats_of_pixels_are_refused():
    label = np.full((1, 8, 8, 3), 200.0, "float32")
    words = r"label must be in \[-1, 1\]. Received: values in \[0, 200\]"
    with pytest.raises(ValueError, match=words):
        small_gan(None).generate(label)
    batch = {**pixel_batch(), "label": 255 + float_batch()["label"]}
    with pytest.raises(ValueError, match=r"label must be in \[-1, 1\]"):
        compiled_gan(None).fit(batch, verbose=0)
