import numpy as np
import pytest

from keras_pix2pixhd.features import FeatureClusters
from tests.features.standing_in import TABLE, model

GROUND = [[0.5, 0.25]]
CARS = [[-1.0, 0.0], [0.0, 1.0], [1.0, -0.5]]


def clusters(**others):
    """Styles of ground and cars; trees have none."""
    return FeatureClusters(
        **{"centers": [GROUND, CARS, None], "class_table": TABLE, **others}
    )


def cars(count, width=2):
    """A row of cars on the ground, each `width` pixels of its own id."""
    instance = np.arange(count).repeat(width)[None, None]
    return np.ones_like(instance), instance


def test_attributes():
    made = clusters(source="run", images=["a", "b"])
    assert made.num_classes == 3
    assert made.feature_channels == 2
    assert made.follow == "instances"
    assert [len(styles) for styles in made.centers] == [1, 3, 0]
    assert made.samples == (1, 3, 0)
    assert made.source == "run"
    assert made.images == ("a", "b")
    assert made.class_name(1) == "'car'"
    unnamed = FeatureClusters([GROUND], class_table=1)
    assert unnamed.class_name(0) == "class 0"


def test_sample_by_hand():
    label = np.array([[[0, 0, 255], [1, 1, 0]]], "uint8")
    instance = np.array([[[7, 7, 7], [26001, 26001, 26001]]], "int32")
    features = clusters().sample(label, instance)
    assert features.shape == (1, 2, 3, 2)
    assert features.dtype == "float32"
    # the void pixel of the ground has none
    assert features[0, 0].tolist() == [*GROUND, *GROUND, [0, 0]]
    # all of the car, with the pixel that is labelled ground
    (car,) = np.unique(features[0, 1], axis=0).tolist()
    assert car in CARS


def test_a_void_instance_is_zero():
    label = np.array([[[255, 255, 0]]])
    features = clusters().sample(label, np.zeros_like(label))
    assert not features.any()


def test_seeds():
    label, instance = cars(40)
    draws = [clusters().sample(label, instance, seed) for seed in (3, 3, 4)]
    np.testing.assert_array_equal(draws[0], draws[1])
    assert (draws[0] != draws[2]).any()
    # a sequence of numbers is a seed as well
    more = [clusters().sample(label, instance, [3, x]) for x in (1, 1, 2)]
    np.testing.assert_array_equal(more[0], more[1])
    assert (more[0] != more[2]).any()


def test_every_style_is_drawn_about_equally_often():
    label, instance = cars(3000, width=1)
    features = clusters().sample(label, instance, seed=1)[0, 0]
    styles, counts = np.unique(features, axis=0, return_counts=True)
    assert styles.tolist() == sorted(CARS)
    # 1000 each, with a standard deviation of 26
    assert abs(counts - 1000).max() < 130


def test_an_instance_has_one_style_wherever_it_lies():
    label = np.ones((1, 1, 8), int)
    instance = np.array([[[1, 2, 1, 2, 3, 1, 2, 3]]])
    for seed in range(5):
        features = clusters().sample(label, instance, seed)[0, 0]
        for number in (1, 2, 3):
            own = features[instance[0, 0] == number]
            assert (own == own[0]).all()


def test_images_draw_for_themselves():
    label, instance = (np.concatenate([x, x]) for x in cars(40))
    both = clusters().sample(label, instance, seed=0)
    assert (both[0] != both[1]).any()
    alone = clusters().sample(label[:1], instance[:1], seed=0)
    np.testing.assert_array_equal(alone[0], both[0])


def test_features_that_follow_labels():
    label = np.array([[[0, 1, 1, 0, 1, 255]]])
    made = clusters(follow="labels")
    seen = set()
    for seed in range(20):
        features = made.sample(label, seed=seed)[0, 0]
        assert len(np.unique(features[label[0, 0] == 1], axis=0)) == 1
        assert features[0].tolist() == features[3].tolist() == GROUND[0]
        assert not features[5].any()
        seen.add(tuple(features[1]))
    assert seen == {tuple(style) for style in CARS}


def test_thousands_of_instances():
    instance = np.arange(128 * 128).reshape(1, 128, 128)
    features = clusters().sample(instance % 2, instance)
    assert (features[0, :, ::2] == GROUND[0]).all()


def test_a_class_without_styles_is_an_error():
    label = np.array([[[0, 0]], [[1, 2]]])
    instance = label + 10
    words = r"Received: image 1 with 'tree' \(1 unknown.*Fit them on data.*en"
    with pytest.raises(ValueError, match=words):
        clusters().sample(label, instance)
    with pytest.raises(ValueError, match="Received: x.png with 'tree'"):
        clusters().sample(label[1:], instance[1:], names=["x.png"])
    # a tree that is not most of an instance does not count
    clusters().sample(np.array([[[1, 1, 2]]]), np.zeros((1, 1, 3), int))


MAP = np.zeros((1, 2, 3), int)


@pytest.mark.parametrize(
    "arguments, words",
    [
        ((MAP[0], MAP[0]), r"label\[None\]"),
        ((MAP[..., None].astype(float), MAP), "dtype=float64"),
        ((MAP - 1, MAP), "of at least 0"),
        ((MAP[:0], MAP[:0]), r"shape=\(0, 2, 3\)"),
        ((MAP,), "instance=None.*connected_components"),
        ((MAP, MAP[:, :1]), r"instance.shape=\(1, 1, 3\)"),
        ((MAP, MAP.astype(float)), "dtype=float64"),
        ((MAP, MAP, -1), "`seed` must be an integer.*seed=-1"),
        ((MAP, MAP, 0.5), "seed=0.5"),
        ((MAP, MAP, []), r"seed=\[\]"),
    ],
)
def test_sample_errors(arguments, words):
    with pytest.raises(ValueError, match=words):
        clusters().sample(*arguments)


@pytest.mark.parametrize(
    "others, words",
    [
        ({"centers": [GROUND]}, "1 entries, 1 of them not empty, for 3"),
        ({"centers": [None, [], None]}, "3 entries, 0 of them"),
        ({"centers": [GROUND, [[1.0]], None]}, r"\(1, 1\) for 'car', and F=2"),
        ({"centers": [GROUND, [[np.nan, 0]], None]}, "finite floats"),
        ({"follow": "edges"}, "instances, labels. Received: follow='edges'"),
        ({"samples": [1, 2]}, r"samples=\(1, 2\) for 3 classes"),
        ({"samples": [1, 2, -1]}, "at least 0 for each class"),
    ],
)
def test_constructor_errors(others, words):
    with pytest.raises(ValueError, match=words):
        clusters(**others)


def test_check_fits():
    clusters().check_fits(model())
    clusters().check_fits(model(class_table=3))
    FeatureClusters([GROUND, CARS, None], 3).check_fits(model())


@pytest.mark.parametrize(
    "others, words",
    [
        ({"feature_channels": 0}, "a model without one"),
        ({"feature_channels": 3}, "channels: 2 of the features, 3 of the mod"),
        ({"features_follow": "labels"}, "instances of the features, labels"),
        ({"class_table": 19}, "classes: 3 of the features, 19 of the model"),
    ],
)
def test_a_model_that_they_do_not_fit(others, words):
    with pytest.raises(ValueError, match=words):
        clusters().check_fits(model(**others))


def test_a_model_with_other_names():
    names = ["ground", "car", "truck"]
    config = {**TABLE.get_config(), "names": names}
    other = model(class_table=type(TABLE).from_config(config))
    words = "class 2: 'tree' of the features, 'truck' of the model. Fit them"
    with pytest.raises(ValueError, match=words):
        clusters().check_fits(other)
