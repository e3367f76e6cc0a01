"""The averaged generator of a `Pix2PixHDGAN`."""

from keras_pix2pixhd.models.weight_average import WeightAverage, checked_decay


class GANAveraging:
    """The part of `Pix2PixHDGAN` that averages the generator's weights.

    Only the generator is averaged: a feature encoder and the discriminator
    are used as they are trained.
    """

    def _begin_averaging(self, decay):
        self.ema_decay = checked_decay(decay)
        self.weight_average = None
        if decay:
            self.weight_average = WeightAverage(
                self.generator, decay, name="weight_average"
            )

    @property
    def averaged_generator(self):
        """The generator of averaged weights; `None` without `ema_decay`."""
        if self.weight_average is None:
            return None
        return self.weight_average.network

    @property
    def inference_generator(self):
        """What paints outside of training: the averaged one, if any."""
        if self.weight_average is None:
            return self.generator
        return self.averaged_generator

    def compute_loss(
        self, x, y=None, y_pred=None, sample_weight=None, training=True
    ):
        """`GANLosses.compute_loss`; in training, the average moves.

        By the weights before the step's update. A step that is skipped moves
        it too, since its weights are finite, those of the step before.
        """
        if training and self.weight_average is not None:
            self.weight_average.update(self.generator)
        return super().compute_loss(x, y, y_pred, sample_weight, training)
