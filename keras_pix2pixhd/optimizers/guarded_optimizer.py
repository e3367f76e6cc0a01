"""The optimizer of a GAN, which no step can poison."""

import keras
from keras import ops

from keras_pix2pixhd.optimizers.fused_adam import fuse_adam
from keras_pix2pixhd.optimizers.gathered_gradients import GatheredGradients
from keras_pix2pixhd.optimizers.gradient_norms import clipped, norm_of
from keras_pix2pixhd.optimizers.loss_scale import LossScale
from keras_pix2pixhd.optimizers.network_optimizers import SavesItsOwn
from keras_pix2pixhd.optimizers.optimizer_checks import checked_clip_norm
from keras_pix2pixhd.optimizers.replica_updates import (
    on_every_replica_if,
    sum_over_replicas,
    trust_sums,
)
from keras_pix2pixhd.optimizers.step_counts import StepCounts

NETWORKS = ("generator", "discriminator")


class GuardedOptimizer(SavesItsOwn, keras.optimizers.Optimizer):
    """Updates both networks with finite gradients, or neither.

    Where the norm of a network's gradient is not finite, the step is skipped
    and counted: weights, moments and the `iterations` that schedules count
    stay as they were. On several devices all of them decide alike, by the sum
    of their gradients.

    Args:
        inner_optimizer: `keras.optimizers.MultiOptimizer` of both networks.
        discriminator_variables: list of the variables of the discriminator;
            the others are the generator's, for the norms.
        scales_loss: bool, default False. Whether the loss is multiplied by a
            `LossScale` before its gradient is taken, for float16.
        accumulation_steps: int, default 1. Steps whose gradients are averaged
            for one update, which is all that `iterations` counts. A skipped
            step is none of them.
        clip_norm: float or `None` (default). What the norm of each network's
            gradient is lowered to, where it is larger; with accumulation that
            of the mean.

    Attributes:
        counts: `StepCounts`.
        loss_scale: `LossScale`, or `None`.

    Raises:
        ValueError: if `clip_norm` is no norm.
    """

    def __init__(
        self,
        inner_optimizer,
        discriminator_variables,
        scales_loss=False,
        accumulation_steps=1,
        clip_norm=None,
    ):
        super().__init__(learning_rate=0.0)
        self.inner_optimizer = inner_optimizer
        self.accumulation_steps = accumulation_steps
        self.clip_norm = checked_clip_norm(clip_norm)
        self.counts = StepCounts(self.scalar, NETWORKS)
        self.loss_scale = LossScale(self.scalar) if scales_loss else None
        self._judges = frozenset(id(v) for v in discriminator_variables)

    def scalar(self, name, value, dtype="int"):
        """Makes a variable of this optimizer, the same on every replica."""
        return self.add_variable(
            shape=(),
            dtype=dtype,
            initializer=keras.initializers.Constant(value),
            aggregation="only_first_replica",
            name=name,
        )

    def build(self, variables):
        if self.built:
            return
        self.inner_optimizer.build(variables)
        trust_sums(self.inner_optimizer.optimizers)
        fuse_adam(self.inner_optimizer.optimizers)
        self.gathered = None
        if self.accumulation_steps > 1:
            self.gathered = GatheredGradients(
                self, variables, self.accumulation_steps
            )
        super().build(variables)

    @property
    def variables(self):
        return [*self._variables, *self.inner_optimizer.variables]

    @property
    def iterations(self):
        return self.inner_optimizer.iterations

    @property
    def learning_rate(self):
        return self.inner_optimizer.learning_rate

    @learning_rate.setter
    def learning_rate(self, value):
        self.inner_optimizer.learning_rate = value

    def scale_loss(self, loss):
        return self.loss_scale.scaled(loss) if self.loss_scale else loss

    def finalize_variable_values(self, variables):
        self.inner_optimizer.finalize_variable_values(variables)

    def apply(self, grads, trainable_variables=None):
        variables = list(trainable_variables or self._trainable_variables)
        due, grads = self._judged(sum_over_replicas(grads), variables)
        on_every_replica_if(due, self.inner_optimizer.apply, grads, variables)

    def stateless_apply(self, optimizer_variables, grads, trainable_variables):
        values = list(optimizer_variables)
        mapping = list(zip(self.variables, values, strict=True))
        with keras.StatelessScope(state_mapping=mapping) as scope:
            due, grads = self._judged(grads, self._trainable_variables)
        own = [scope.get_current_value(v) for v in self._variables]
        trainable, inner = ops.cond(
            due,
            lambda: self.inner_optimizer.stateless_apply(
                values[len(own) :], grads, trainable_variables
            ),
            lambda: (list(trainable_variables), values[len(own) :]),
        )
        return trainable, [*own, *inner]

    def _judged(self, grads, variables):
        """Counts a step; returns whether to update, and the gradients."""
        if self.loss_scale:
            grads = self.loss_scale.unscaled(grads)
        norms = self._norms(grads, variables)
        finite = ops.isfinite(norms["generator"] + norms["discriminator"])
        self.counts.note(finite, norms)
        if self.loss_scale:
            self.loss_scale.adapt(finite)
        due = finite
        if self.gathered:
            due, grads = self.gathered.add(finite, grads, variables)
            norms = self._norms(grads, variables)
        if self.clip_norm:
            grads = [
                clipped(gradient, norms[owner], self.clip_norm)
                for gradient, owner in self._owned(grads, variables)
            ]
        return due, grads

    def _norms(self, grads, variables):
        owned = self._owned(grads, variables)
        return {
            name: norm_of([g for g, owner in owned if owner == name])
            for name in NETWORKS
        }

    def _owned(self, grads, variables):
        owners = [NETWORKS[id(v) in self._judges] for v in variables]
        return list(zip(grads, owners, strict=True))
