import gc

import keras
import numpy as np
import pytest


def pytest_collection_finish():
    """What is imported by now stays; garbage is looked for in the rest."""
    gc.collect()
    gc.freeze()


@pytest.fixture(autouse=True)
def same_initial_weights():
    keras.utils.set_random_seed(0)


@pytest.fixture
def rng():
    return np.random.default_rng(0)
