"""How a `Pix2PixHDGAN` is saved and comes back."""

import keras

from keras_pix2pixhd.models.gan_checks import deserialized


class GANSaving:
    """The part of `Pix2PixHDGAN` that Keras' saving calls.

    Both networks, the class table and the description of the perceptual
    network are in the configuration; both optimizers and the weights of the
    losses in that of `compile`.
    """

    def get_config(self):
        serialize = keras.saving.serialize_keras_object
        return {
            "generator": serialize(self.generator),
            "discriminator": serialize(self.discriminator),
            "class_table": serialize(self.class_table),
            "label_channels": self.semantic_input.label_channels,
            "use_instance_edges": self.semantic_input.use_instance_edges,
            "feature_encoder": serialize(self.feature_encoder),
            "features_follow": self.features_follow,
            "perceptual_network": serialize(self.perceptual_network),
            "ema_decay": self.ema_decay,
            "dtype": keras.dtype_policies.serialize(self.dtype_policy),
            "name": self.name,
        }

    @classmethod
    def from_config(cls, config):
        import keras_pix2pixhd.data  # noqa: F401  Keras must know ClassTable

        return cls(**deserialized(config))

    def get_compile_config(self):
        if not self.compiled:
            return {}
        weights = self.weights_of_losses.items()
        return {
            "generator_optimizer": keras.saving.serialize_keras_object(
                self.generator_optimizer
            ),
            "discriminator_optimizer": keras.saving.serialize_keras_object(
                self.discriminator_optimizer
            ),
            "adversarial_loss": keras.saving.serialize_keras_object(
                self.adversarial_loss
            ),
            **{f"{name}_weight": weight for name, weight in weights},
            "r1_weight": self.r1_weight,
            "image_pool": keras.saving.serialize_keras_object(self.image_pool),
            "diff_augment": keras.saving.serialize_keras_object(
                self.diff_augment
            ),
            "freeze_steps": self.freeze_steps,
            "accumulation_steps": self.accumulation_steps,
            "clip_norm": self.clip_norm,
            "auto_scale_loss": self.optimizer.loss_scale is not None,
            "steps_per_execution": self.steps_per_execution,
            # not what Keras made of "auto" on this backend and device
            "jit_compile": self.asked_jit_compile,
            "run_eagerly": self.run_eagerly,
        }

    def compile_from_config(self, config):
        config = deserialized(config)
        if keras.backend.backend() == "torch":  # where Keras takes only this
            config["steps_per_execution"] = 1
        self.compile(**config)
