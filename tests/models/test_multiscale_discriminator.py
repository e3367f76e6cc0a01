import keras
import numpy as np
import pytest
from keras import ops

from keras_pix2pixhd.models.multiscale_discriminator import (
    MultiscaleDiscriminator,
)
from tests.layer_checks import check_layer


def specs(size, **arguments):
    network = MultiscaleDiscriminator(2, **arguments)
    return network.compute_output_spec(keras.KerasTensor((1, *size, 2)))


def test_basics(tmp_path, rng):
    arguments = {
        "input_channels": 3,
        "filters": 4,
        "num_layers": 1,
        "num_scales": 2,
        "kind": "patch",
        "normalization": "instance",
        "spectral_normalization": False,
        "output_activation": None,
        "name": "judges",
    }
    shapes = [
        [(2, 5, 6, 4), (2, 6, 7, 8), (2, 7, 8, 1)],
        [(2, 3, 3, 4), (2, 4, 4, 8), (2, 5, 5, 1)],
    ]
    check_layer(
        MultiscaleDiscriminator,
        arguments,
        rng.random((2, 8, 10, 3), "float32"),
        shapes,
        tmp_path,
        dtypes=lambda dtype: [[dtype, dtype, "float32"]] * 2,
    )


def test_sizes_of_the_reference():
    found = [
        [x.shape[1] for x in scale]
        for scale in specs((512, 512), filters=2, num_scales=3)
    ]
    assert found == [
        [257, 129, 65, 66, 67],
        [129, 65, 33, 34, 35],
        [65, 33, 17, 18, 19],
    ]


@pytest.mark.parametrize("size", [(1, 1), (2, 3), (7, 1), (33, 20)])
def test_any_size_is_judged(size):
    network = MultiscaleDiscriminator(2, filters=2, num_scales=3)
    scales = network(np.zeros((1, *size, 2), "float32"))
    assert [len(scale) for scale in scales] == [5, 5, 5]


def test_number_of_parameters_is_the_references_less_idle_biases():
    # 5,603,202 in the reference for 39 channels and two scales. Each scale
    # has 128 + 256 + 512 biases in front of an instance normalization.
    expected = 5_603_202 - 2 * (128 + 256 + 512)
    assert expected == 5_601_410
    assert MultiscaleDiscriminator(39).count_params() == expected


def test_scales_have_weights_of_their_own():
    one = MultiscaleDiscriminator(3, filters=4, num_scales=1).count_params()
    three = MultiscaleDiscriminator(3, filters=4, num_scales=3).count_params()
    assert three == 3 * one


def test_every_variable_has_a_path_of_its_own():
    paths = [w.path for w in MultiscaleDiscriminator(3, filters=4).weights]
    assert len(set(paths)) == len(paths) == 14


def test_coarser_scale_sees_the_mean_of_the_input(rng):
    x = rng.random((1, 2, 2, 1), "float32")
    network = MultiscaleDiscriminator(1, filters=2)
    # 2x2 pixels are halved to one: their mean
    mean = np.full((1, 1, 1, 1), x.mean())
    found = network(x)[1]
    expected = network.get_layer("level1")(mean)
    for a, b in zip(found, expected, strict=True):
        difference = ops.convert_to_numpy(a) - ops.convert_to_numpy(b)
        assert np.abs(difference).max() <= 1e-5


def test_number_of_scales_below_one_is_refused():
    message = "num_scales must be at least 1. Received: num_scales=0"
    with pytest.raises(ValueError, match=message):
        MultiscaleDiscriminator(2, num_scales=0)


@pytest.mark.parametrize("name", ["input_channels", "filters", "num_layers"])
def test_numbers_below_one_are_refused(name):
    message = f"{name} must be at least 1. Received: {name}=0"
    with pytest.raises(ValueError, match=message):
        MultiscaleDiscriminator(**{"input_channels": 2, name: 0})


def test_unknown_activation_is_refused():
    with pytest.raises(ValueError, match="output_activation='tanh'"):
        MultiscaleDiscriminator(2, output_activation="tanh")


def test_unknown_normalization_is_refused():
    with pytest.raises(ValueError, match="normalization='layer'"):
        MultiscaleDiscriminator(2, normalization="layer")


def test_one_scale_is_a_list_of_one_list():
    discriminator = MultiscaleDiscriminator(3, filters=2, num_scales=1)
    outputs = discriminator(np.zeros((1, 32, 32, 3), "float32"))
    assert len(outputs) == 1
    assert [tuple(m.shape)[-1] for m in outputs[0]] == [2, 4, 8, 16, 1]


def test_pixels_at_several_scales(tmp_path, rng):
    arguments = {
        "input_channels": 3,
        "filters": 4,
        "num_scales": 2,
        "kind": "pixel",
        "spectral_normalization": True,
        "name": "judges",
    }
    shapes = [
        [(2, 6, 8, 4), (2, 6, 8, 8), (2, 6, 8, 1)],
        [(2, 3, 4, 4), (2, 3, 4, 8), (2, 3, 4, 1)],
    ]
    check_layer(
        MultiscaleDiscriminator,
        arguments,
        rng.random((2, 6, 8, 3), "float32"),
        shapes,
        tmp_path,
        dtypes=lambda dtype: [[dtype, dtype, "float32"]] * 2,
    )


def test_layers_mean_nothing_to_pixels():
    one, nine = (
        MultiscaleDiscriminator(3, 4, num_layers=n, kind="pixel")
        for n in (1, 9)
    )
    assert one.count_params() == nine.count_params()
    assert nine.get_config()["num_layers"] == 9


def test_unknown_kind_is_refused():
    message = "kind must be one of patch, pixel. Received: kind='line'"
    with pytest.raises(ValueError, match=message):
        MultiscaleDiscriminator(2, kind="line")


@pytest.mark.parametrize("kind, spectral", [("patch", 5), ("pixel", 3)])
def test_spectral_norms_of_every_scale_are_updated(kind, spectral):
    network = MultiscaleDiscriminator(
        3, 4, kind=kind, spectral_normalization=True
    )
    vectors = [
        v for v in network.non_trainable_variables if v.name.startswith("left")
    ]
    assert len(vectors) == 2 * spectral
    vectors = [v for v in vectors if v.shape[0] > 1]
    for v in vectors:
        v.assign(np.eye(1, v.shape[0])[0])
    network.update_spectral_norms()
    assert all(v.numpy()[0] != 1 for v in vectors)


def test_without_spectral_norms_there_is_nothing_to_update():
    network = MultiscaleDiscriminator(3, 4)
    network.update_spectral_norms()
    assert not network.non_trainable_variables
