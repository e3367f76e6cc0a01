import keras
import numpy as np
import pytest
from keras import ops

from keras_pix2pixhd.models import ImagePool
from tests.gradients import gradients
from tests.layer_checks import dtype_of

SPECS = {
    "image": ((2, 3, 1), "float32"),
    "label": ((2, 3), "int32"),
}


def pool_of(size, specs=SPECS, **arguments):
    pool = ImagePool(size, (2, 3), **arguments)
    pool.build(specs)
    return pool


def samples(*numbers):
    """Images and label maps that carry a number each."""
    numbers = np.reshape(numbers, (-1, 1, 1))
    label = np.broadcast_to(numbers, (len(numbers), 2, 3)).astype("int32")
    return {"image": label[..., None].astype("float32") / 2, "label": label}


def numbers_of(outputs):
    """The numbers that came back; image and label must agree."""
    label = ops.convert_to_numpy(outputs["label"])
    image = ops.convert_to_numpy(outputs["image"])
    assert (image[..., 0] * 2 == label).all()
    assert (label == label[:, :1, :1]).all()
    return label[:, 0, 0].tolist()


def stored(pool):
    return pool.stored["label"].numpy()[:, 0, 0].tolist()


def count(pool):
    return int(pool.count.numpy())


def test_a_pool_that_is_not_full_hands_back_what_it_gets():
    pool = pool_of(3)
    for i in (1, 2, 3):
        assert numbers_of(pool.query(samples(i))) == [i]
        assert count(pool) == i
    assert stored(pool) == [1, 2, 3]


def test_a_batch_fills_a_slot_each():
    pool = pool_of(4)
    assert numbers_of(pool.query(samples(1, 2))) == [1, 2]
    assert stored(pool) == [1, 2, 0, 0]
    assert count(pool) == 2


def test_what_does_not_fit_passes():
    pool = pool_of(3)
    pool.query(samples(1, 2))
    assert numbers_of(pool.query(samples(3, 4))) == [3, 4]
    assert stored(pool) == [1, 2, 3]
    assert count(pool) == 3


def test_a_full_pool_swaps_about_a_half():
    pool = pool_of(8)
    pool.query(samples(*range(8)))
    swapped, slots = 0, set()
    for i in range(100):
        new = [8 + 4 * i + j for j in range(4)]
        before = stored(pool)
        found = numbers_of(pool.query(samples(*new)))
        swaps = [(a, b) for a, b in zip(new, found, strict=True) if a != b]
        # what comes back was stored, its place is taken by the new one
        expected = list(before)
        for a, b in swaps:
            expected[before.index(b)] = a
        assert stored(pool) == expected
        swapped += len(swaps)
        slots |= {before.index(b) for _, b in swaps}
    # 400 fair coins: 200, give or take 10
    assert 160 <= swapped <= 240
    assert slots == set(range(8))
    assert count(pool) == 8


def test_a_batch_as_large_as_the_pool():
    pool = pool_of(3)
    pool.query(samples(1, 2, 3))
    seen = []
    for i in range(4, 40, 3):
        seen += numbers_of(pool.query(samples(i, i + 1, i + 2)))
    # nothing is lost and nothing comes twice
    assert sorted(seen + stored(pool)) == list(range(1, 40))


def test_the_seed_decides():
    def run(seed):
        pool = pool_of(4, seed=seed)
        return [
            numbers_of(pool.query(samples(2 * i, 2 * i + 1))) for i in range(20)
        ]

    assert run(1) == run(1)
    assert run(1) != run(2)


def test_dtypes_are_those_of_the_specs():
    specs = {"image": ((2, 3, 1), "float16"), "label": ((2, 3), "uint8")}
    out = pool_of(2, specs).query(samples(255))
    dtypes = {name: dtype_of(x) for name, x in out.items()}
    assert dtypes == {"image": "float16", "label": "uint8"}
    assert ops.convert_to_numpy(out["label"]).max() == 255


def test_no_gradient_flows_through():
    pool = pool_of(2)
    given = samples(1)

    def function(image):
        # what moves under a gradient is kept apart, as Keras does on JAX
        with keras.StatelessScope():
            past = pool.query({**given, "image": image})["image"]
        return ops.sum(image) + ops.sum(past)

    (found,) = gradients(function, given["image"])
    assert (found == 1).all()


def test_state_is_saved_with_a_model(tmp_path):
    model = TrainedWithPool()
    model.compile("sgd", run_eagerly=True)
    model.train_on_batch(samples(1, 2))
    model.train_on_batch(samples(3, 4))
    model.save(tmp_path / "model.keras")
    loaded = keras.saving.load_model(tmp_path / "model.keras")
    assert stored(loaded.pool) == stored(model.pool) == [1, 2, 3]
    assert count(loaded.pool) == 3
    # the draws go on where they were
    for i in (5, 7, 9):
        found = numbers_of(loaded.pool.query(samples(i, i + 1)))
        assert found == numbers_of(model.pool.query(samples(i, i + 1)))


