import copy
import pickle

import numpy as np
import pytest

from keras_pix2pixhd.losses import PerceptualLoss
from keras_pix2pixhd.metrics import PerceptualDistance
from keras_pix2pixhd.models import PerceptualNetwork
from tests.small_gan import write_vgg19_prefix


@pytest.fixture(scope="module")
def network(tmp_path_factory):
    """Two taps, random weights, mean activations measured."""
    path = tmp_path_factory.mktemp("vgg") / "vgg.npz"
    network = PerceptualNetwork(write_vgg19_prefix(path))
    random = np.random.default_rng(1)
    network.calibrate(random.uniform(-1, 1, (2, 16, 16, 3)).astype("float32"))
    return network


class Named:
    """Stands for a network of which only the description counts."""

    weights, preprocessing = "imagenet", "keras"
    normalization, tap_means = "mean_activation", [1.0]
    sha256 = "0123456789abcdef"

    def __init__(self, taps=5, **differences):
        self.taps = taps
        self.__dict__ |= differences

    def __call__(self, images):
        return [images] * self.taps


def images(rng, count):
    return rng.integers(0, 256, (2, count, 17, 20, 3)).astype("uint8")


def test_worked_by_hand(tmp_path):
    # one tap, which passes red on, of 64 channels
    kernel = np.zeros((3, 3, 3, 64), "float32")
    kernel[1, 1, 0, 0] = 1.0
    np.savez(
        tmp_path / "red.npz",
        block1_conv1_kernel=kernel,
        block1_conv1_bias=np.zeros(64, "float32"),
    )
    network = PerceptualNetwork(tmp_path / "red.npz", "none", "none")
    distance = PerceptualDistance(network)
    generated = np.zeros((2, 4, 4, 3), "uint8")
    real = generated.copy()
    generated[..., 1] = 200  # green is not seen, nor red below 127.5
    generated[0, ..., 0], real[0, ..., 0] = 255, 204
    generated[1, ..., 0], real[1, ..., 0] = 102, 153
    # (1 - 0.6) / 64, and |0 - 0.2| / 64; a single tap has all of the weights
    weights = 1 / 32 + 1 / 16 + 1 / 8 + 1 / 4 + 1
    expected = np.array([0.4, 0.2]) / 64 * weights
    found = distance.update_state(generated, real)
    np.testing.assert_allclose(found, expected, rtol=1e-6)
    assert distance.result() == pytest.approx(0.3 / 64 * weights, rel=1e-6)
    assert distance.key == (
        f"perceptual_vgg19_{network.sha256[:8]}_unscaled_1_tap_unnormalized"
    )


def test_is_the_loss_of_each_image(rng, network):
    generated, real = images(rng, 3)
    found = PerceptualDistance(network).distances(generated, real)
    for i in range(3):
        fake, true = (
            network(a[i : i + 1].astype("float32") / 127.5 - 1)
            for a in (generated, real)
        )
        expected = float(PerceptualLoss()(fake, true))
        assert found[i] == pytest.approx(expected, rel=1e-5)
    assert found.dtype == np.float64


def test_any_batch_size_gives_the_same(rng, network):
    generated, real = images(rng, 3)
    whole, single = PerceptualDistance(network), PerceptualDistance(network)
    whole.update_state(generated, real)
    for i in range(3):
        single.update_state(generated[i : i + 1], real[i : i + 1])
    assert whole.values.tolist() == single.values.tolist()
    assert whole.result() == single.result()


def test_workers_are_merged_without_the_network(rng, network):
    generated, real = images(rng, 2)
    one, other = PerceptualDistance(network), PerceptualDistance(network)
    one.update_state(generated[:1], real[:1])
    other.update_state(generated[1:], real[1:])
    pickled = pickle.dumps(other)
    assert len(pickled) < 1000
    one.merge_state([pickle.loads(pickled)])
    expected = PerceptualDistance(network).distances(generated, real)
    assert one.values.tolist() == expected.tolist()


def test_what_was_pickled_takes_no_more_images(rng, network):
    distance = PerceptualDistance(network)
    distance.update_state(*images(rng, 1))
    for left in (pickle.loads(pickle.dumps(distance)), copy.deepcopy(distance)):
        with pytest.raises(ValueError, match="pickled or copied.* more images"):
            left.update_state(*images(rng, 1))
        assert left.result() == distance.result()


def test_other_mean_activations_are_not_merged():
    one, other = Named(tap_means=[1.0]), Named(tap_means=[2.0])
    with pytest.raises(ValueError, match="the same arguments. Received: Perc"):
        PerceptualDistance(one).merge_state([PerceptualDistance(other)])
    unused = [
        PerceptualDistance(Named(tap_means=means, normalization="none"))
        for means in (None, [2.0])
    ]
    unused[0].merge_state([unused[1]])


@pytest.mark.parametrize(
    "named, key",
    [
        (Named(), "imagenet"),
        (Named(weights="vgg.npz"), "01234567"),
        (
            Named(weights="vgg.pth", preprocessing="torchvision"),
            "01234567_torchvision",
        ),
        (Named(preprocessing="none"), "imagenet_unscaled"),
        (Named(taps=3), "imagenet_3_taps"),
        (Named(normalization="none"), "imagenet_unnormalized"),
    ],
)
def test_what_cannot_be_compared_has_another_key(named, key):
    assert PerceptualDistance(named).key == f"perceptual_vgg19_{key}"


def test_unknown_mean_activations_are_refused(tmp_path):
    path = write_vgg19_prefix(tmp_path / "vgg.npz")
    with pytest.raises(ValueError, match=r"Call calibrate\(images\) with some"):
        PerceptualDistance(PerceptualNetwork(path))


def test_images_that_do_not_fit_are_refused(network):
    distance = PerceptualDistance(network)
    with pytest.raises(ValueError, match="as many generated as real images"):
        distance.update_state(np.zeros((1, 4, 4, 3)), np.zeros((2, 4, 4, 3)))
    with pytest.raises(ValueError, match="must be finite"):
        distance.update_state(*[np.full((1, 4, 4, 3), np.nan)] * 2)
    with pytest.raises(ValueError, match="at least 2 pixels high and wide"):
        distance.update_state(*[np.zeros((1, 1, 4, 3))] * 2)
