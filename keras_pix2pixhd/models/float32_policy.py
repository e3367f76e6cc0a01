"""Networks that compute in float32, whatever a run trains in."""

import contextlib

import keras


@contextlib.contextmanager
def float32_policy():
    """Makes the layers that are made inside float32.

    Under every global dtype policy, which is as it was afterwards.
    """
    policy = keras.config.dtype_policy()
    keras.config.set_dtype_policy("float32")
    try:
        yield
    finally:
        keras.config.set_dtype_policy(policy)
