import re

import keras
import numpy as np
import pytest
from keras import ops

from keras_pix2pixhd.layers import DiffAugment
from tests.layer_checks import check_config, check_dtypes, wrapped

ALL = "color,translation,cutout"


@pytest.fixture
def image(rng):
    return rng.uniform(-1, 1, (4, 16, 24, 3)).astype("float32")


@pytest.fixture
def condition(rng):
    return rng.uniform(-1, 1, (4, 16, 24, 2)).astype("float32")


def arrays(outputs):
    return [ops.convert_to_numpy(x) for x in outputs]


def test_it_is_a_layer(image):
    check_config(DiffAugment(seed=3), {"policy": ALL, "seed": 3})
    for dtype in ("float32", "mixed_bfloat16", "mixed_float16"):
        check_dtypes(DiffAugment, {"seed": 0, "dtype": dtype}, image, None)
    model = wrapped(DiffAugment(seed=0), image)
    assert model.output_shape == (None, None, None, 3)
    assert model.predict(image, verbose=0).shape == image.shape


def test_a_call_draws_anew_and_keeps_shapes(image, condition):
    layer = DiffAugment(seed=0)
    first, second = (arrays(layer(image, condition)) for _ in range(2))
    assert [x.shape for x in first] == [image.shape, condition.shape]
    assert np.any(first[0] != second[0]) and np.any(first[1] != second[1])


def test_an_image_alone_comes_back_alone(image):
    assert tuple(DiffAugment("cutout", seed=0)(image).shape) == image.shape


def test_an_application_of_the_same_draw_is_the_same(image, condition):
    layer = DiffAugment(seed=0)
    draw = layer.draw(4)
    first, second = (
        arrays(layer.apply(draw, image, condition)) for _ in range(2)
    )
    for x, y in zip(first, second, strict=True):
        np.testing.assert_array_equal(x, y)


def test_colours_leave_the_condition_alone(image, condition):
    layer = DiffAugment("color", seed=0)
    found, beside = arrays(layer.apply(layer.draw(4), image, condition))
    np.testing.assert_array_equal(beside, condition)
    assert np.abs(found - image).max(axis=(1, 2, 3)).min() > 0.01


@pytest.mark.parametrize("policy", ["translation", "cutout"])
def test_image_and_condition_stay_on_top_of_each_other(policy, image):
    layer = DiffAugment(policy, seed=0)
    found, beside = arrays(layer.apply(layer.draw(4), image, 2 * image))
    np.testing.assert_array_equal(beside, 2 * found)
    assert np.any(found != image)


def test_policies_are_applied_in_their_order(image):
    """What is cut out last is 0; before the colours, it takes part."""
    numbers = {
        name: np.full(4, 0.5, "float32")
        for name in ("saturation", "contrast", "row", "column")
    }
    numbers["brightness"] = np.full(4, 1.0, "float32")
    middle = [
        arrays(DiffAugment(policy).apply(numbers, image)[:1])[0][:, 8, 12]
        for policy in ("color,cutout", "cutout,color")
    ]
    np.testing.assert_array_equal(middle[0], 0)
    np.testing.assert_allclose(middle[1], 0.5, atol=1e-6)


def test_only_what_the_policy_needs_is_drawn():
    draw = DiffAugment("translation", seed=0).draw(5)
    assert {name: tuple(x.shape) for name, x in draw.items()} == {
        "down": (5,),
        "right": (5,),
    }


def test_draws_are_between_0_and_1_and_all_different():
    draw = DiffAugment(seed=0).draw(100)
    numbers = np.concatenate(arrays(draw.values()))
    assert 0 <= numbers.min() and numbers.max() < 1
    assert len(draw) == 7 and len(np.unique(numbers)) > 690


@pytest.mark.parametrize(
    "policy", ["colour", "color,color", "", "color, cutout", None, 3]
)
def test_what_is_no_policy_is_refused(policy):
    words = (
        "policy must be some of color, translation and cutout, each once, "
        f"with commas between. Received: policy={policy!r}"
    )
    with pytest.raises(ValueError, match=re.escape(words)):
        DiffAugment(policy)


def test_saved_draws_go_on(image, tmp_path):
    layer = DiffAugment(seed=7)
    model = wrapped(layer, image)
    model.predict(image, verbose=0)
    model.save(tmp_path / "model.keras")
    loaded = keras.saving.load_model(tmp_path / "model.keras")
    np.testing.assert_array_equal(
        loaded.predict(image, verbose=0), model.predict(image, verbose=0)
    )
