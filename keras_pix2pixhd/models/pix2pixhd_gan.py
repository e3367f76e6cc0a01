"""The training model of pix2pixHD."""

import keras
import numpy as np
from keras import ops

from keras_pix2pixhd.layers import SemanticInput
from keras_pix2pixhd.losses import FeatureMatchingLoss, PerceptualLoss
from keras_pix2pixhd.models.gan_checks import (
    adversarial_loss_of,
    check_channels,
    check_image,
    check_networks,
    checked_label,
    checked_weights,
    number_of_classes,
)
from keras_pix2pixhd.models.gan_saving import GANSaving
from keras_pix2pixhd.models.perceptual_training import PerceptualTraining
from keras_pix2pixhd.models.pixels import to_uint8
from keras_pix2pixhd.models.two_optimizers import ScaledLoss, two_optimizers


@keras.saving.register_keras_serializable(package="keras_pix2pixhd")
class Pix2PixHDGAN(GANSaving, PerceptualTraining, keras.Model):
    """Trains a generator against discriminators on label maps and images.

    Args:
        generator: `GlobalGenerator`, or any built `keras.Model` from label
            vectors to images in [-1, 1].
        discriminator: `MultiscaleDiscriminator`, or any built `keras.Model`
            with its kind of outputs.
        class_table: `ClassTable`, or the number of classes where names do
            not matter.
        label_channels: int or `None` (then the number of classes). Channels
            of the one-hot vector.
        use_instance_edges: bool, default False. Whether the networks also
            see the borders between instances; batches then need `instance`.
        perceptual_network: `PerceptualNetwork` or `None` (default: no
            perceptual loss).

    Call arguments:
        batch: dict with `label`, `(batch, height, width)` class indices
            (those of `num_classes` and above are void), or floats
            `(batch, height, width, label_channels)`; with `instance`,
            `(batch, height, width)` int32, where edges are used; and, for
            training and evaluation, with `image`,
            `(batch, height, width, 3)` float32 in [-1, 1].

    Returns:
        The generated images, `(batch, height, width, 3)` float32, [-1, 1].

    Raises:
        ValueError: if a network is none, or its channels do not fit the
            labels.

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
        perceptual_network=None,
        **kwargs,
    ):
        super().__init__(**kwargs)
        check_networks(generator, discriminator, perceptual_network)
        self.num_classes = number_of_classes(class_table)
        named = hasattr(class_table, "names")
        self.class_table = class_table if named else self.num_classes
        self.semantic_input = SemanticInput(
            self.num_classes,
            label_channels,
            use_instance_edges,
            dtype=self.dtype_policy,
            name="semantic_input",
        )
        check_channels(generator, discriminator, self.semantic_input)
        self.generator = generator
        self.discriminator = discriminator
        self.perceptual_network = perceptual_network
        self.built = True

    def compile(
        self,
        generator_optimizer,
        discriminator_optimizer,
        adversarial_loss="lsgan",
        adversarial_weight=1.0,
        feature_matching_weight=10.0,
        perceptual_weight=10.0,
        auto_scale_loss=True,
        **kwargs,
    ):
        """Configures the training.

        Args:
            generator_optimizer: optimizer, or its name.
            discriminator_optimizer: another one.
            adversarial_loss: `"lsgan"` (default), or an object with the
                methods of `LSGANLoss`.
            adversarial_weight: float, default 1.
            feature_matching_weight: float, default 10.
            perceptual_weight: float, default 10. Without a perceptual
                network it does nothing.
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
        self.adversarial_loss = adversarial_loss_of(adversarial_loss)
        self.feature_matching_loss = FeatureMatchingLoss()
        self.perceptual_loss = PerceptualLoss()
        optimizer = two_optimizers(
            self.generator,
            generator_optimizer,
            self.discriminator,
            discriminator_optimizer,
        )
        scaled = auto_scale_loss and self.dtype_policy.name == "mixed_float16"
        super().compile(
            optimizer=ScaledLoss(optimizer) if scaled else optimizer,
            auto_scale_loss=False,
            **kwargs,
        )
        self.optimizer.build(self.trainable_variables)
        self.generator_optimizer, self.discriminator_optimizer = (
            optimizer.optimizers
        )
        names = [
            "discriminator_real_loss",
            "discriminator_fake_loss",
            "adversarial_loss",
            "feature_matching_loss",
            *(["perceptual_loss"] if self.perceptual_network else []),
            "discriminator_loss",
            "generator_loss",
        ]
        self.trackers = [keras.metrics.Mean(name=name) for name in names]

    def call(self, batch, training=False):
        return self.generator(self.semantic_input(batch), training=training)

    def train_step(self, *args):
        """Updates both networks once, from the same weights.

        1. `call` paints one fake image for every label map.
        2. `compute_loss` judges: one scalar, of which the generator sees
           only its own losses and the discriminator only its own.
        3. Keras differentiates that scalar once for the backend at hand, and
           each network is updated by its own optimizer.

        So the losses are written once, for TensorFlow, JAX and torch; and
        distribution, loss scaling and `steps_per_execution` are Keras' own.
        """
        return super().train_step(*args)

    def compute_loss(
        self, x, y=None, y_pred=None, sample_weight=None, training=True
    ):
        """The sum of both networks' losses, each blind to the other.

        Args:
            x: batch, a dict.
            y_pred: `(batch, height, width, 3)`, the generated images.

        Returns:
            A scalar whose gradient is that of the generator's loss with
            respect to the generator, and that of the discriminator's loss
            with respect to the discriminator.
        """
        check_image(x)
        condition, real, fake = self.semantic_input(x), x["image"], y_pred

        # the generator's side: a discriminator that cannot move
        judged = self._judge(condition, fake, training, frozen=True)
        real_maps = self._judge(condition, real, training)
        losses = {
            "adversarial_loss": self.adversarial_loss.generator(
                [maps[-1] for maps in judged]
            ),
            "feature_matching_loss": self.feature_matching_loss(
                judged, real_maps
            ),
        }
        if self.perceptual_network:
            losses["perceptual_loss"] = self.perceptual_loss(
                self.perceptual_network(fake), self.perceptual_network(real)
            )
        losses["generator_loss"] = sum(
            weight * losses[f"{name}_loss"]
            for name, weight in self.weights_of_losses.items()
            if f"{name}_loss" in losses
        )

        # the discriminator's side: an image that cannot move
        fake_maps = self._judge(condition, ops.stop_gradient(fake), training)
        losses["discriminator_real_loss"] = self.adversarial_loss.real(
            [maps[-1] for maps in real_maps]
        )
        losses["discriminator_fake_loss"] = self.adversarial_loss.fake(
            [maps[-1] for maps in fake_maps]
        )
        losses["discriminator_loss"] = 0.5 * (
            losses["discriminator_real_loss"]
            + losses["discriminator_fake_loss"]
        )
        for tracker in self.trackers:
            tracker.update_state(losses[tracker.name], ops.shape(fake)[0])
        return losses["generator_loss"] + losses["discriminator_loss"]

    def _judge(self, condition, image, training, frozen=False):
        """The discriminator's maps; `frozen` keeps its weights constant."""
        image = ops.cast(image, condition.dtype)
        judged = ops.concatenate([condition, image], axis=-1)
        if not frozen:
            return self.discriminator(judged, training=training)
        maps, _ = self.discriminator.stateless_call(
            [ops.stop_gradient(v) for v in self._weights("trainable")],
            [ops.convert_to_tensor(v) for v in self._weights("non_trainable")],
            judged,
            training=training,
        )
        return maps

    def _weights(self, kind):
        return getattr(self.discriminator, f"{kind}_variables")

    def compute_metrics(self, x, y, y_pred, sample_weight=None):
        return self.get_metrics_result()

    def get_metrics_result(self):
        """The means of the losses; `loss` is the generator's total."""
        logs = {tracker.name: tracker.result() for tracker in self.trackers}
        return {**logs, "loss": logs["generator_loss"]}

    def generate(self, label, instance=None):
        """Paints photographs from label maps.

        Args:
            label: `(batch, height, width)` integer class indices, or
                `(batch, height, width, label_channels)` floats.
            instance: `(batch, height, width)` integer ids, where the model
                uses instance edges.

        Returns:
            NumPy array `(batch, height, width, 3)`, uint8 in [0, 255].

        Raises:
            ValueError: if the shapes, types or values are not those.
        """
        batch = {"label": checked_label(np.asarray(label))}
        if instance is not None:
            batch["instance"] = np.asarray(instance, "int32")
        images = self.predict_on_batch(batch)
        return ops.convert_to_numpy(to_uint8(images))

    def export(self, filepath, **kwargs):
        """Writes a SavedModel for TF Serving: `export.export_saved_model`."""
        from keras_pix2pixhd.export import export_saved_model

        return export_saved_model(self, filepath, **kwargs)
