import keras
import numpy as np
import pytest


@pytest.fixture(autouse=True)
def same_initial_weights():
    keras.utils.set_random_seed(0)


@pytest.fixture
def rng():
    return np.random.default_rng(0)
