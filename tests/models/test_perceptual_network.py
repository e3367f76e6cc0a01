"""What the perceptual loss looks through."""

import os
import pathlib

import keras
import numpy as np
import pytest
from keras import ops

from keras_pix2pixhd.models import PerceptualNetwork
from tests.small_gan import write_vgg19_prefix
from tests.vgg19_files import (
    TAPS,
    arrays_of,
    random_vgg19,
    write_npz,
    write_pth,
)

ROOT = pathlib.Path(__file__).parents[2]
SHARED = pathlib.Path(os.environ.get("PIX2PIXHD_SHARED", ROOT / "../shared"))
PREFIX = SHARED / "weights" / "vgg19_normalised_to_block3_conv1.npz"
BGR_MEANS = np.array([103.939, 116.779, 123.68], "float32")
RGB_MEANS = np.array([0.485, 0.456, 0.406], "float32")
RGB_DEVIATIONS = np.array([0.229, 0.224, 0.225], "float32")


@pytest.fixture(scope="module")
def model():
    return random_vgg19()


@pytest.fixture(scope="module")
def images():
    random = np.random.default_rng(0)
    return random.uniform(-1, 1, (2, 32, 40, 3)).astype("float32")


@pytest.fixture
def prefix(tmp_path):
    """A network that ends at relu2_1."""
    return write_vgg19_prefix(tmp_path / "vgg.npz")


def arrays(taps):
    return [ops.convert_to_numpy(tap) for tap in taps]


def check_close(taps, expected, relative=1e-4):
    """Largest difference of every tap, beside its mean."""
    for x, y in zip(arrays(taps), expected, strict=True):
        assert x.shape == y.shape
        assert np.abs(x - y).max() <= relative * np.abs(y).mean()


def plain(weights, **arguments):
    return PerceptualNetwork(weights, normalization="none", **arguments)


def expected_taps(model, images):
    """The taps as Keras' own VGG19 gives them for pixels in RGB."""
    taps = keras.Model(
        model.inputs, [model.get_layer(name).output for name in TAPS]
    )
    pixels = ((images + 1) * 127.5).astype("float32")
    prepared = keras.applications.vgg19.preprocess_input(pixels.copy())
    return arrays(taps(ops.convert_to_tensor(prepared)))


def test_taps_are_those_of_kerass_vgg19(model, images):
    check_close(plain(model)(images), expected_taps(model, images))


def test_npz_that_ends_early_gives_the_first_taps(model, images, tmp_path):
    path = write_npz(tmp_path / "vgg.npz", arrays_of(model), "block3_conv1")
    taps = plain(path)(images)
    check_close(taps, expected_taps(model, images)[:3])


def test_torchvisions_file_gives_torchs_taps(model, images, tmp_path):
    torch = pytest.importorskip("torch")
    path = write_pth(tmp_path / "vgg.pth", arrays_of(model))
    state = torch.load(path, weights_only=True)
    x = ((images + 1) / 2 - RGB_MEANS) / RGB_DEVIATIONS
    x = torch.tensor(x.transpose(0, 3, 1, 2))
    expected = []
    # torchvision's configuration E: the indices of what is not a ReLU
    for index in (0, 2, "M", 5, 7, "M", 10, 12, 14, 16, "M") + (
        (19, 21, 23, 25, "M", 28)
    ):
        if index == "M":
            x = torch.nn.functional.max_pool2d(x, 2)
            continue
        parts = [
            state[f"features.{index}.{kind}"] for kind in ("weight", "bias")
        ]
        x = torch.relu(torch.nn.functional.conv2d(x, *parts, padding=1))
        if index in (0, 5, 10, 19, 28):
            expected.append(x.numpy().transpose(0, 2, 3, 1))
    network = plain(path)
    assert network.preprocessing == "torchvision"
    check_close(network(images), expected)


def convolved(images, weights):
    """relu1_1 of prepared images, one pixel at a time."""
    with np.load(weights) as file:
        kernel, bias = file["block1_conv1_kernel"], file["block1_conv1_bias"]
    padded = np.pad(images, ((0, 0), (1, 1), (1, 1), (0, 0)))
    height, width = images.shape[1:3]
    patches = [
        padded[:, i : i + height, j : j + width] @ kernel[i, j]
        for i in range(3)
        for j in range(3)
    ]
    return np.maximum(sum(patches) + bias, 0)


@pytest.mark.parametrize(
    "preprocessing, prepare",
    [
        ("keras", lambda x: (x[..., ::-1] + 1) * 127.5 - BGR_MEANS),
        ("torchvision", lambda x: ((x + 1) / 2 - RGB_MEANS) / RGB_DEVIATIONS),
        ("none", lambda x: x),
    ],
)
def test_preprocessing_by_hand(prefix, images, preprocessing, prepare):
    taps = plain(prefix, preprocessing=preprocessing)(images)
    check_close(taps[:1], [convolved(prepare(images), prefix)])


@pytest.mark.parametrize(
    "weights, preprocessing",
    [
        ("imagenet", "keras"),
        ("random", "keras"),
        ("vgg.h5", "keras"),
        (pathlib.Path("vgg.npz"), "keras"),
        (pathlib.Path("vgg.pth"), "torchvision"),
    ],
)
def test_preprocessing_follows_the_file(weights, preprocessing):
    assert PerceptualNetwork(weights).preprocessing == preprocessing
    chosen = PerceptualNetwork(weights, preprocessing="none")
    assert chosen.preprocessing == "none"