@keras.saving.register_keras_serializable(package="tests")
class TrainedWithPool(keras.Model):
    """A model that queries its pool in every training step."""

    def __init__(self, pool=None):
        super().__init__()
        self.pool = pool or pool_of(3)
        self.layer = keras.layers.Dense(1)
        self.layer.build((None, 2, 3, 1))
        self.built = True

    def call(self, batch):
        return self.layer(batch["image"])

    def compute_loss(self, x, y=None, y_pred=None, *args, **kwargs):
        past = self.pool.query(x)
        return ops.mean(y_pred) + ops.mean(past["image"])

    def get_config(self):
        return {"pool": keras.saving.serialize_keras_object(self.pool)}

    @classmethod
    def from_config(cls, config):
        return cls(keras.saving.deserialize_keras_object(config["pool"]))


@pytest.mark.parametrize("compiled", [True, False])
def test_inside_the_training_step(compiled):
    model, twin = TrainedWithPool(), pool_of(3)
    # the twin draws the same: equal seeds
    model.compile("sgd", run_eagerly=not compiled)
    for i in range(1, 13, 2):
        model.train_on_batch(samples(i, i + 1))
        twin.query(samples(i, i + 1))
        assert stored(model.pool) == stored(twin)
    assert count(model.pool) == 3


@pytest.mark.skipif(
    keras.backend.backend() != "tensorflow", reason="tf.function"
)
def test_batches_of_unknown_size():
    import tensorflow as tf

    pool = pool_of(3)
    signature = {
        "image": tf.TensorSpec((None, None, None, 1), "float32"),
        "label": tf.TensorSpec((None, None, None), "int32"),
    }
    query = tf.function(pool.query, input_signature=[signature])
    assert numbers_of(query(samples(1, 2))) == [1, 2]
    assert numbers_of(query(samples(3))) == [3]
    assert stored(pool) == [1, 2, 3]


def test_half_precision_models_do_not_round_what_is_stored():
    pool = pool_of(2, dtype="mixed_float16")
    assert pool.stored["image"].dtype == "float32"


def test_config_round_trip():
    config = pool_of(5, seed=3, name="past").get_config()
    assert config["size"] == 5
    assert tuple(config["image_size"]) == (2, 3)
    assert config["seed"] == 3
    assert ImagePool.from_config(config).get_config() == config


def test_building_again_for_the_same_keeps_what_is_stored():
    pool = pool_of(2)
    pool.query(samples(7))
    pool.build(SPECS)
    assert stored(pool) == [7, 0]


def test_building_again_for_something_else_is_refused():
    pool = pool_of(2)
    with pytest.raises(ValueError, match="Make a new ImagePool"):
        pool.build({"image": ((2, 3, 3), "float32")})


def test_specs_of_another_size_are_refused():
    message = r"pool's size \(2, 3\). Received: shape=\(4, 3, 1\)"
    with pytest.raises(ValueError, match=message):
        pool_of(2, {"image": ((4, 3, 1), "float32")})


@pytest.mark.parametrize("shape", [(1, 4, 3, 1), (1, 2, 3)])
def test_images_of_another_size_are_refused(shape):
    message = (
        r"image must be \(batch, 2, 3, 1\): the pool's image_size is "
        rf"\(2, 3\). Received: shape=\({', '.join(map(str, shape))}\)"
    )
    given = {**samples(1), "image": np.zeros(shape, "float32")}
    with pytest.raises(ValueError, match=message):
        pool_of(2).query(given)


def test_a_batch_larger_than_the_pool_is_refused():
    message = "Received: a batch of 3 for a pool of size=2"
    with pytest.raises(ValueError, match=message):
        pool_of(2).query(samples(1, 2, 3))


def test_other_names_are_refused():
    message = r"names \['image', 'label'\]. Received: \['image'\]"
    with pytest.raises(ValueError, match=message):
        pool_of(2).query({"image": samples(1)["image"]})


def test_a_query_before_building_is_refused():
    with pytest.raises(ValueError, match="must be built before its first"):
        ImagePool(2, (2, 3)).query(samples(1))


def test_a_pool_without_room_is_refused():
    message = "size must be at least 1. Received: size=0"
    with pytest.raises(ValueError, match=message):
        ImagePool(0, (2, 3))


@pytest.mark.parametrize("image_size", [5, (4,), None])
def test_a_size_that_is_no_pair_is_refused(image_size):
    words = "image_size must be .height, width.. Received: image_size="
    with pytest.raises(ValueError, match=words):
        ImagePool(2, image_size)


@pytest.mark.parametrize("size", ["two", 1.5, None])
def test_a_size_that_is_no_count_is_refused(size):
    with pytest.raises(ValueError, match="size must be an integer. Received"):
        ImagePool(size, (4, 6))


def with_nan(*numbers):
    batch = samples(*numbers)
    batch["image"][0, 0, 0] = np.nan
    return batch


def test_a_batch_that_is_not_finite_is_not_stored():
    pool = pool_of(3)
    pool.query(samples(1))
    found = pool.query(with_nan(2, 3))
    assert np.isnan(ops.convert_to_numpy(found["image"])[0, 0, 0, 0])
    assert (stored(pool), count(pool)) == ([1, 0, 0], 1)
    pool.query(samples(4, 5))
    assert stored(pool) == [1, 4, 5]


def test_a_full_pool_does_not_swap_it_in():
    pool = pool_of(2)
    pool.query(samples(1, 2))
    for _ in range(8):
        label = pool.query(with_nan(3))["label"]
        assert ops.convert_to_numpy(label)[0, 0, 0] == 3
    assert sorted(stored(pool)) == [1, 2]
    assert np.isfinite(ops.convert_to_numpy(pool.stored["image"])).all()
