import json
import subprocess
import sys

import pytest

from benchmarks.harness import ROOT

# what they need besides Keras and its backend
LIGHT = {"PIL", "benchmarks", "harness", "keras_pix2pixhd", "numpy"}


def imported(code):
    """Names at the top of what is imported between two marks of the code."""
    program = f"""
import json
import sys
{code}
found = {{name.split(".")[0] for name in set(sys.modules) - before}}
print(json.dumps(sorted(found - set(sys.stdlib_module_names))))
"""
    run = subprocess.run(
        [sys.executable, "-c", program],
        capture_output=True,
        text=True,
        cwd=ROOT,
    )
    assert run.returncode == 0, run.stderr
    return set(json.loads(run.stdout.splitlines()[-1]))


def test_the_package_imports_nothing_heavy_beyond_keras():
    code = """
import keras
before = set(sys.modules)
import keras_pix2pixhd
from keras_pix2pixhd import GlobalGenerator, LocalEnhancer, LinearDecay
from keras_pix2pixhd import MultiscaleDiscriminator, Pix2PixHDGAN
from keras_pix2pixhd import PerceptualNetwork, read_pairs, preset
"""
    assert imported(code) <= LIGHT | {"keras"}


@pytest.mark.parametrize(
    "module", ["compare", "growth_chart", "started", "side", "sweeps"]
)
def test_the_harness_imports_no_backend_before_it_is_told_which(module):
    code = f"""
before = set(sys.modules)
import benchmarks.harness.{module}
"""
    assert imported(code) <= LIGHT


@pytest.mark.parametrize(
    "script",
    "train_step generate memory growth cold_start gpu data_pipeline".split(),
)
def test_a_script_imports_no_backend_either(script):
    code = f"""
before = set(sys.modules)
sys.path.insert(0, "benchmarks")
import {script}
"""
    assert imported(code) <= LIGHT | {script}
