import shutil

import keras
import numpy as np
import pytest
from PIL import Image

from keras_pix2pixhd.data import ClassTable, connected_components
from keras_pix2pixhd.features import FeatureClusters
from keras_pix2pixhd.generation import generate_folder
from keras_pix2pixhd.models import (
    GlobalGenerator,
    InstanceFeatureEncoder,
    MultiscaleDiscriminator,
    Pix2PixHDGAN,
)

TABLE = ClassTable(
    names=["ground", "car"], ids=[0, 1], colors=[(0, 0, 9), (200, 10, 30)]
)
NAMES = ("a", "b", "c")


def make_gan(follow="instances", channels=2):
    keras.utils.set_random_seed(5)
    gan = Pix2PixHDGAN(
        GlobalGenerator(
            2 + channels, filters=2, num_downsamplings=1, num_residual_blocks=0
        ),
        MultiscaleDiscriminator(2 + 3, filters=2, num_layers=1),
        class_table=TABLE,
        feature_encoder=InstanceFeatureEncoder(
            feature_channels=channels, filters=2, num_downsamplings=1
        ),
        features_follow=follow,
    )
    gan.compile("adam", "adam")
    return gan


def make_clusters(follow="instances", table=TABLE, styles=7):
    cars = np.linspace(-1, 1, 2 * styles).reshape(styles, 2)
    return FeatureClusters([[[0.5, 0.25]], cars], table, follow)


@pytest.fixture(scope="module")
def gan():
    return make_gan()


@pytest.fixture
def run(gan, tmp_path):
    """A run folder, and beside it folders of what to paint from."""
    (tmp_path / "run").mkdir()
    gan.save(tmp_path / "run" / "model.keras")
    make_clusters().save(tmp_path / "run" / "features.npz")
    random = np.random.default_rng(0)
    for kind in ("labels", "instances", "images"):
        (tmp_path / kind).mkdir()
    for name in NAMES:
        # the same label map three times: a car of four instances
        label = np.zeros((6, 8), "uint8")
        label[1:5] = 1
        instance = 26000 * label.astype("uint16")
        instance[1:5] += np.arange(4, dtype="uint16")[:, None]
        image = random.integers(0, 256, (6, 8, 3), "uint8")
        Image.fromarray(label).save(tmp_path / "labels" / f"{name}.png")
        Image.fromarray(instance).save(tmp_path / "instances" / f"{name}.png")
        Image.fromarray(image).save(tmp_path / "images" / f"{name}.bmp")
    return tmp_path / "run"


@pytest.fixture
def paint(gan, run, tmp_path):
    """Paints the label maps; returns the photographs by the file's name."""

    def paint(source="labels", model=run, **arguments):
        target = tmp_path / "photographs"
        shutil.rmtree(target, ignore_errors=True)
        settings = {"instances": tmp_path / "instances", **arguments}
        written = generate_folder(model, tmp_path / source, target, **settings)
        return {path.name: read(path) for path in written}

    return paint


def read(path):
    return np.asarray(Image.open(path)).astype(int)


def assert_close(actual, expected):
    assert actual.shape == expected.shape
    assert abs(actual - expected).max() <= 1


def assert_differ(*images):
    for place, image in enumerate(images):
        for other in images[place + 1 :]:
            assert abs(image - other).max() > 1


def arrays(tmp_path, *kinds):
    found = {"labels": ".png", "instances": ".png", "images": ".bmp"}
    return [
        np.stack([read(tmp_path / k / f"{n}{found[k]}") for n in NAMES])
        for k in kinds
    ]


def test_sample(paint):
    first = paint(features="sample")
    assert sorted(first) == ["a.png", "b.png", "c.png"]
    # equal label maps, other draws
    assert_differ(*first.values())
    again = paint(features="sample", seed=0)
    other = paint(features="sample", seed=1)
    for name, image in first.items():
        assert_close(image, again[name])
        assert_differ(image, other[name])


def test_a_label_map_draws_the_same_whatever_lies_beside_it(paint, tmp_path):
    first = paint(features="sample")
    (tmp_path / "labels" / "a.png").unlink()
    assert_close(paint(features="sample")["b.png"], first["b.png"])


