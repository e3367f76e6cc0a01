"""A run folder of a tiny model, as `train` leaves it."""

import keras

from keras_pix2pixhd.config import RunConfig
from keras_pix2pixhd.data import CARVANA
from keras_pix2pixhd.models import (
    GlobalGenerator,
    InstanceFeatureEncoder,
    MultiscaleDiscriminator,
    Pix2PixHDGAN,
)
from tests.carvana_folders import SIZE

FEATURES = 2


def tiny_gan(class_table=CARVANA, channels=2, edges=False, follow=None):
    """Not compiled; its weights are the same every time.

    Args:
        class_table: of the model.
        channels: of its labels.
        edges: whether it sees instance edges.
        follow: what its instance features follow, if it has any.
    """
    keras.utils.set_random_seed(5)
    encoder = follow and InstanceFeatureEncoder(
        feature_channels=FEATURES, filters=2, num_downsamplings=1
    )
    condition = channels + edges
    return Pix2PixHDGAN(
        GlobalGenerator(
            condition + (FEATURES if follow else 0),
            filters=2,
            num_downsamplings=1,
            num_residual_blocks=0,
        ),
        MultiscaleDiscriminator(condition + 3, filters=2, num_layers=1),
        class_table=class_table,
        use_instance_edges=edges,
        feature_encoder=encoder,
        features_follow=follow or "instances",
    )


def write_run(folder, data, gan=None, **settings):
    """Writes `model.keras` and `config.json`; returns the folder."""
    folder.mkdir(parents=True)
    gan = tiny_gan() if gan is None else gan
    gan.save(folder / "model.keras")
    settings = {
        "data": data and str(data),
        "image_size": SIZE,
        "check_data": False,
        **settings,
    }
    config = RunConfig().replace(settings)
    (folder / "config.json").write_text(config.to_json())
    return folder
