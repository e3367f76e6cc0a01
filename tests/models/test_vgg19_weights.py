"""Every format that VGG19 comes in gives the same arrays."""

import keras
import numpy as np
import pytest

from keras_pix2pixhd.models import vgg19_weights
from keras_pix2pixhd.models.vgg19_weights import (
    VGG19_LAYERS,
    read_vgg19_weights,
)
from tests.vgg19_files import (
    TAPS,
    arrays_of,
    random_vgg19,
    write_legacy_h5,
    write_npz,
    write_pth,
)

NAMES = [name for name, _, _ in VGG19_LAYERS]
WAYS = (
    r"Give perceptual weights that can be had here: the path of a Keras \.h5 "
    r"or \.npz file or of torchvision's vgg19 \.pth file, a VGG19 "
    r"keras\.Model, 'imagenet' where Keras can download, or none at all"
)


@pytest.fixture(scope="module")
def model():
    return random_vgg19()


@pytest.fixture(scope="module")
def arrays(model):
    return arrays_of(model)


@pytest.fixture
def short(arrays):
    """The first layers, for tests of errors: small and soon written."""
    return {name: arrays[name] for name in NAMES[:3]}


def check(found, arrays, names=NAMES):
    assert list(found) == list(names)
    for name, parts in found.items():
        for x, y in zip(parts, arrays[name], strict=True):
            assert x.dtype == np.float32
            np.testing.assert_array_equal(x, y)


def test_layers_are_those_of_keras(model):
    found = [
        (layer.name, *layer.kernel.shape[2:])
        for layer in model.layers
        if layer.weights
    ]
    assert found[: len(VGG19_LAYERS)] == list(VGG19_LAYERS)
    assert VGG19_LAYERS[-1][0] == "block5_conv1"


def test_ready_model_is_read(model, arrays):
    check(read_vgg19_weights(model), arrays)


def test_weights_of_keras_are_read(model, arrays, tmp_path):
    model.save_weights(tmp_path / "vgg.weights.h5")
    check(read_vgg19_weights(tmp_path / "vgg.weights.h5"), arrays)


@pytest.mark.parametrize("group", [None, "model_weights"])
def test_layout_of_kerass_download_is_read(arrays, tmp_path, group):
    path = write_legacy_h5(tmp_path / "vgg.h5", arrays, group)
    check(read_vgg19_weights(path), arrays)


def test_nested_names_of_weights_are_read(arrays, tmp_path):
    path = write_legacy_h5(
        tmp_path / "vgg.h5", arrays, names="{0}/kernel:0 {0}/bias:0"
    )
    check(read_vgg19_weights(path), arrays)


def test_whole_npz_is_read(arrays, tmp_path):
    path = write_npz(tmp_path / "vgg.npz", arrays)
    check(read_vgg19_weights(str(path)), arrays)


@pytest.mark.parametrize("last", TAPS)
def test_npz_may_end_at_any_tap(arrays, tmp_path, last):
    path = write_npz(tmp_path / "vgg.npz", arrays, last)
    names = NAMES[: NAMES.index(last) + 1]
    check(read_vgg19_weights(path), arrays, names)


def test_layers_behind_the_last_tap_are_left_out(arrays, tmp_path):
    path = write_npz(tmp_path / "vgg.npz", arrays, "block2_conv2")
    check(read_vgg19_weights(path), arrays, NAMES[:3])


def test_layers_behind_a_gap_are_left_out(arrays, tmp_path):
    holed = {k: v for k, v in arrays.items() if k != "block3_conv2"}
    path = write_npz(tmp_path / "vgg.npz", holed)
    check(read_vgg19_weights(path), arrays, NAMES[:5])


def test_torchvisions_file_is_read(arrays, tmp_path):
    pytest.importorskip("torch")
    path = write_pth(tmp_path / "vgg.pth", arrays)
    check(read_vgg19_weights(path), arrays)


def test_random_weights_are_always_the_same():
    first, second = (read_vgg19_weights("random") for _ in range(2))
    check(first, second)
    for name, channels_in, channels in VGG19_LAYERS:
        kernel, bias = first[name]
        assert kernel.shape == (3, 3, channels_in, channels)
        deviation = np.sqrt(2 / (9 * channels_in))
        assert kernel.std() == pytest.approx(deviation, rel=0.05)
        assert not bias.any()


def test_imagenet_is_kerass_download(model, arrays, monkeypatch):
    asked = []

    def download(**arguments):
        asked.append(arguments)
        return model

    monkeypatch.setattr(keras.applications, "VGG19", download)
    check(read_vgg19_weights("imagenet"), arrays)
    assert asked == [{"include_top": False, "weights": "imagenet"}]


