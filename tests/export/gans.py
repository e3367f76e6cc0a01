"""Small models to export."""

import keras

from keras_pix2pixhd.data import ClassTable
from keras_pix2pixhd.models import (
    GlobalGenerator,
    InstanceFeatureEncoder,
    MultiscaleDiscriminator,
    Pix2PixHDGAN,
)

TABLE = ClassTable(
    ["road", "car", "sky"],
    [0, 7, 300],
    [(0, 0, 0), (255, 0, 0), (0, 0, 255)],
    void_ids=[9],
)


def gan_with_everything():
    """Edges, instance features of two channels, three named classes."""
    keras.utils.set_random_seed(5)
    channels = 3 + 1 + 2
    generator = GlobalGenerator(
        channels, filters=4, num_downsamplings=1, num_residual_blocks=1
    )
    return Pix2PixHDGAN(
        generator,
        MultiscaleDiscriminator(3 + 1 + 3, filters=2, num_layers=1),
        class_table=TABLE,
        use_instance_edges=True,
        feature_encoder=InstanceFeatureEncoder(
            feature_channels=2, filters=2, num_downsamplings=1
        ),
    )
