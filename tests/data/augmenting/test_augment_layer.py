import keras
import numpy as np
import pytest

from keras_pix2pixhd.data import Augmentation, read_pairs, write_toy_cars
from tests.data.layer_samples import (
    APART,
    GOOD,
    NEW_VALUES,
    with_images,
    with_masks,
)

tf = pytest.importorskip("tensorflow")

from keras_pix2pixhd.data.augmenting.augment_layer import layer_map  # noqa: E402

pytestmark = pytest.mark.filterwarnings("ignore::UserWarning")


def block_dataset(count=1, large=70001, rgb=False):
    """Pairs of 64 x 96 pixels: red is 50 x label, instance large x label."""
    blocks = np.random.default_rng(0).integers(0, 5, (count, 4, 6))
    label = np.kron(blocks, np.ones((1, 16, 16), int))
    image = np.stack([50 * label] * 3, axis=-1).astype("uint8")
    pairs = {"image": image, "label": label.astype("uint8")}
    if rgb:
        pairs["label"] = image
    elif large:
        pairs["instance"] = (large * label).astype("int32")
    return tf.data.Dataset.from_tensor_slices(pairs)


@pytest.mark.parametrize("name", ["flip", "rotation", "zoom"])
def test_pairs_stay_aligned(name):
    before = block_dataset(4)
    after = layer_map(before, GOOD[name]())
    assert after.element_spec == before.element_spec
    changed = 0
    for one, two in zip(before, after, strict=True):
        label = two["label"].numpy()
        changed += (label != one["label"].numpy()).any()
        assert (two["instance"] == 70001 * label.astype("int32")).numpy().all()
        red = two["image"][..., 0].numpy().astype(int)
        # Blended at the borders alone.
        assert (np.abs(red - 50 * label.astype(int)) > 1).mean() < 0.35
        assert set(label.ravel()) <= set(one["label"].numpy().ravel())
    assert changed


@pytest.mark.parametrize("name", sorted(GOOD))
def test_good_layers(name):
    dataset = layer_map(block_dataset(), GOOD[name]())
    for kind, array in next(iter(dataset)).items():
        assert array.shape[:2] == (64, 96)
        assert array.dtype == ("int32" if kind == "instance" else "uint8")


@pytest.mark.parametrize("name", sorted(APART))
def test_layers_that_move_images_and_masks_apart(name):
    words = "move the image and the label map alike.*Received: layer="
    with pytest.raises(ValueError, match=words):
        layer_map(block_dataset(large=None), APART[name]())


def test_a_layer_that_moves_the_instances_alone():
    def layer(data):
        label, instance = tf.split(data["segmentation_masks"], 2, axis=-1)
        masks = tf.concat([label, instance[:, ::-1]], axis=-1)
        return {**data, "segmentation_masks": masks}

    words = "the instance map alike. Received: layer=layer, which moves"
    with pytest.raises(ValueError, match=words):
        layer_map(block_dataset(), layer)


@pytest.mark.parametrize("name", sorted(NEW_VALUES))
def test_layers_that_make_up_labels(name):
    words = "^`layer` must leave only numbers.*held before.*which blends labels"
    with pytest.raises(ValueError, match=words):
        layer_map(block_dataset(), NEW_VALUES[name]())


def test_new_labels_are_found_in_every_pair():
    def after_the_test(masks):
        return tf.where(tf.reduce_max(masks) > 300, masks / 3, masks)

    pair = {
        "image": np.zeros((2, 40, 40, 3), "uint8"),
        "label": np.stack([np.full((40, 40), n, "int32") for n in (7, 301)]),
    }
    pairs = tf.data.Dataset.from_tensor_slices(pair)
    pairs = iter(layer_map(pairs, with_masks(after_the_test)))
    assert (next(pairs)["label"] == 7).numpy().all()
    with pytest.raises(tf.errors.InvalidArgumentError, match="blends labels"):
        next(pairs)


def test_a_crop_changes_the_size():
    words = "keep the size.*layer=RandomCrop, which changes it.*resize_mode"
    with pytest.raises(ValueError, match=words):
        layer_map(block_dataset(), keras.layers.RandomCrop(32, 48))


def test_a_size_that_changes_in_the_graph_alone():
    def layer(data):
        height = tf.random.uniform([], 8, 9, "int32")
        return {key: array[:, :height] for key, array in data.items()}

    with pytest.raises(ValueError, match="^`layer` must keep the size"):
        layer_map(block_dataset(), layer)


