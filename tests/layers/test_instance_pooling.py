import keras
import numpy as np
import pytest
from keras import ops

from keras_pix2pixhd.layers import InstancePooling
from tests.gradients import gradients
from tests.layer_checks import check_layer, dtype_of

INT32 = np.iinfo("int32")


def pooled(x, ids):
    return ops.convert_to_numpy(InstancePooling()([x, ids]))


def row(values, ids, dtype="int32"):
    """Pools one row of one channel."""
    x = np.array(values, "float32").reshape(1, 1, -1, 1)
    return pooled(x, np.array(ids, dtype).reshape(1, 1, -1)).ravel().tolist()


def slow_means(x, ids):
    """The mean of every instance, one by one, in double precision."""
    y = np.empty(x.shape)
    for image, map_, means in zip(x, ids, y, strict=True):
        for instance in np.unique(map_):
            pixels = map_ == instance
            means[pixels] = image[pixels].mean(axis=0, dtype="float64")
    return y


def test_basics(tmp_path, rng):
    x = rng.random((2, 5, 4, 3), "float32")
    ids = rng.integers(-2, 2, (2, 5, 4)).astype("int32")
    check_layer(
        InstancePooling,
        {},
        [x, ids],
        (2, 5, 4, 3),
        tmp_path,
        dtypes=lambda dtype: "float32",
    )


def test_every_pixel_gets_the_mean_of_its_instance():
    assert row([1, 3, 8, 10, 2], [7, 7, 9, 9, 9]) == pytest.approx(
        [2, 2, 20 / 3, 20 / 3, 20 / 3]
    )


def test_pixels_of_an_instance_need_not_touch():
    assert row([1, 10, 3, 20], [5, 2, 5, 2]) == [2, 15, 2, 15]


def test_channels_are_pooled_apart():
    x = np.array([[1, 100], [3, 300]], "float32").reshape(1, 2, 1, 2)
    found = pooled(x, np.zeros((1, 2, 1), "int32"))
    assert found.reshape(2, 2).tolist() == [[2, 200], [2, 200]]


def test_equal_ids_of_two_images_are_two_instances():
    x = np.array([[1, 3], [10, 30]], "float32").reshape(2, 1, 2, 1)
    found = pooled(x, np.full((2, 1, 2), 4, "int32"))
    assert found.reshape(2, 2).tolist() == [[2, 2], [20, 20]]


def test_last_instance_of_an_image_does_not_run_into_the_next():
    # sorted, the 9s of both images are neighbours
    x = np.array([[1, 3, 5], [10, 30, 50]], "float32").reshape(2, 1, 3, 1)
    ids = np.array([[1, 9, 9], [9, 9, 9]], "int32").reshape(2, 1, 3)
    found = pooled(x, ids).reshape(2, 3)
    assert found.tolist() == [[1, 4, 4], [30, 30, 30]]


@pytest.mark.parametrize(
    "ids",
    [
        [-1, 1, -1],
        # equal as float32
        [2**24, 2**24 + 1, 2**24],
        # their difference does not fit into int32
        [INT32.min, INT32.max, INT32.min],
        [INT32.max, INT32.max - 1, INT32.max],
        [0, INT32.min, 0],
    ],
)
def test_ids_may_be_any_integers(ids):
    assert row([1, 10, 3], ids) == [2, 10, 2]


@pytest.mark.parametrize("dtype", ["uint8", "int16", "uint16", "int64"])
def test_integers_of_any_type(dtype):
    largest = min(np.iinfo(dtype).max, INT32.max)
    assert row([1, 10, 3], [largest, 0, largest], dtype) == [2, 10, 2]


@pytest.mark.skipif(
    keras.backend.backend() == "jax", reason="JAX has no int64 by default."
)
def test_int64_is_not_cut():
    assert row([1, 10, 3], [2**40, 0, 2**40], "int64") == [2, 10, 2]


def test_one_instance():
    assert row([1, 2, 6], [3, 3, 3]) == [3, 3, 3]


def test_every_pixel_its_own_instance(rng):
    x = rng.random((2, 6, 7, 2), "float32")
    ids = rng.permutation(84).reshape(2, 6, 7).astype("int32")
    assert np.array_equal(pooled(x, ids), x)


def test_one_pixel():
    assert row([0.3], [-5]) == pytest.approx([0.3])


@pytest.mark.parametrize("size", [(9, 5), (25, 41), (64, 96)])
@pytest.mark.parametrize("instances", [1, 3, 40])
def test_equals_a_slow_loop(rng, size, instances):
    # below, just above and far above a block of 1,024 pixels
    x = rng.normal(size=(3, *size, 2)).astype("float32")
    names = rng.integers(INT32.min, INT32.max, instances, endpoint=True)
    ids = rng.choice(names, (3, *size)).astype("int32")
    assert pooled(x, ids) == pytest.approx(slow_means(x, ids), abs=1e-5)


