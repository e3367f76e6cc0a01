import keras
import numpy as np
import pytest

from keras_pix2pixhd.models.first_images import first_images


def batch(first, count=3, size=(2, 4)):
    """Images that hold their own numbers."""
    numbers = np.arange(first, first + count, dtype="float32")
    images = np.zeros((count, *size, 3), "float32")
    return {"image": images + numbers[:, None, None, None]}


def numbers(images):
    return images[:, 0, 0, 0].tolist()


class Batches(keras.utils.PyDataset):
    @property
    def num_batches(self):
        return 3

    def __getitem__(self, index):
        return batch(3 * index)


class Sequence:
    """An old-fashioned sequence: a length and items."""

    def __len__(self):
        return 3

    def __getitem__(self, index):
        return batch(3 * index)


BATCHES = [batch(0), batch(3), batch(6)]


@pytest.mark.parametrize(
    "data",
    [batch(0, count=9), BATCHES, tuple(BATCHES), Batches(), Sequence()],
    ids=["dict", "list", "tuple", "PyDataset", "Sequence"],
)
def test_images_come_in_order(data):
    images = first_images(data)
    assert numbers(images) == list(range(9))
    assert images.dtype == np.float32


def test_sixteen_are_enough():
    assert numbers(first_images(batch(0, count=40))) == list(range(16))
    many = [batch(5 * i, count=5) for i in range(10)]
    assert numbers(first_images(many)) == list(range(16))


def test_images_of_another_size_end_the_look():
    data = [batch(0), batch(3, size=(2, 5)), batch(6)]
    assert numbers(first_images(data)) == [0, 1, 2]


def test_tf_dataset_is_read_from_its_start():
    tf = pytest.importorskip("tensorflow")
    dataset = tf.data.Dataset.from_tensor_slices(batch(0, count=9)).batch(2)
    assert numbers(first_images(dataset)) == list(range(9))


def test_endless_data_is_read_as_far_as_needed():
    tf = pytest.importorskip("tensorflow")
    dataset = tf.data.Dataset.from_tensor_slices(batch(0, count=9))
    images = first_images(dataset.repeat().batch(4))
    assert numbers(images) == [*range(9), *range(7)]


def test_generator_is_refused_and_keeps_its_batches():
    data = (batch(i) for i in range(2))
    with pytest.raises(ValueError, match="generator can be read only once"):
        first_images(data)
    assert len(list(data)) == 2


@pytest.mark.parametrize("data", [{"label": 0}, [{"label": 0}]])
def test_batch_without_image_is_refused(data):
    with pytest.raises(ValueError, match="must have the key 'image'"):
        first_images(data)


def test_data_without_a_batch_are_refused():
    with pytest.raises(ValueError, match="at least one batch"):
        first_images([])
