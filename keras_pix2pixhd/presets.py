"""The presets: complete settings by name."""

from keras_pix2pixhd.config import RunConfig, unknown_name

PRESETS = {
    # drawn cars, in minutes on two CPU cores
    "toy": dict(
        image_size=(64, 96),
        filters=16,
        num_downsamplings=2,
        num_residual_blocks=4,
        discriminator_filters=32,
        generator_learning_rate=5e-4,
        steps_per_epoch=250,
        epochs=6,
        decay_epochs=4,
        evaluation_images=None,
    ),
    # real cars, in about an hour on two CPU cores; a flip would mirror the
    # lettering on the wall (measured in benchmarks/RESULTS.md)
    "carvana-small": dict(
        image_size=(128, 176),
        flip=False,
        diff_augment="color,translation,cutout",
        ema_decay=0.999,
        filters=32,
        num_downsamplings=4,
        num_residual_blocks=6,
        discriminator_filters=32,
        perceptual="imagenet",
        steps_per_epoch=500,
        epochs=12,
    ),
    # the MATLAB project's own setting, for a GPU
    "carvana": dict(
        image_size=(576, 768),
        label_channels=32,
        perceptual="imagenet",
        perceptual_weight=5.0,
        subset=701,
        epochs=28,
    ),
    # the MATLAB example that it came from: CamVid's 32 classes, a GPU
    "matlab": dict(
        image_size=(576, 768),
        label_channels=32,
        normalization="instance_affine",
        discriminator_normalization="instance_affine",
        perceptual="imagenet",
        perceptual_weight=5.0,
        epochs=60,
    ),
    # the reference's label2city_512p, for a GPU of 16 GB
    "nvidia-512": dict(
        image_size=(512, 1024),
        use_instance_edges=True,
        perceptual="imagenet",
        epochs=200,
        decay_epochs=100,
    ),
    # its label2city_1024p: the same at half the size, then grown
    "nvidia-1024": dict(
        image_size=(1024, 2048),
        use_instance_edges=True,
        generator="local",
        filters=32,
        discriminator_scales=3,
        perceptual="imagenet",
        coarse_epochs=200,
        coarse_decay_epochs=100,
        freeze_epochs=10,
        epochs=100,
        decay_epochs=50,
    ),
}


def preset(name):
    """Returns the configuration of a preset.

    | name | for |
    |---|---|
    | `toy` | drawn toy cars at 64x96, minutes on two CPU cores |
    | `carvana-small` | real cars at 128x176, an hour on two CPU cores |
    | `carvana` | the MATLAB project's setting at 576x768, for a GPU |
    | `matlab` | the MATLAB example's, CamVid's 32 classes at 576x768 |
    | `nvidia-512` | the reference's for Cityscapes at 512x1024 |
    | `nvidia-1024` | the same grown to 1024x2048, coarse to fine |

    Args:
        name: str, one of these.

    Returns:
        `RunConfig`.

    Raises:
        ValueError: if there is no such preset.

    Example:

    >>> preset("carvana").image_size
    (576, 768)
    """
    if str(name) not in PRESETS:
        raise ValueError(unknown_name("preset", name, PRESETS))
    return RunConfig(preset=name).replace(PRESETS[name])


# no setting grows in a smoke run
_SMOKE_AT_MOST = {
    "filters": 8,
    "num_downsamplings": 2,
    "num_residual_blocks": 1,
    "num_local_residual_blocks": 1,
    "encoder_filters": 4,
    "encoder_downsamplings": 2,
    "discriminator_filters": 8,
    "image_pool_size": 4,
    "coarse_epochs": 1,
    "coarse_decay_epochs": 1,
    "freeze_epochs": 1,
    "subset": 24,
    "toy_scenes": 24,
    "batch_size": 2,
    "epochs": 2,
    "steps_per_epoch": 3,
    "samples": 3,
    "evaluation_images": 4,
    "validation_images": 2,
}


def smoke(config):
    """Shrinks a configuration so that the whole run takes seconds.

    Networks, image size, data and steps shrink; weights of VGG19 that would
    be downloaded become random ones, so that the same code runs.

    Args:
        config: `RunConfig`.

    Returns:
        `RunConfig`.
    """
    shrunk = {"steps": None}
    for name, most in _SMOKE_AT_MOST.items():
        value = getattr(config, name)
        shrunk[name] = most if value is None else min(value, most)
    scale = min(1.0, 96 / max(config.image_size))
    shrunk["image_size"] = [
        max(32, round(n * scale)) for n in config.image_size
    ]
    if config.perceptual == "imagenet":
        shrunk["perceptual"] = "random"
    return config.replace(shrunk)
