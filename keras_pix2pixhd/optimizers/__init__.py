"""What updates both networks: rates, skipped steps, several replicas."""

from keras_pix2pixhd.optimizers.guarded_optimizer import GuardedOptimizer
from keras_pix2pixhd.optimizers.linear_decay import LinearDecay

__all__ = ["GuardedOptimizer", "LinearDecay"]