def test_failed_download_names_the_other_ways(monkeypatch):
    def download(**arguments):
        raise OSError("URL fetch failure")

    monkeypatch.setattr(keras.applications, "VGG19", download)
    with pytest.raises(
        ValueError,
        match="ImageNet weights of VGG19 could not be downloaded: URL fetch "
        f"failure. {WAYS}",
    ):
        read_vgg19_weights("imagenet")


@pytest.mark.parametrize("name", ["none.npz", "vgg.onnx", "", "vgg19"])
def test_anything_else_names_the_ways(tmp_path, name):
    (tmp_path / "vgg.onnx").touch()
    with pytest.raises(
        ValueError,
        match="weights must be 'imagenet', 'random', a keras.Model, or an "
        rf"existing file.*Received: '.*{name}'. {WAYS}",
    ):
        read_vgg19_weights(tmp_path / name)


@pytest.mark.parametrize(
    "name", ["vgg.h5", "vgg.weights.h5", "vgg.npz", "vgg.pth"]
)
def test_file_of_something_else_is_refused(tmp_path, name):
    if name.endswith(".pth"):
        pytest.importorskip("torch")
    path = tmp_path / name
    path.write_bytes(b"These are no weights." * 100)
    with pytest.raises(
        ValueError,
        match=rf"{name} must hold the weights of VGG19. Received a file that "
        "could not be read: ",
    ):
        read_vgg19_weights(path)


def test_pth_without_torch_says_what_to_install(tmp_path, monkeypatch):
    def no_torch(path):
        raise ImportError("No module named 'torch'")

    monkeypatch.setitem(vgg19_weights._READERS, ".pth", no_torch)
    (tmp_path / "vgg.pth").touch()
    with pytest.raises(
        ValueError,
        match="read with torch, which is not installed: No module named "
        r"'torch'. pip install 'keras_pix2pixhd\[nvidia\]', or convert",
    ):
        read_vgg19_weights(tmp_path / "vgg.pth")


def test_npz_without_its_layers_is_refused(tmp_path):
    np.savez(tmp_path / "other.npz", block9_kernel=np.zeros(3))
    with pytest.raises(
        ValueError,
        match="must begin with the layer block1_conv1. Received: .*other.npz "
        "with none of its layers",
    ):
        read_vgg19_weights(tmp_path / "other.npz")


def test_npz_that_begins_late_is_refused(short, tmp_path):
    del short["block1_conv1"]
    path = write_npz(tmp_path / "late.npz", short)
    with pytest.raises(ValueError, match=r"with \['block1_conv2', 'block2_c"):
        read_vgg19_weights(path)


def test_h5_without_its_layers_is_refused(short, tmp_path):
    others = {f"conv{i}": parts for i, parts in enumerate(short.values())}
    path = write_legacy_h5(tmp_path / "other.h5", others)
    with pytest.raises(ValueError, match="must begin with the layer block1_c"):
        read_vgg19_weights(path)


def test_h5_may_end_early_too(short, tmp_path):
    path = write_legacy_h5(tmp_path / "short.h5", short)
    check(read_vgg19_weights(path), short, NAMES[:3])


def test_other_model_is_refused():
    inputs = keras.Input((8, 8, 3))
    outputs = keras.layers.Conv2D(4, 3, name="conv")(inputs)
    other = keras.Model(inputs, outputs, name="other")
    with pytest.raises(ValueError, match="Received: the model 'other' with"):
        read_vgg19_weights(other)


@pytest.mark.parametrize("kind", ["kernel", "bias"])
def test_other_shape_is_refused(short, tmp_path, kind):
    kernel, bias = short["block1_conv2"]
    short["block1_conv2"] = (
        (kernel[..., :32], bias) if kind == "kernel" else (kernel, bias[:32])
    )
    path = write_npz(tmp_path / "narrow.npz", short)
    with pytest.raises(
        ValueError,
        match=r"block1_conv2 of VGG19 must have kernel and bias of shapes "
        r"\[\(3, 3, 64, 64\), \(64,\)\]. Received: .*32.* in .*narrow.npz",
    ):
        read_vgg19_weights(path)


def test_npz_without_a_bias_is_refused(short, tmp_path):
    kernel, _ = short["block1_conv1"]
    np.savez(tmp_path / "bare.npz", block1_conv1_kernel=kernel)
    with pytest.raises(ValueError, match="could not be read: KeyError"):
        read_vgg19_weights(tmp_path / "bare.npz")