def test_sample_paints_what_the_clusters_hold(gan, paint, tmp_path):
    one = make_clusters(styles=1)
    label, instance = arrays(tmp_path, "labels", "instances")
    features = np.array([[0.5, 0.25], [-1, 1]])[label]  # one style for each
    features[label == 1] = one.centers[1][0]
    expected = gan.generate(label, instance, features)
    one.save(tmp_path / "one.npz")
    for given in (one, tmp_path / "one.npz", str(tmp_path / "one.npz")):
        painted = paint(features=given)
        assert_close(np.stack(list(painted.values())), expected.astype(int))


def test_styles(paint):
    plain = paint(features="sample", seed=3)
    painted = paint(features="sample", seed=3, styles=3)
    assert list(painted) == [
        f"{name}_style{number}.png" for name in NAMES for number in (1, 2, 3)
    ]
    assert_differ(*[painted[f"a_style{number}.png"] for number in (1, 2, 3)])
    assert_close(painted["b_style1.png"], plain["b.png"])
    shifted = paint(features="sample", seed=4)
    assert_close(painted["b_style2.png"], shifted["b.png"])


def test_styles_of_a_file(run, tmp_path):
    seen = []
    written = generate_folder(
        run,
        tmp_path / "labels" / "a.png",
        tmp_path / "new" / "x.png",
        instances=tmp_path / "instances" / "a.png",
        features="sample",
        styles=2,
        progress=lambda *arguments: seen.append(arguments),
    )
    folder = tmp_path / "new"
    assert written == [folder / "x_style1.png", folder / "x_style2.png"]
    assert sorted(folder.iterdir()) == written
    assert seen == [(1, 2, written[0]), (2, 2, written[1])]


def test_encode(gan, paint, tmp_path):
    kinds = ("labels", "instances", "images")
    label, instance, image = arrays(tmp_path, *kinds)
    painted = paint(features="encode", images=tmp_path / "images")
    expected = gan.generate(label, instance, image=image.astype("uint8"))
    assert_close(np.stack(list(painted.values())), expected.astype(int))


def test_components(gan, paint, tmp_path):
    label, image = arrays(tmp_path, "labels", "images")
    regions = connected_components(label)
    assert regions.max() == 2
    expected = gan.generate(label, regions, image=image.astype("uint8"))
    painted = paint(
        instances="components", features="encode", images=tmp_path / "images"
    )
    assert_close(np.stack(list(painted.values())), expected.astype(int))


def test_components_of_the_resized_map(gan, paint, tmp_path):
    # every second column, by the nearest pixel, joins what was apart
    for path in (tmp_path / "labels").iterdir():
        path.unlink()
    label = np.indices((4, 8))[1] % 2
    Image.fromarray(label.astype("uint8")).save(tmp_path / "labels" / "x.png")
    clusters = make_clusters(styles=2)
    painted = paint(
        instances="components", features=clusters, image_size=(4, 4)
    )
    ones = np.ones((1, 4, 4), int)
    expected = [
        gan.generate(ones, 0 * ones, np.broadcast_to(style, (1, 4, 4, 2)))
        for style in clusters.centers[1]
    ]
    resized = [
        Image.fromarray(image[0]).resize((8, 4), Image.Resampling.BICUBIC)
        for image in expected
    ]
    distances = [
        abs(np.asarray(image).astype(int) - painted["x.png"]).max()
        for image in resized
    ]
    assert min(distances) <= 1


def test_features_that_follow_labels_need_no_instances(tmp_path, run):
    gan = make_gan("labels")
    out = tmp_path / "out"
    settings = {"features": make_clusters("labels"), "styles": 2}
    assert len(generate_folder(gan, tmp_path / "labels", out, **settings)) == 6
    with pytest.raises(ValueError, match="instances are for models with"):
        generate_folder(
            gan, tmp_path / "labels", out, instances="components", **settings
        )


def plain_gan():
    return Pix2PixHDGAN(
        GlobalGenerator(
            2, filters=2, num_downsamplings=1, num_residual_blocks=0
        ),
        MultiscaleDiscriminator(5, filters=2, num_layers=1),
        class_table=TABLE,
    )


