"""A tiny GAN with instance edges and instance features, for tests."""

import keras

from keras_pix2pixhd.models import (
    GlobalGenerator,
    InstanceFeatureEncoder,
    MultiscaleDiscriminator,
    Pix2PixHDGAN,
)
from tests.small_gan import CLASSES, adam

FEATURES = 2


def featured_gan(class_table=CLASSES, follow="instances", edges=True):
    """Not compiled; its initial weights are the same every time."""
    keras.utils.set_random_seed(0)
    condition = CLASSES + int(edges)
    return Pix2PixHDGAN(
        GlobalGenerator(
            condition + FEATURES,
            filters=4,
            num_downsamplings=1,
            num_residual_blocks=1,
        ),
        MultiscaleDiscriminator(condition + 3, filters=4, num_layers=2),
        class_table,
        use_instance_edges=edges,
        feature_encoder=InstanceFeatureEncoder(
            feature_channels=FEATURES, filters=4, num_downsamplings=1
        ),
        features_follow=follow,
    )


def compiled_featured_gan(**arguments):
    gan = featured_gan(**arguments)
    # JAX compiles a step much faster than it takes one by operations
    eagerly = keras.backend.backend() != "jax"
    gan.compile(adam(1e-3), adam(2e-3), run_eagerly=eagerly)
    return gan
