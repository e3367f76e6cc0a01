"""Images out of the training model: call, predict, generate."""

import keras
import numpy as np
import pytest
from keras import ops

from tests.small_gan import (
    CLASSES,
    SIZE,
    compiled_gan,
    small_batch,
    small_gan,
)


@pytest.fixture(scope="module")
def gan():
    return compiled_gan()


def test_call_paints_images_between_minus_1_and_1(gan):
    images = ops.convert_to_numpy(gan(small_batch()))
    assert images.shape == (2, *SIZE, 3)
    assert images.dtype == np.float32
    assert np.abs(images).max() <= 1


def test_predict_of_a_dict_needs_no_image(gan):
    batch = small_batch()
    expected = ops.convert_to_numpy(gan(batch))
    with_image = gan.predict(batch, batch_size=1, verbose=0)
    del batch["image"]
    without = gan.predict(batch, batch_size=1, verbose=0)
    np.testing.assert_allclose(without, expected, atol=1e-5)
    np.testing.assert_array_equal(without, with_image)


@pytest.mark.parametrize("keys", [("label",), ("label", "image")])
def test_predict_of_a_tf_dataset(gan, keys):
    tf = pytest.importorskip("tensorflow")
    batch = {key: small_batch()[key] for key in keys}
    dataset = tf.data.Dataset.from_tensor_slices(batch).batch(1)
    found = gan.predict(dataset, verbose=0)
    expected = ops.convert_to_numpy(gan(batch))
    np.testing.assert_allclose(found, expected, atol=1e-5)


class Batches(keras.utils.PyDataset):
    @property
    def num_batches(self):
        return 2

    def __getitem__(self, index):
        return small_batch(index, count=1)


def test_predict_and_fit_take_a_py_dataset():
    gan = compiled_gan()
    assert gan.predict(Batches(), verbose=0).shape == (2, *SIZE, 3)
    logs = gan.fit(Batches(), verbose=0).history
    assert np.isfinite(logs["loss"]).all()


def test_generate_gives_pixels(gan):
    batch = small_batch()
    pixels = gan.generate(batch["label"])
    assert isinstance(pixels, np.ndarray)
    assert pixels.dtype == np.uint8
    assert pixels.shape == (2, *SIZE, 3)
    levels = (ops.convert_to_numpy(gan(batch)) + 1) * 127.5
    assert np.abs(pixels - levels).max() <= 0.5 + 1e-3


def test_generate_needs_no_compile():
    assert small_gan().generate(small_batch()["label"]).shape[0] == 2


def test_generate_takes_any_size(gan):
    label = np.zeros((1, 7, 50), "int64")
    assert gan.generate(label).shape == (1, 7, 50, 3)


def test_generate_takes_label_vectors(gan):
    label = small_batch()["label"]
    vectors = np.eye(CLASSES, dtype="float32")[label]
    np.testing.assert_array_equal(gan.generate(vectors), gan.generate(label))


@pytest.mark.parametrize("void", [CLASSES, 255])
def test_void_labels_are_zero_vectors(gan, void):
    label = small_batch()["label"]
    vectors = np.eye(CLASSES, dtype="float32")[label]
    label[:, 5:9], vectors[:, 5:9] = void, 0
    np.testing.assert_array_equal(gan.generate(label), gan.generate(vectors))


def test_spare_label_channels_stay_zero():
    gan = small_gan(label_channels=CLASSES + 4)
    label = small_batch()["label"]
    vectors = np.eye(CLASSES + 4, dtype="float32")[label]
    np.testing.assert_array_equal(gan.generate(vectors), gan.generate(label))
    label[:] = CLASSES  # void, though there is a channel of that number
    np.testing.assert_array_equal(
        gan.generate(label), gan.generate(0 * vectors)
    )


def test_instances_are_painted_by_their_borders():
    gan = small_gan(use_instance_edges=True)
    batch = small_batch(instance=True)
    with_borders = gan.generate(batch["label"], batch["instance"])
    renamed = gan.generate(batch["label"], 40_000 + batch["instance"])
    without = gan.generate(batch["label"], 0 * batch["instance"])
    np.testing.assert_array_equal(with_borders, renamed)
    assert np.any(with_borders != without)


@pytest.mark.parametrize("number", [np.nan, np.inf])
def test_a_generator_that_has_diverged_is_told(number):
    gan = small_gan()
    weights = [number * np.ones_like(w) for w in gan.generator.get_weights()]
    gan.generator.set_weights(weights)
    with pytest.raises(ValueError, match="paint finite numbers.*diverged"):
        gan.generate(small_batch()["label"])