@pytest.mark.parametrize(
    "arguments, words",
    [
        ({}, "Received: features=None.*'sample'.*file.*'encode'"),
        ({"features": "smaple"}, 'sample, encode or a file.*"smaple"'),
        ({"features": 3}, "Received: int"),
        ({"features": "encode"}, "go together.*images=None"),
        ({"features": "sample", "images": "x"}, "go together.*images='x'"),
        ({"features": "encode", "images": "x", "styles": 2}, "are drawn, not"),
        ({"features": "encode", "images": "x"}, 'photographs must be.*"x"'),
        ({"features": "sample", "seed": -1}, "seed must be.*seed=-1"),
        ({"features": "sample", "seed": 0.5}, "seed=0.5"),
        ({"features": "sample", "styles": 0}, "at least 1. Received: styles"),
        ({"features": "sample", "instances": None}, "sees instances needs"),
    ],
)
def test_errors(paint, tmp_path, arguments, words):
    with pytest.raises(ValueError, match=words):
        paint(**arguments)
    assert not (tmp_path / "photographs").exists()


def test_a_model_in_memory_has_no_file_beside_it(gan, paint):
    with pytest.raises(ValueError, match="model in memory. Pass FeatureClust"):
        paint(model=gan, features="sample")


def test_a_model_without_features(paint):
    gan = plain_gan()
    for name, value in [
        ("features", "sample"),
        ("images", "x"),
        ("styles", 2),
    ]:
        words = f"{name} is for models with instance features.*without. Leave"
        with pytest.raises(ValueError, match=words):
            paint(model=gan, instances=None, **{name: value})


def test_missing_features(paint, run):
    (run / "features.npz").unlink()
    words = 'run/features.npz", which is missing. Fit them first'
    with pytest.raises(ValueError, match=words):
        paint(features="sample")
    with pytest.raises(ValueError, match=words):
        paint(model=run / "model.keras", features="sample")


def test_features_of_other_models(paint):
    names = TABLE.get_config() | {"names": ["ground", "tree"]}
    other = ClassTable.from_config(names)
    for clusters, words in [
        (make_clusters(table=other), "class 1: 'tree' of the features"),
        (make_clusters("labels"), "labels of the features, instances of the"),
        (FeatureClusters([[[0.5]], None], 2), "channels: 1 of the features"),
    ]:
        with pytest.raises(ValueError, match=words):
            paint(features=clusters)


def test_a_class_that_the_features_do_not_know(paint):
    clusters = FeatureClusters([[[0.5, 0.5]], None], TABLE)
    with pytest.raises(ValueError, match=r"Received: \".*a.png\" with 'car'"):
        paint(features=clusters)


def test_an_unknown_class_is_found_before_anything_is_painted(
    paint, run, tmp_path
):
    path = tmp_path / "labels" / "a.png"  # a has ground alone, b a car
    Image.fromarray(np.zeros((6, 8), "uint8")).save(path)
    only_ground = FeatureClusters([[[0.5, 0.25]], np.zeros((0, 2))], TABLE)
    only_ground.save(run / "features.npz")
    with pytest.raises(ValueError, match=r"b.png.* with 'car' \(1 unknown"):
        paint(features="sample")
    assert not list(tmp_path.rglob("out*/*.png"))


def test_files_of_other_sizes(paint, tmp_path):
    images = tmp_path / "images"
    Image.new("RGB", (8, 5)).save(images / "b.bmp")
    with pytest.raises(ValueError, match='b.bmp" 5 high and 8 wide'):
        paint(features="encode", images=images)
    Image.new("L", (7, 6)).save(tmp_path / "instances" / "a.png")
    with pytest.raises(ValueError, match='a.png" 6 high and 7 wide'):
        paint(features="sample")
    (images / "c.bmp").unlink()
    with pytest.raises(ValueError, match="its photograph of the same name"):
        paint(features="encode", images=images)


def test_photographs_are_never_replaced(run, tmp_path):
    settings = {"features": "encode", "instances": "components"}
    images = tmp_path / "images"
    with pytest.raises(ValueError, match="must not replace"):
        generate_folder(
            run, tmp_path / "labels", images, images=images, **settings
        )
    # nor a label map that is called as a style
    label = (tmp_path / "labels" / "a.png").rename(tmp_path / "x_style2.png")
    with pytest.raises(ValueError, match="must not replace"):
        generate_folder(
            run,
            label,
            tmp_path / "x.png",
            instances="components",
            features="sample",
            styles=2,
        )
