"""The training model of pix2pixHD."""

import keras
import numpy as np
from keras import ops

from keras_pix2pixhd.layers import SemanticInput
from keras_pix2pixhd.losses import (
    FeatureMatchingLoss,
    PerceptualLoss,
    R1Penalty,
)
from keras_pix2pixhd.models.adversarial_losses import adversarial_loss_of
from keras_pix2pixhd.models.batch_checks import (
    checked_condition,
    checked_instance,
    checked_label,
    checked_painting,
)
from keras_pix2pixhd.models.distributed_training import DistributedTraining
from keras_pix2pixhd.models.finite_batches import (
    with_finite_batch,
    without_mark,
)
from keras_pix2pixhd.models.gan_averaging import GANAveraging
from keras_pix2pixhd.models.gan_checks import (
    check_channels,
    check_encoder,
    check_networks,
    checked_weights,
    number_of_classes,
)
from keras_pix2pixhd.models.gan_features import GANFeatures
from keras_pix2pixhd.models.gan_losses import GANLosses, augmentation_of
from keras_pix2pixhd.models.gan_saving import GANSaving
from keras_pix2pixhd.models.gan_steps import GANSteps
from keras_pix2pixhd.models.perceptual_training import PerceptualTraining
from keras_pix2pixhd.models.pixels import to_uint8
from keras_pix2pixhd.optimizers.guarded_optimizer import GuardedOptimizer
from keras_pix2pixhd.optimizers.network_optimizers import joined_optimizers
from keras_pix2pixhd.optimizers.optimizer_checks import checked_clip_norm


