import keras
import numpy as np
import pytest

from keras_pix2pixhd.export.serving_generator import ServingGenerator
from keras_pix2pixhd.export.stock import stock_model
from keras_pix2pixhd.models import (
    GlobalGenerator,
    MultiscaleDiscriminator,
    Pix2PixHDGAN,
)
from tests.featured_gan import FEATURES, featured_gan
from tests.small_gan import CLASSES, small_gan

SIZE = (9, 14)
LABEL = np.random.default_rng(0).integers(0, CLASSES + 1, (2, *SIZE), "uint8")
INSTANCE = LABEL.astype("int32") * 1000 + 7


def moved(gan):
    random = np.random.default_rng(0)
    for variable in gan.generator.variables:
        variable.assign_add(random.uniform(0, 0.2, variable.shape))
    return gan


def painted(gan, batch):
    return keras.ops.convert_to_numpy(stock_model(ServingGenerator(gan))(batch))


def check_alike(found, expected):
    assert found.dtype == expected.dtype == "uint8"
    assert np.std(expected) > 1
    assert np.abs(found.astype(int) - expected.astype(int)).max() <= 1


def test_it_paints_what_generate_paints():
    gan = moved(small_gan(label_channels=5, use_instance_edges=True))
    found = painted(gan, {"label": LABEL, "instance": INSTANCE})
    check_alike(found, gan.generate(LABEL, INSTANCE))


def test_each_class_has_the_style_that_is_given_and_void_none():
    gan = moved(featured_gan(edges=False))
    style = np.random.default_rng(1).uniform(-1, 1, (2, CLASSES, FEATURES))
    style = style.astype("float32")
    features = np.zeros((2, *SIZE, FEATURES), "float32")
    for image, row, column in np.ndindex(LABEL.shape):
        if LABEL[image, row, column] < CLASSES:
            vector = style[image, LABEL[image, row, column]]
            features[image, row, column] = vector
    found = painted(gan, {"label": LABEL, "style": style})
    check_alike(found, gan.generate(LABEL, features=features))


def gan_without_classes():
    keras.utils.set_random_seed(0)
    options = {"filters": 4, "num_downsamplings": 1, "num_residual_blocks": 1}
    return Pix2PixHDGAN(
        GlobalGenerator(3, **options),
        MultiscaleDiscriminator(6, filters=4, num_layers=2),
        None,
    )


def test_images_are_painted_from_without_classes():
    gan = moved(gan_without_classes())
    pixels = np.random.default_rng(2).integers(0, 256, (1, *SIZE, 3), "uint8")
    check_alike(painted(gan, {"label": pixels}), gan.generate(pixels))


def test_it_computes_in_float32_under_every_policy():
    options = {"filters": 4, "num_downsamplings": 1, "num_residual_blocks": 1}
    half = GlobalGenerator(CLASSES, **options, dtype="mixed_float16")
    model = stock_model(ServingGenerator(half, CLASSES))
    dtypes = {
        layer.compute_dtype
        for layer in model._flatten_layers(include_self=False)
        if layer.weights
    }
    assert dtypes == {"float32"}


def test_inputs_are_named():
    model = stock_model(ServingGenerator(featured_gan()))
    found = [(x.name, x.dtype, x.shape) for x in model.inputs]
    assert found == [
        ("label", "uint8", (None, None, None)),
        ("instance", "int32", (None, None, None)),
        ("style", "float32", (None, CLASSES, FEATURES)),
    ]
    assert model.output_names == ["image"]


@pytest.mark.parametrize(("classes", "dtype"), [(255, "uint8"), (256, "int32")])
def test_indices_of_many_classes_are_int32(classes, dtype):
    generator = GlobalGenerator(
        classes, filters=2, num_downsamplings=0, num_residual_blocks=0
    )
    model = stock_model(ServingGenerator(generator, classes))
    assert model.inputs[0].dtype == dtype