def test_taps_are_divided_by_their_means(prefix, images):
    network = PerceptualNetwork(prefix)
    assert not network.calibrated
    network.calibrate(images)
    assert network.calibrated
    raw = arrays(plain(prefix)(images))
    means = [float(tap.mean()) for tap in raw]
    assert network.tap_means == pytest.approx(means, rel=1e-4)
    check_close(
        network(images), [x / m for x, m in zip(raw, means, strict=True)]
    )
    ones = [float(tap.mean()) for tap in arrays(network(images))]
    assert ones == pytest.approx([1, 1], rel=1e-4)


def test_given_means_need_no_calibration(prefix, images):
    network = PerceptualNetwork(prefix, tap_means=[2, 4])
    assert network.calibrated
    raw = arrays(plain(prefix)(images))
    check_close(network(images), [raw[0] / 2, raw[1] / 4])


def test_tap_that_never_fires_is_left_as_it_is(prefix, images):
    with np.load(prefix) as file:
        parts = dict(file)
    parts["block2_conv1_bias"] -= 1e6
    np.savez(prefix, **parts)
    network = PerceptualNetwork(prefix)
    network.calibrate(images)
    assert network.tap_means[1] == 1.0
    assert np.isfinite(arrays(network(images))[1]).all()


def test_weights_are_read_once_and_not_before_they_are_needed(prefix, images):
    network = PerceptualNetwork(prefix, tap_means=[1, 1])
    assert network.sha256 is None
    network(images)
    prefix.unlink()
    network(images)
    assert len(network.sha256) == 64


def test_description_makes_the_network_again(prefix, images):
    network = PerceptualNetwork(prefix, preprocessing="none")
    network.calibrate(images)
    serialize = keras.saving.serialize_keras_object
    again = keras.saving.deserialize_keras_object(serialize(network))
    assert again.get_config() == network.get_config()
    check_close(again(images), arrays(network(images)))


def test_same_weights_have_the_same_hash_in_any_file(prefix, tmp_path):
    again = write_vgg19_prefix(tmp_path / "again.npz")
    other = write_vgg19_prefix(tmp_path / "other.npz", seed=1)
    networks = [plain(path) for path in (prefix, again, other)]
    for network in networks:
        network.build()
    hashes = [network.sha256 for network in networks]
    assert hashes[0] == hashes[1] != hashes[2]


def test_other_weights_are_refused(prefix):
    network = plain(prefix, sha256="0" * 64)
    with pytest.raises(
        ValueError,
        match="weights of .*vgg.npz.* must be those that the model was trained "
        "with, SHA-256 0{64}. Received: [0-9a-f]{64}. Give the GAN another",
    ):
        network.build()


def test_ready_model_is_described_but_not_made_again(model, images):
    config = plain(model).get_config()
    assert config["weights"] == f"the model {model.name!r} given in Python"
    with pytest.raises(ValueError, match="given in Python.*Give perceptual"):
        PerceptualNetwork.from_config(config)(images)


def test_call_before_calibration_is_refused(prefix, images):
    with pytest.raises(
        ValueError,
        match=r"must know the mean activations.*calibrate\(images\).*"
        "normalization='none'",
    ):
        PerceptualNetwork(prefix)(images)


@pytest.mark.parametrize("name", ["preprocessing", "normalization"])
def test_unknown_choice_is_refused(name):
    with pytest.raises(
        ValueError, match=f"{name} must be one of .*none. Received: {name}='x'"
    ):
        PerceptualNetwork("random", **{name: "x"})


@pytest.mark.parametrize("last, smallest", [("block3_conv1", 4), (None, 16)])
def test_images_too_small_are_refused(model, tmp_path, last, smallest):
    path = write_npz(tmp_path / "vgg.npz", arrays_of(model), last)
    network = plain(path)
    taps = network(np.zeros((1, smallest, smallest, 3), "float32"))
    assert tuple(taps[-1].shape[1:3]) == (1, 1)
    with pytest.raises(
        ValueError,
        match=f"at least {smallest} pixels high and wide for the perceptual "
        rf"loss. Received: \(1, 40, {smallest - 1}, 3\). Train at a larger",
    ):
        network(np.zeros((1, 40, smallest - 1, 3), "float32"))


def test_weights_do_not_train(prefix):
    network = plain(prefix)
    network.build()
    assert network._model.trainable_variables == []


@pytest.mark.skipif(
    not PREFIX.is_file(),
    reason=f"The shared weights are not there: {PREFIX}",
)
def test_shared_prefix_has_means_of_about_1():
    network = plain(PREFIX)
    taps = arrays(network(photographs()))
    assert [tap.shape[-1] for tap in taps] == [64, 128, 256]
    assert all(0.2 < float(tap.mean()) < 5 for tap in taps)
    calibrated = PerceptualNetwork(PREFIX)
    calibrated.calibrate(photographs())
    means = [float(tap.mean()) for tap in arrays(calibrated(photographs()))]
    assert means == pytest.approx([1, 1, 1], rel=1e-3)


def photographs():
    """Real ones where they are, else smooth colours."""
    from PIL import Image

    files = sorted((SHARED / "data" / "carvana" / "images").glob("*.jpg"))[
        ::250
    ]
    if files:
        pixels = np.stack([np.asarray(Image.open(f))[::2, ::2] for f in files])
    else:
        waves = np.sin(np.linspace(0, 9, 96 * 96 * 3)).reshape(1, 96, 96, 3)
        pixels = (waves + 1) * 127.5
    return (pixels / 127.5 - 1).astype("float32")