@keras.saving.register_keras_serializable(package="keras_pix2pixhd")
class Pix2PixHDGAN(
    GANAveraging,
    GANLosses,
    GANSteps,
    GANFeatures,
    GANSaving,
    PerceptualTraining,
    DistributedTraining,
    keras.Model,
):
    """Trains a generator against discriminators on label maps and images.

    Args:
        generator: `GlobalGenerator`, or any built `keras.Model` from label
            vectors to images in [-1, 1].
        discriminator: `MultiscaleDiscriminator`, or any built `keras.Model`
            with its kind of outputs.
        class_table: `ClassTable`, or the number of classes where names do
            not matter. `None`: no classes, the model paints from images, as
            the reference's `label_nc` 0.
        label_channels: int or `None` (then the number of classes, or 3 of an
            image). Channels of the one-hot vector, or of the image.
        use_instance_edges: bool, default False. Whether the networks also
            see the borders between instances; batches then need `instance`.
        feature_encoder: `InstanceFeatureEncoder` or `None` (default). What
            describes the real photograph to the generator, trained with it.
        features_follow: `"instances"` (default: a description for each
            instance of a batch's `instance`) or `"labels"` (for each class).
        perceptual_network: `PerceptualNetwork` or `None` (default: no
            perceptual loss).
        ema_decay: float in [0, 1), default 0. If above, `averaged_generator`
            is a copy of the generator whose weights are the moving average
            of the trained ones (`WeightAverage`), and paints in their place
            wherever nothing is trained: in `generate`, `predict`, `evaluate`
            and what is exported. A usual decay is 0.999.

    Call arguments:
        batch: dict with `label`, `(batch, height, width)` class indices
            (those of `num_classes` and above are void), or floats
            `(batch, height, width, label_channels)`, which without classes
            are an image in [-1, 1] or, of uint8, in [0, 255]; with
            `instance`,
            `(batch, height, width)` int32, where edges or instance features
            are used; and, for training and evaluation, with `image`,
            `(batch, height, width, 3)` float32 in [-1, 1], or uint8 in
            [0, 255], which is scaled on the device. A model with features
            takes them from `features`,
            `(batch, height, width, feature_channels)`, if the batch has it,
            else it encodes `image`.

    Returns:
        The generated images, `(batch, height, width, 3)` float32, [-1, 1].

    Raises:
        ValueError: if a network is none, its channels do not fit the labels,
            or the generator cannot be averaged.

    Reference:
        [Wang et al., 2018](https://arxiv.org/abs/1711.11585).

    Example:

    >>> from keras_pix2pixhd import GlobalGenerator, MultiscaleDiscriminator
    >>> gan = Pix2PixHDGAN(
    ...     GlobalGenerator(2, filters=4, num_residual_blocks=1),
    ...     MultiscaleDiscriminator(5, filters=4),
    ...     class_table=2,
    ... )
    >>> gan.compile(keras.optimizers.Adam(2e-4), keras.optimizers.Adam(2e-4))
    >>> batch = {
    ...     "label": np.zeros((1, 32, 32), "uint8"),
    ...     "image": np.zeros((1, 32, 32, 3), "float32"),
    ... }
    >>> logs = gan.train_on_batch(batch, return_dict=True)
    >>> gan.generate(batch["label"]).shape
    (1, 32, 32, 3)
    """

    def __init__(
        self,
        generator,
        discriminator,
        class_table,
        label_channels=None,
        use_instance_edges=False,
        feature_encoder=None,
        features_follow="instances",
        perceptual_network=None,
        ema_decay=0.0,
        **kwargs,
    ):
        super().__init__(**kwargs)
        check_networks(generator, discriminator, perceptual_network)
        self.num_classes = number_of_classes(class_table)
        check_encoder(feature_encoder, features_follow, self.num_classes)
        named = hasattr(class_table, "names")
        self.class_table = class_table if named else self.num_classes
        self.semantic_input = SemanticInput(
            self.num_classes,
            label_channels,
            use_instance_edges,
            feature_encoder.output_shape[-1] if feature_encoder else 0,
            dtype=self.dtype_policy,
            name="semantic_input",
        )
        check_channels(generator, discriminator, self.semantic_input)
        self.generator = generator
        self.discriminator = discriminator
        self.feature_encoder = feature_encoder
        self.features_follow = features_follow
        self.perceptual_network = perceptual_network
        self._begin_averaging(ema_decay)
        self.built = True

    def compile(
        self,
        generator_optimizer,
        discriminator_optimizer,
        adversarial_loss="lsgan",
        adversarial_weight=1.0,
        feature_matching_weight=10.0,
        perceptual_weight=10.0,
        r1_weight=0.0,
        image_pool=None,
        diff_augment=None,
        freeze_steps=0,
        accumulation_steps=1,
        clip_norm=None,
        auto_scale_loss=True,
        **kwargs,
    ):
        """Configures the training.

        Args:
            generator_optimizer: optimizer, or its name.
            discriminator_optimizer: another one.
            adversarial_loss: `"lsgan"` (default), `"bce"`, `"hinge"`, or an
                object with the methods of `LSGANLoss`.
            adversarial_weight: float, default 1.
            feature_matching_weight: float, default 10.
            perceptual_weight: float, default 10. Without a perceptual
                network it does nothing.
            r1_weight: float, default 0. Weight of the `R1Penalty` in the
                discriminator's loss.
            image_pool: `ImagePool` or `None` (default). Past generated images
                that the discriminator sees in place of half of the new ones.
            diff_augment: `None` (default), a policy of `DiffAugment` such as
                `"color,translation,cutout"`, or the layer itself. In
                training, all that the discriminator judges in a step, for
                whichever loss, goes through the same variations first; the
                `R1Penalty` is that of the image before them.
            freeze_steps: int, default 0. Steps at first in which a
                `LocalEnhancer` trains its outermost enhancer only; the rest
                keeps its weights to the bit, while its optimizer gathers
                its moments, and joins at the rate of its schedule.
            accumulation_steps: int, default 1. Steps whose gradients are
                averaged for one update of both networks. The schedules of
                the optimizers, and their `iterations`, count updates;
                `freeze_steps` counts steps.
            clip_norm: float or `None` (default). Norm that the gradient of
                each network is lowered to where it is larger.
            auto_scale_loss: bool, default True. Whether a model with the
                policy `mixed_float16` scales its loss.
            **kwargs: `run_eagerly`, `steps_per_execution` and `jit_compile`
                of `keras.Model.compile`.

        Raises:
            ValueError: if a name or a weight is not valid.
        """
        self.weights_of_losses = checked_weights(
            adversarial=adversarial_weight,
            feature_matching=feature_matching_weight,
            perceptual=perceptual_weight,
        )
        self.r1_weight = checked_weights(r1=r1_weight)["r1"]
        self.freeze_steps = freeze_steps
        self.accumulation_steps = accumulation_steps
        self.clip_norm = checked_clip_norm(clip_norm)
        self.asked_jit_compile = kwargs.get("jit_compile", "auto")
        self.adversarial_loss = adversarial_loss_of(
            adversarial_loss, self.discriminator
        )
        self.feature_matching_loss = FeatureMatchingLoss()
        self.perceptual_loss = PerceptualLoss()
        self.r1_penalty = R1Penalty()
        self.image_pool = self._built_pool(image_pool)
        self.diff_augment = augmentation_of(diff_augment)
        self.generator_optimizer = keras.optimizers.get(generator_optimizer)
        self.discriminator_optimizer = keras.optimizers.get(
            discriminator_optimizer
        )
        optimizer = GuardedOptimizer(
            joined_optimizers(
                self.generator,
                self.generator_optimizer,
                self.discriminator,
                self.discriminator_optimizer,
                freeze_steps,
                accumulation_steps,
            ),
            self.discriminator.trainable_variables,
            scales_loss=auto_scale_loss
            and self.dtype_policy.name == "mixed_float16",
            accumulation_steps=accumulation_steps,
            clip_norm=clip_norm,
        )
        super().compile(optimizer=optimizer, auto_scale_loss=False, **kwargs)
        self.optimizer.build(self.trainable_variables)
        names = [
            "discriminator_real_loss",
            "discriminator_fake_loss",
            "adversarial_loss",
            "feature_matching_loss",
            *(["perceptual_loss"] if self.perceptual_network else []),
            *(["r1_penalty"] if self.r1_weight else []),
            "discriminator_loss",
            "generator_loss",
            "discriminator_real_score",
            "discriminator_fake_score",
        ]
        self.trackers = [keras.metrics.Mean(name=name) for name in names]

    def call(self, batch, training=False):
        batch = self._with_features(without_mark(batch), training)
        paints = self.generator if training else self.inference_generator
        return paints(self.semantic_input(batch), training=training)

    def train_step(self, *args):
        """Updates both networks once, from the same weights.

        1. What is not finite in the batch is taken out, and marked.
        2. `call` paints one fake image for every label map.
        3. `compute_loss` judges: one scalar, of which the generator sees
           only its own losses and the discriminator only its own. It is NaN
           where a loss is not finite or the batch was not.
        4. Keras differentiates that scalar once for the backend at hand, and
           each network is updated by its own optimizer; or neither, where a
           gradient is not finite.

        So the losses are written once, for TensorFlow, JAX and torch; and
        distribution and `steps_per_execution` are Keras' own.
        """
        *state, data = args
        return super().train_step(*state, with_finite_batch(data))

    def generate(
        self, label, instance=None, features=None, seed=None, image=None
    ):
        """Paints photographs from label maps.

        Args:
            label: `(batch, height, width)` integer class indices, or
                `(batch, height, width, label_channels)` floats. Without
                classes: images of that shape, uint8 in [0, 255] or floats
                in [-1, 1].
            instance: `(batch, height, width)` integer ids, where the model
                uses instance edges or features of instances.
            features: for models with features: a map
                `(batch, height, width, feature_channels)` of floats, or
                `FeatureClusters`, of which each instance draws a style.
            seed: int or `None` (then 0). Of that draw; another seed, another
                style.
            image: `(batch, height, width, 3)` photographs, uint8 in [0, 255]
                or floats in [-1, 1], to take the features from instead.

        Returns:
            NumPy array `(batch, height, width, 3)`, uint8 in [0, 255].

        Raises:
            ValueError: if the shapes, types or values are not those, a model
                with features is given neither features nor an image, or what
                it paints is not finite.
        """
        batch = {"label": self._checked_label(np.asarray(label))}
        if instance is not None:
            batch["instance"] = checked_instance(instance, batch["label"])
        batch |= self._chosen_features(batch, features, seed, image)
        return ops.convert_to_numpy(
            to_uint8(checked_painting(self.predict_on_batch(batch)))
        )

    def _checked_label(self, label):
        if self.num_classes is None:
            return checked_condition(label, self.semantic_input.label_channels)
        return checked_label(label)

    def export(self, filepath, **kwargs):
        """Writes a SavedModel for TF Serving: `export.export_saved_model`."""
        from keras_pix2pixhd.export import export_saved_model

        return export_saved_model(self, filepath, **kwargs)
