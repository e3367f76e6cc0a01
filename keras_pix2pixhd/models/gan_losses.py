"""The losses of a `Pix2PixHDGAN`."""

from keras import ops

from keras_pix2pixhd.layers import DiffAugment, as_floats
from keras_pix2pixhd.models.batch_checks import check_image
from keras_pix2pixhd.models.finite_batches import all_finite, without_mark
from keras_pix2pixhd.models.image_pool import ImagePool
from keras_pix2pixhd.replicas import (
    gathered,
    number_of_replicas,
    own_part,
)


class GANLosses:
    """The part of `Pix2PixHDGAN` that judges: `compute_loss`."""

    def compute_loss(
        self, x, y=None, y_pred=None, sample_weight=None, training=True
    ):
        """The sum of both networks' losses, each blind to the other.

        Args:
            x: batch, a dict.
            y_pred: `(batch, height, width, 3)`, the generated images.

        Returns:
            A scalar whose gradient is that of the generator's loss with
            respect to the generator and the feature encoder, and that of the
            discriminator's loss with respect to the discriminator.
        """
        check_image(without_mark(x))
        if training and hasattr(self.discriminator, "update_spectral_norms"):
            self.discriminator.update_spectral_norms()
        real, fake = as_floats(x["image"]), y_pred
        view = self._view(x, training)
        real_maps = self._judge(view(real), training)
        losses = {
            **self._generator_losses(view, real, fake, real_maps, training),
            **self._discriminator_losses(
                x, view, real, fake, real_maps, training
            ),
        }
        finite = all_finite(x, list(losses.values()))
        self._track(losses, ops.shape(fake)[0], finite, training)
        loss = losses["generator_loss"] + losses["discriminator_loss"]
        loss = loss / number_of_replicas()  # whose gradients are summed
        # a loss that is NaN has a gradient that is, and the step is skipped
        return loss * ops.where(finite, 1.0, float("nan")) if training else loss

    def _track(self, losses, count, finite, training):
        """Adds losses to the means; in training only those of finite steps."""
        for tracker in self.trackers:
            loss, weight = losses[tracker.name], ops.cast(count, "float32")
            if training:
                loss = ops.where(finite, loss, 0.0)
                weight = ops.where(finite, weight, 0.0)
            tracker.update_state(loss, weight)

    def _view(self, batch, training):
        """A function from an image to what the discriminator sees of it.

        Which is the image behind its condition, both augmented by one draw
        for all images of a step: real and generated are compared.
        """
        condition = self.semantic_input.condition(batch)
        augment = self.diff_augment if training else None
        count = ops.shape(condition)[0] * number_of_replicas()
        draw = augment and own_part(augment.draw(count))

        def view(image, condition=condition):
            if augment:
                image, condition = augment.apply(draw, image, condition)
            image = ops.cast(image, condition.dtype)
            return ops.concatenate([condition, image], axis=-1)

        return view

    def _generator_losses(self, view, real, fake, real_maps, training):
        """Judged by a discriminator that cannot move."""
        judged = self._judge_apart(view(fake), training, frozen=True)
        losses = {
            "adversarial_loss": self.adversarial_loss.generator(
                _scores(judged)
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
        return losses

    def _discriminator_losses(
        self, batch, view, real, fake, real_maps, training
    ):
        """Judging an image that cannot move."""
        seen = ops.stop_gradient(fake)
        if self.image_pool is not None and training:
            pooled = gathered(self._pooled(batch, seen))
            past = own_part(self.image_pool.query(pooled))
            seen = view(past["image"], self.semantic_input.condition(past))
        else:
            seen = view(seen)
        fake_maps = self._judge(seen, training)
        losses = {
            "discriminator_real_loss": self.adversarial_loss.real(
                _scores(real_maps)
            ),
            "discriminator_fake_loss": self.adversarial_loss.fake(
                _scores(fake_maps)
            ),
        }
        losses["discriminator_loss"] = 0.5 * sum(losses.values())
        losses["discriminator_real_score"] = _mean_score(real_maps)
        losses["discriminator_fake_score"] = _mean_score(fake_maps)
        if self.r1_weight:
            losses["r1_penalty"] = self.r1_penalty(
                lambda image: _scores(self._judge_apart(view(image), training)),
                real,
            )
            losses["discriminator_loss"] += (
                self.r1_weight * losses["r1_penalty"]
            )
        return losses

    def _built_pool(self, pool):
        """The pool, with room for what the discriminator sees."""
        if pool is None:
            return None
        if not isinstance(pool, ImagePool):
            raise ValueError(
                "image_pool must be an ImagePool or None. Received: "
                f"image_pool={pool!r}. Make one with ImagePool(size, "
                "image_size)."
            )
        size = pool.image_size
        specs = {"label": (size, "int32"), "image": ((*size, 3), "float32")}
        if self.num_classes is None:
            channels = self.semantic_input.label_channels
            specs["label"] = ((*size, channels), "float32")
        if self.semantic_input.use_instance_edges:
            specs["instance"] = (size, "int32")
        pool.build(specs)
        return pool

    def _pooled(self, batch, fake):
        """What the pool keeps of a batch: an image and what it was made of."""
        kept = {"image": fake}
        if self.semantic_input.use_instance_edges:
            kept["instance"] = batch["instance"]
        if self.num_classes is None:
            return {**kept, "label": as_floats(batch["label"])}
        if len(batch["label"].shape) != 3:
            raise ValueError(
                "An image pool must be given class indices, (batch, height, "
                "width). Received: label.shape="
                f"{tuple(batch['label'].shape)}. Train without image_pool."
            )
        return {**kept, "label": batch["label"]}

    def _judge(self, seen, training):
        """The discriminator's maps; its statistics move in training."""
        return self.discriminator(seen, training=training)

    def _judge_apart(self, seen, training, frozen=False):
        """The same without a trace in it; `frozen` keeps weights constant."""
        trainable = [
            ops.stop_gradient(v) if frozen else ops.convert_to_tensor(v)
            for v in self.discriminator.trainable_variables
        ]
        others = self.discriminator.non_trainable_variables
        maps, _ = self.discriminator.stateless_call(
            trainable,
            [ops.convert_to_tensor(v) for v in others],
            seen,
            training=training,
        )
        return maps

    def compute_metrics(self, x, y, y_pred, sample_weight=None):
        return self.get_metrics_result()

    def get_metrics_result(self):
        """The means of the losses; `loss` is the generator's total.

        They are NaN only if no step was finite.
        """
        logs = {
            tracker.name: ops.where(
                tracker.count > 0, tracker.result(), float("nan")
            )
            for tracker in self.trackers
        }
        return {**logs, "loss": logs["generator_loss"]}


def _scores(scales):
    return [maps[-1] for maps in scales]


def _mean_score(scales):
    """The mean over scales of the mean patch score, without a gradient."""
    means = [
        ops.mean(ops.cast(ops.stop_gradient(score), "float32"))
        for score in _scores(scales)
    ]
    return sum(means) / len(means)


def augmentation_of(identifier):
    """Returns the `DiffAugment` of a policy, or what is one, or `None`."""
    if isinstance(identifier, str):
        return DiffAugment(identifier)
    if identifier is None or isinstance(identifier, DiffAugment):
        return identifier
    raise ValueError(
        "diff_augment must be None, a policy of DiffAugment or such a layer. "
        f"Received: diff_augment={identifier!r}. All of it: "
        '"color,translation,cutout".'
    )