def test_unknown_sizes():
    pair = {
        "image": tf.zeros((40, 50, 3), "uint8"),
        "label": tf.zeros((40, 50), "uint8"),
    }
    signature = {
        "image": tf.TensorSpec((None, None, 3), "uint8"),
        "label": tf.TensorSpec((None, None), "uint8"),
    }
    dataset = tf.data.Dataset.from_generator(
        lambda: [pair], output_signature=signature
    )
    after = next(iter(layer_map(dataset, keras.layers.RandomFlip())))
    assert after["image"].shape == (40, 50, 3)


def test_numbers_that_float32_cannot_hold():
    words = "must be at most 16777216.*layer=RandomFlip"
    dataset = layer_map(block_dataset(large=2**24), GOOD["flip"]())
    with pytest.raises(tf.errors.InvalidArgumentError, match=words):
        list(dataset)


def test_rgb_labels():
    dataset = block_dataset(4, rgb=True)
    for pair in layer_map(dataset, GOOD["flip"]()):
        assert pair["label"].dtype == "uint8"
        assert (pair["label"] == pair["image"]).numpy().all()
    with pytest.raises(ValueError, match="the label map alike"):
        layer_map(dataset, APART["flipped image"]())


@pytest.mark.parametrize(
    "layer, words",
    [
        (lambda data: data["images"], "must return a dict.*returned <class"),
        (lambda data: {"images": data["images"]}, r"returned \['images'\]"),
        (lambda data: data["boxes"], "must take a dict.*raised KeyError"),
    ],
)
def test_what_is_no_layer_of_the_convention(layer, words):
    with pytest.raises(ValueError, match="(?s)" + words):
        layer_map(block_dataset(), layer)


def test_half_precision_would_round_instances():
    words = 'must compute in float32.*of dtype float16. Make it with dtype="fl'
    with pytest.raises(ValueError, match=words):
        layer_map(block_dataset(), keras.layers.RandomFlip(dtype="float16"))


def test_the_seed_of_a_layer_is_enough():
    def labels(seed):
        layer = keras.layers.RandomFlip(seed=seed)
        dataset = layer_map(block_dataset(6), layer)
        epochs = [[pair["label"].numpy() for pair in dataset] for _ in range(2)]
        return np.array(epochs)

    first = labels(5)
    assert (first == labels(5)).all()
    assert (first != labels(6)).any()
    assert (first[0] != first[1]).any()


def test_a_layer_in_to_dataset(tmp_path):
    pairs = read_pairs(write_toy_cars(tmp_path / "toys", count=2))
    augment = Augmentation(
        flip=False,
        layer=lambda data: {
            key: array[:, :, ::-1] for key, array in data.items()
        },
    )
    for index, batch in enumerate(pairs.to_dataset(augment=augment)):
        for kind in ("label", "instance"):
            stored = pairs.read(index)[kind]
            assert (batch[kind][0] == stored[:, ::-1]).numpy().all()


def test_keras_cv():
    keras_cv = pytest.importorskip("keras_cv")
    layers = keras_cv.layers
    jitter = layers.RandomColorJitter((0, 255), 0.2, 0.2, 0.2, 0.1)
    for layer in (
        layers.RandomFlip(),
        layers.Augmenter([layers.RandomFlip(), jitter]),
    ):
        for pair in layer_map(block_dataset(2), layer):
            label = pair["label"].numpy().astype(int)
            assert (pair["instance"] == 70001 * label).numpy().all()
    # It turns masks bilinear.
    with pytest.raises(ValueError, match="RandomRotation, which blends label"):
        layer_map(block_dataset(), layers.RandomRotation(0.1))
    with pytest.raises(ValueError, match="raised NotImplementedError"):
        layer_map(block_dataset(), layers.RandomCrop(64, 96))


def test_layers_that_mix_images():
    words = "layers which mix images are not possible.*layer=CutMix"
    with pytest.raises(ValueError, match=words):
        layer_map(block_dataset(), keras.layers.CutMix())


def test_a_channel_less_is_no_matter_of_size():
    words = r"returned images of shape \(1, 64, 96, 1\) instead of"
    with pytest.raises(ValueError, match=words):
        layer_map(block_dataset(), with_images(lambda x: x[..., :1]))


def test_an_error_in_the_graph_is_told_in_one_line():
    with pytest.raises(ValueError) as found:
        layer_map(block_dataset(), lambda data: data["boxes"])
    assert str(found.value).endswith("which raised KeyError: 'boxes'")
    assert "in user code" in str(found.value.__cause__)
