import numpy as np
import pytest

from keras_pix2pixhd.metrics.distributions import (
    reference_features,
    reference_file,
)
from tests.metrics.distributions.tiny_networks import mean_network


class Counted:
    """A network that counts the images it is given."""

    def __init__(self, network):
        self._network = network
        self.key, self.dimensions = network.key, network.dimensions
        self.seen = 0

    def __call__(self, images):
        self.seen += len(images)
        return self._network(images)


@pytest.fixture
def network():
    return Counted(mean_network())


@pytest.fixture
def images(rng):
    return rng.integers(0, 256, (5, 8, 8, 3), dtype="uint8")


def in_batches(images, size=2):
    return lambda: (images[i : i + size] for i in range(0, 5, size))


def test_features_are_those_of_the_network(network, images):
    found = reference_features(network, in_batches(images))
    np.testing.assert_array_equal(found.features, mean_network()(images))
    assert (found.images, found.network_key) == (5, network.key)


def test_cache_spares_the_network(network, images, tmp_path):
    first = reference_features(network, in_batches(images), tmp_path)
    second = reference_features(network, in_batches(images, 3), tmp_path)
    assert network.seen == 5
    np.testing.assert_array_equal(first.features, second.features)
    (path,) = tmp_path.iterdir()
    assert path.name == f"{network.key}_{first.sha256}.npz"


@pytest.mark.parametrize(
    "change",
    [
        lambda x: x ^ (np.arange(x.size).reshape(x.shape) == 100),
        lambda x: x[::-1],
        lambda x: x.reshape(5, 4, 16, 3),
        lambda x: x[:4],
    ],
)
def test_other_pixels_order_or_shapes_are_other_images(
    network, images, tmp_path, change
):
    first = reference_features(network, in_batches(images), tmp_path)
    changed = change(images).astype("uint8")
    second = reference_features(network, in_batches(changed), tmp_path)
    assert first.sha256 != second.sha256
    assert network.seen == 5 + len(changed)
    assert len([*tmp_path.iterdir()]) == 2


def test_another_network_has_a_file_of_its_own(network, images, tmp_path):
    reference_features(network, in_batches(images), tmp_path)
    other = Counted(mean_network((8, 12)))
    found = reference_features(other, in_batches(images), tmp_path)
    assert other.seen == 5 and found.network_key == other.key


@pytest.mark.parametrize("content", [b"", b"damaged", None])
def test_damaged_file_is_made_anew(network, images, tmp_path, content):
    first = reference_features(network, in_batches(images), tmp_path)
    (path,) = tmp_path.iterdir()
    whole = path.read_bytes()
    path.write_bytes(whole[:200] if content is None else content)
    second = reference_features(network, in_batches(images), tmp_path)
    assert network.seen == 10
    np.testing.assert_array_equal(first.features, second.features)
    third = reference_features(network, in_batches(images), tmp_path)
    assert network.seen == 10
    np.testing.assert_array_equal(first.features, third.features)


def test_file_of_other_images_is_made_anew(network, images, tmp_path):
    first = reference_features(network, in_batches(images), tmp_path)
    (path,) = tmp_path.iterdir()
    first.sha256 = 64 * "0"
    first.save(path)
    second = reference_features(network, in_batches(images), tmp_path)
    assert network.seen == 10 and second.sha256 in path.name


def test_file_of_another_format_is_made_anew(
    network, images, tmp_path, monkeypatch
):
    """The hash of a model saw less before, so old files may be another's."""
    with monkeypatch.context() as before:
        before.setattr(reference_file, "FORMAT", "keras_pix2pixhd reference 1")
        reference_features(network, in_batches(images), tmp_path)
    reference_features(network, in_batches(images), tmp_path)
    assert network.seen == 10


@pytest.mark.parametrize("given", [iter([]), [], None])
def test_what_cannot_be_gone_through_twice_is_refused(network, given):
    with pytest.raises(
        ValueError, match="images must be a function .*Received: .*lambda: ite"
    ):
        reference_features(network, given)


def test_progress_counts_images(network, images):
    seen = []
    reference_features(
        network, in_batches(images), progress=lambda *done: seen.append(done)
    )
    assert seen == [(2, 5), (4, 5), (5, 5)]


def test_images_that_change_are_refused(network, images):
    batches = iter([images[:2], images[2:4]])
    with pytest.raises(ValueError, match="Received: others the second time"):
        reference_features(network, lambda: iter([next(batches)]))


def test_no_images_are_refused(network):
    with pytest.raises(ValueError, match="at least one image. Received: none"):
        reference_features(network, lambda: iter([]))
