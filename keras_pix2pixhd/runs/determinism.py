"""Whether operations give the same bits each time."""

import keras


def set_determinism(config):
    """Lets the operations of this process be deterministic, if it is set.

    Weights and random numbers come from seeds in any case. It stays so for
    the whole process.

    Args:
        config: `RunConfig`.
    """
    if config.deterministic and keras.backend.backend() == "tensorflow":
        import tensorflow as tf

        tf.config.experimental.enable_op_determinism()
        # operations without a seed of their own now need this one
        keras.utils.set_random_seed(config.seed)
