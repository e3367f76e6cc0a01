"""What a `Pix2PixHDGAN` tells of its steps."""


class GANSteps:
    """The part of `Pix2PixHDGAN` that reports on its optimizer."""

    def step_report(self):
        """What the losses do not say of the training so far.

        Returns:
            A dict of floats: `skipped_steps` (in all) and `skipped_in_a_row`
            of steps whose loss or gradients were not finite, which changed
            no weight; `generator_gradient_norm` and
            `discriminator_gradient_norm`, means over the finite steps since
            `reset_step_report` (0 if there is none); and, where the loss is
            scaled for float16, `loss_scale`.
        """
        if hasattr(self, "jax_state_sync"):
            self.jax_state_sync()
        report = self.optimizer.counts.report()
        scale = self.optimizer.loss_scale
        if scale:
            report["loss_scale"] = float(scale.value.numpy())
        return report

    def reset_step_report(self):
        """Begins the means of the gradient norms anew."""
        if hasattr(self, "jax_state_sync"):
            self.jax_state_sync()
        self.optimizer.counts.forget_norms()
