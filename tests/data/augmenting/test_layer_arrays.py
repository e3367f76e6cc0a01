import keras
import numpy as np
import pytest

from keras_pix2pixhd.data.augmenting.layer_arrays import call_layer, check_layer
from tests.data.augment_checks import block_pair
from tests.data.layer_samples import (
    APART,
    GOOD,
    NEW_VALUES,
    with_images,
    with_masks,
)

pytestmark = pytest.mark.filterwarnings("ignore::UserWarning")


def checked(layer, channels=0, instance=True):
    check_layer(layer, (64, 96), channels, instance)


def pair():
    stored = block_pair()
    label = stored["label"].astype("int32")
    return {**stored, "instance": 70001 * label}


@pytest.mark.parametrize("name", sorted(GOOD))
def test_good_layers(name):
    if name == "rotation" and keras.backend.backend() == "torch":
        # affine_transform swaps numbers in the matrix that it is given, and
        # so turns the masks otherwise than the images before them.
        pytest.skip("Keras 3.15 on torch moves images and masks apart")
    layer = GOOD[name]()
    checked(layer)
    before = pair()
    after = call_layer(layer, before)
    for kind, array in before.items():
        assert after[kind].shape == array.shape
        assert after[kind].dtype == array.dtype
    label = after["label"].astype(int)
    assert (after["instance"] == 70001 * label).all()


def test_a_flip_worked_by_hand():
    before = {
        "image": np.array([[[1, 2, 3], [4, 5, 6]]], "uint8"),
        "label": np.array([[8, 9]], "uint8"),
    }
    after = call_layer(
        lambda data: {k: a[:, :, ::-1] for k, a in data.items()}, before
    )
    assert after["image"].tolist() == [[[4, 5, 6], [1, 2, 3]]]
    assert after["label"].tolist() == [[9, 8]]


@pytest.mark.parametrize("name", sorted(APART))
def test_layers_that_move_images_and_masks_apart(name):
    with pytest.raises(ValueError, match="image and the label map alike"):
        checked(APART[name]())


@pytest.mark.parametrize("name", sorted(NEW_VALUES))
def test_layers_that_make_up_labels(name):
    with pytest.raises(ValueError, match="leave only numbers.*held before"):
        checked(NEW_VALUES[name]())


def test_a_mask_that_blends_in_one_pair_only():
    layer = with_masks(lambda x: x / 3)
    with pytest.raises(ValueError, match="layer=masks_alone, which blends"):
        call_layer(layer, pair())


def test_a_crop_changes_the_size():
    with pytest.raises(ValueError, match="keep the size.*layer=RandomCrop"):
        checked(keras.layers.RandomCrop(32, 48))


def test_numbers_that_float32_cannot_hold():
    words = "must be at most 16777216.*layer=RandomFlip"
    with pytest.raises(ValueError, match=words):
        call_layer(GOOD["flip"](), block_pair())


def test_rgb_labels():
    image = pair()["image"]
    layer = GOOD["flip"]()
    checked(layer, channels=3, instance=False)
    for _ in range(4):
        after = call_layer(layer, {"image": image, "label": image})
        assert (after["label"] == after["image"]).all()


def test_half_precision_would_round_instances():
    with pytest.raises(ValueError, match="must compute in float32.*bfloat16"):
        checked(keras.layers.RandomFlip(dtype="bfloat16"))


@pytest.mark.parametrize("layer", [keras.layers.CutMix, keras.layers.MixUp])
def test_layers_that_mix_images(layer):
    words = "one pair at a time: layers which mix images are not possible"
    with pytest.raises(ValueError, match=f"{words}.*={layer.__name__}"):
        checked(layer())
    with pytest.raises(ValueError, match=words):
        checked(keras.layers.Pipeline([keras.layers.RandomFlip(), layer()]))


def test_a_channel_less_is_no_matter_of_size():
    words = r"returned images of shape \(1, 64, 96, 1\)"
    with pytest.raises(ValueError, match=words):
        checked(with_images(lambda x: x[..., :1]))
