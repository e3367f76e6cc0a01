"""What every test and every docstring example may use."""

import keras
import numpy as np
import pytest


@pytest.fixture(autouse=True)
def doctest_names(doctest_namespace):
    """`keras` and `np` need no import in docstring examples."""
    doctest_namespace["keras"] = keras
    doctest_namespace["np"] = np
