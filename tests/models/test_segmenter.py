import keras
import numpy as np
import pytest
from keras import ops

from keras_pix2pixhd.data import CAMVID11, CARVANA, ClassTable
from keras_pix2pixhd.models import Segmenter
from tests.layer_checks import check_dtypes, check_symbolic_call
from tests.weight_gradients import idle_weights


def small(table=CAMVID11, **changes):
    return Segmenter(table, **{"filters": 2, "num_downsamplings": 2, **changes})


def pixels(rng, *shape):
    return rng.integers(0, 256, (*shape, 3), dtype="uint8")


def test_a_score_for_each_class_of_each_pixel(rng):
    segmenter, images = small(), pixels(rng, 2, 7, 10)
    scores = segmenter(images)
    assert tuple(scores.shape) == (2, 7, 10, 11)
    floats = images.astype("float32") / 127.5 - 1
    check_symbolic_call(segmenter, floats, segmenter(floats))
    for policy in ("mixed_bfloat16", "mixed_float16"):
        arguments = {"class_table": CARVANA, "filters": 2, "dtype": policy}
        check_dtypes(Segmenter, arguments, floats, lambda dtype: "float32")


def test_pixels_and_floats_of_the_same_image_score_the_same(rng):
    segmenter, images = small(), pixels(rng, 2, 8, 8)
    expected = numpy_of(segmenter(images.astype("float32") / 127.5 - 1))
    assert numpy_of(segmenter(images)) == pytest.approx(expected, abs=1e-5)
    symbol = keras.Input((None, None, 3), dtype="uint8")
    around = keras.Model(symbol, segmenter(symbol))
    assert numpy_of(around(images)) == pytest.approx(expected, abs=1e-5)


@pytest.mark.parametrize("size", [(1, 1), (1, 9), (2, 2), (17, 5)])
@pytest.mark.parametrize("depth", [0, 3])
def test_any_size_is_kept(size, depth):
    scores = small(num_downsamplings=depth)(np.ones((1, *size, 3), "float32"))
    assert tuple(scores.shape) == (1, *size, 11)
    assert np.isfinite(numpy_of(scores)).all()


def test_an_image_scores_the_same_in_every_batch(rng):
    segmenter, images = small(), pixels(rng, 3, 8, 12)
    alone = [numpy_of(segmenter(images[i : i + 1])) for i in range(3)]
    together = numpy_of(segmenter(images))
    assert together == pytest.approx(np.concatenate(alone), abs=1e-5)


def test_the_labels_are_the_best_scores_of_each_pixel(rng):
    segmenter = small(CARVANA)
    # more images than are looked at together
    images = pixels(rng, 19, 6, 5)
    labels = segmenter.predict_labels(images)
    assert (labels.dtype, labels.shape) == ("int32", (19, 6, 5))
    scores = numpy_of(segmenter(images))
    clear = np.abs(scores[..., 1] - scores[..., 0]) > 1e-4
    assert clear.mean() > 0.5
    expected = scores[..., 1] > scores[..., 0]
    assert np.array_equal(labels[clear] == 1, expected[clear])
    floats = images.astype("float64") / 127.5 - 1
    assert np.array_equal(
        segmenter.predict_labels(floats)[clear], labels[clear]
    )


def test_one_network_reads_images_of_several_sizes(rng):
    segmenter = small(CARVANA, num_downsamplings=1)
    for size in [(8, 8), (7, 12), (8, 8)]:
        images = pixels(rng, 2, *size)
        labels = segmenter.predict_labels(images)
        assert labels.shape == (2, *size)
        scores = numpy_of(segmenter(images))
        clear = np.abs(scores[..., 1] - scores[..., 0]) > 1e-4
        expected = scores[..., 1] > scores[..., 0]
        assert np.array_equal(labels[clear] == 1, expected[clear])


