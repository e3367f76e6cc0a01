"""GANs that are the same on every backend, and what becomes of them.

Their weights come from NumPy, as initializers differ between backends; and
nothing in them is drawn at random.
"""

import keras
import numpy as np

from keras_pix2pixhd.models import (
    GlobalGenerator,
    ImagePool,
    InstanceFeatureEncoder,
    LocalEnhancer,
    MultiscaleDiscriminator,
    PerceptualNetwork,
    Pix2PixHDGAN,
)
from keras_pix2pixhd.optimizers import LinearDecay
from tests.small_gan import CLASSES, SIZE, adam, small_batch

FEATURES = 2
TERMS = (
    "discriminator_real_loss",
    "discriminator_fake_loss",
    "adversarial_loss",
    "feature_matching_loss",
    "perceptual_loss",
    "r1_penalty",
)


def whole_gan(vgg19, **compiling):
    """All that is computed alike on every backend, in one model.

    Args:
        vgg19: path of what `write_vgg19_prefix` wrote.
        **compiling: arguments of `compile` that differ.
    """
    condition = CLASSES + 1
    gan = Pix2PixHDGAN(
        LocalEnhancer(
            condition + FEATURES,
            filters=2,
            num_local_residual_blocks=1,
            num_global_downsamplings=1,
            num_global_residual_blocks=1,
        ),
        MultiscaleDiscriminator(
            condition + 3,
            filters=4,
            num_layers=2,
            normalization="instance_affine",
            spectral_normalization=True,
        ),
        CLASSES,
        use_instance_edges=True,
        feature_encoder=InstanceFeatureEncoder(
            feature_channels=FEATURES, filters=4, num_downsamplings=1
        ),
        perceptual_network=PerceptualNetwork(vgg19),
        ema_decay=0.9,
    )
    made_ready(
        gan,
        2e-4,
        r1_weight=0.5,
        freeze_steps=2,
        clip_norm=2.0,
        image_pool=ImagePool(16, SIZE),
        **compiling,
    )
    gan.calibrate(batch_of(0))
    return gan


def moving_gan(**compiling):
    """As small as can be, for files; an update is of two steps."""
    gan = Pix2PixHDGAN(
        GlobalGenerator(
            CLASSES, filters=2, num_downsamplings=1, num_residual_blocks=1
        ),
        MultiscaleDiscriminator(
            CLASSES + 3, filters=2, num_layers=1, num_scales=1
        ),
        CLASSES,
        ema_decay=0.9,
    )
    made_ready(
        gan,
        1e-3,
        accumulation_steps=2,
        image_pool=ImagePool(6, (16, 16)),
        **compiling,
    )
    return gan


def made_ready(gan, rate, **compiling):
    """Numbers and compiles a model; its discriminator learns twice as fast."""
    number(gan)
    decaying = adam(LinearDecay(rate, 2, 8))
    gan.compile(decaying, adam(2 * rate), **compiling)


def number(gan):
    """Gives a model the weights that it has on every backend."""
    random = np.random.default_rng(0)
    for variable in gan.trainable_variables:
        drawn = random.normal(0, 0.1, variable.shape).astype("float32")
        variable.assign(drawn + (variable.name == "gamma"))
    for layer in gan._flatten_layers():
        if hasattr(layer, "left"):  # of a spectral normalization
            layer.update(300)
    gan.averaged_generator.set_weights(gan.generator.get_weights())


def batch_of(step, small=False):
    batch = small_batch(seed=step, instance=True)
    return {k: v[:1, :16, :16] if small else v for k, v in batch.items()}


def train_on(gan, steps, small=False):
    """Trains on the batches of some steps; returns a row of terms for each.

    The image pool of the GANs above has room for what these steps store:
    only a full one draws.
    """
    rows = []
    for step in steps:
        gan.reset_metrics()
        logs = gan.train_on_batch(batch_of(step, small), return_dict=True)
        rows.append([float(logs[name]) for name in TERMS if name in logs])
    return np.array(rows)


def painted(gan):
    """What both generators paint: as trained, and as averaged."""
    batch = {k: keras.ops.convert_to_tensor(v) for k, v in batch_of(9).items()}
    return np.stack(
        [
            keras.ops.convert_to_numpy(gan(batch, training=training))
            for training in (True, False)
        ]
    )
