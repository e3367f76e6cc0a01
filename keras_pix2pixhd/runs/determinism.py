"""Whether operations give the same bits each time."""

import keras


def set_determinism(config):
    """Lets the operations of this process be deterministic, if it is set.

    Weights and random numbers come from seeds in any case. It stays so for
    the whole process. JAX has this on CPUs, and on GPUs by a variable of the
    environment (docs/backends.md).

    Args:
        config: `RunConfig`.
    """
    if not config.deterministic:
        return
    if keras.backend.backend() == "tensorflow":
        import tensorflow as tf

        tf.config.experimental.enable_op_determinism()
        # operations without a seed of their own now need this one
        keras.utils.set_random_seed(config.seed)
    elif keras.backend.backend() == "torch":
        import torch

        # a few operations have no such form on GPUs: a warning names them
        torch.use_deterministic_algorithms(True, warn_only=True)