def test_large_constant_region_stays_constant():
    # added one after the other in float32, 2^21 times 0.9 is wrong by 2 %
    values = np.array([0.7, 0.9, -0.1], "float32")
    x = np.broadcast_to(values, (1, 1024, 2048, 3))
    ids = np.zeros((1, 1024, 2048), "int32")
    ids[0, :3, :5] = 1
    assert np.abs(pooled(x, ids) - values).max() <= 1e-4


def test_compiled_function_takes_one_size_after_another(rng):
    x = keras.Input((None, None, 2))
    ids = keras.Input((None, None), dtype="int32")
    model = keras.Model([x, ids], InstancePooling()([x, ids]))
    for size in ((4, 6), (1, 1), (40, 30)):
        values = rng.random((2, *size, 2), "float32")
        numbers = rng.integers(0, 3, (2, *size)).astype("int32")
        found = model.predict([values, numbers], verbose=0)
        assert found == pytest.approx(slow_means(values, numbers), abs=1e-5)


def gradient(ids, upstream):
    """Gradient of one row, weighted by `upstream`, at the features."""
    ids = np.array(ids, "int32").reshape(1, 1, -1)
    weights = np.array(upstream, "float32").reshape(1, 1, -1, 1)

    def weighted(x):
        return ops.sum(ops.multiply(InstancePooling()([x, ids]), weights))

    (found,) = gradients(weighted, np.ones(weights.shape, "float32"))
    return found.ravel().tolist()


def test_gradient_is_the_mean_of_the_gradient_over_the_instance():
    found = gradient([4, -1, 4, 4, -1], [1, 10, 2, 6, 20])
    assert found == pytest.approx([3, 15, 3, 3, 15])


def test_gradient_of_single_pixels_passes():
    assert gradient([1, 2, 3], [5, 6, 7]) == [5, 6, 7]


def test_gradient_of_a_large_region_is_added_up_as_well():
    size = 2**20
    found = np.array(gradient(np.zeros(size), np.full(size, 0.9)))
    assert np.abs(found - 0.9).max() <= 1e-4


def test_gradient_passes_to_what_is_below(rng):
    x = rng.random((2, 4, 4, 1), "float32")
    ids = np.array([[[0, 0, 1, 1]] * 4, [[5] * 4] * 4], "int32")

    def squared(scale):
        return ops.sum(
            ops.square(InstancePooling()([ops.multiply(x, scale), ids]))
        )

    # d/ds sum((s * mean)^2) at s = 1: 2 * sum(mean^2)
    expected = 2 * np.sum(np.square(slow_means(x, ids)))
    (found,) = gradients(squared, np.ones((1, 1, 1, 1), "float32"))
    assert found.item() == pytest.approx(expected, rel=1e-5)


def test_float32_features_are_not_rounded_to_half_precision():
    # 1 + 2^-12 is no float16
    x = np.full((1, 1, 2, 1), 1 + 2**-12, "float32")
    layer = InstancePooling(dtype="mixed_float16")
    found = layer([x, np.zeros((1, 1, 2), "int32")])
    assert dtype_of(found) == "float32"
    assert ops.convert_to_numpy(found).tolist() == x.tolist()


def test_half_precision_features_are_added_up_in_float32():
    # the sum of 60000 and 60000 is above float16's largest number, 65504
    x = ops.cast(np.full((1, 1, 2, 1), 60000.0, "float32"), "float16")
    found = InstancePooling(dtype="float16")([x, np.zeros((1, 1, 2), "int32")])
    assert dtype_of(found) == "float32"
    assert ops.convert_to_numpy(found).ravel().tolist() == [60000, 60000]


@pytest.mark.parametrize(
    "shape", [(1, 3, 5), (1, 4, 4), (2, 3, 4), (1, 3, 4, 1), (3, 4)]
)
def test_map_of_another_shape_is_refused(shape):
    message = (
        r"The instance map must be \(batch, height, width\) integers of the "
        r"size of the image. Received: instance.shape=\("
    )
    x = np.zeros((1, 3, 4, 2), "float32")
    with pytest.raises(ValueError, match=message):
        InstancePooling()([x, np.zeros(shape, "int32")])


def test_floats_are_no_ids():
    x = np.zeros((1, 3, 4, 2), "float32")
    with pytest.raises(ValueError, match="integers .* dtype float32"):
        InstancePooling()([x, np.zeros((1, 3, 4), "float32")])


def test_symbolic_map_of_another_size_is_refused():
    x, ids = keras.Input((3, 4, 2)), keras.Input((3, 5), dtype="int32")
    with pytest.raises(ValueError, match="of the size of the image"):
        InstancePooling()([x, ids])