@pytest.mark.parametrize(
    "size, counts",
    [((8, 8), [8, 3]), ((512, 512), [4, 4, 3]), ((1100, 1100), [1] * 11)],
)
def test_large_images_are_looked_at_a_few_at_a_time(size, counts):
    class Counting(Segmenter):
        def predict_on_batch(self, x):
            seen.append(len(x))
            return np.broadcast_to(np.float32([0, 1]), (*x.shape[:3], 2))

    seen = []
    images = np.broadcast_to(np.uint8(9), (11, *size, 3))
    labels = Counting(CARVANA, 1, 0).predict_labels(images)
    assert seen == counts
    assert labels.shape == (11, *size) and labels.all()


def test_it_is_saved_with_its_classes(tmp_path, rng):
    table = ClassTable(
        ["road", "car"], [0, (1, 255)], [(0, 0, 0), [(9, 9, 9), (8, 8, 8)]], [7]
    )
    segmenter, images = small(table, name="judge"), pixels(rng, 1, 5, 6)
    config = segmenter.get_config()
    assert Segmenter.from_config(config).get_config() == config
    segmenter.save(tmp_path / "s.keras")
    loaded = keras.saving.load_model(tmp_path / "s.keras")
    assert isinstance(loaded, Segmenter) and loaded.class_table == table
    assert (loaded.filters, loaded.num_downsamplings) == (2, 2)
    assert loaded.name == "judge"
    assert np.array_equal(numpy_of(loaded(images)), numpy_of(segmenter(images)))


def test_the_number_of_parameters():
    # filters 2, 4, 8 down, then back beside the features of each size
    convolutions = 9 * (3 * 2 + 2 * 4 + 4 * 4 + 4 * 8 + 8 * 8)
    back = (8 * 4 + 9 * 8 * 4) + (4 * 2 + 9 * 4 * 2)
    norms = 2 * (2 + 4 + 4 + 8 + 8 + 4 + 2)
    scores = 2 * 11 + 11
    expected = convolutions + back + norms + scores
    assert small().count_params() == expected


def test_every_weight_learns(rng):
    images = rng.uniform(-1, 1, (2, 16, 16, 3)).astype("float32")
    assert idle_weights(small(), images) == []


@pytest.mark.parametrize(
    "name, minimum", [("filters", 1), ("num_downsamplings", 0)]
)
def test_numbers_below_their_minimum_are_refused(name, minimum):
    message = f"{name} must be at least {minimum}. Received: {name}="
    with pytest.raises(ValueError, match=message):
        small(**{name: minimum - 1})


def test_a_number_of_classes_is_no_class_table():
    with pytest.raises(
        ValueError, match="must be a ClassTable. Received: .*=2"
    ):
        Segmenter(2)


@pytest.mark.parametrize(
    "images, words",
    [
        (np.zeros((4, 4, 3), "uint8"), r"shape=\(4, 4, 3\), dtype=uint8"),
        (np.zeros((1, 4, 4, 1), "uint8"), r"shape=\(1, 4, 4, 1\)"),
        (np.zeros((0, 4, 4, 3), "uint8"), r"none of them 0"),
        (np.zeros((1, 4, 4, 3), "int32"), "dtype=int32"),
        (np.full((1, 4, 4, 3), 200.0), r"must be in \[-1, 1\].*127.5 - 1"),
        (np.full((1, 4, 4, 3), np.nan), r"must be in \[-1, 1\]"),
    ],
)
def test_what_is_no_image_is_refused(images, words):
    with pytest.raises(ValueError, match=words):
        small().predict_labels(images)


def numpy_of(x):
    return ops.convert_to_numpy(x)


def test_a_segmenter_that_has_diverged_is_told(rng):
    segmenter = small()
    segmenter.set_weights([np.nan * w for w in segmenter.get_weights()])
    with pytest.raises(ValueError, match="finite numbers.*has diverged"):
        segmenter.predict_labels(pixels(rng, 1, 8, 8))
