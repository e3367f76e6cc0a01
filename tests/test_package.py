import importlib
import subprocess
import sys

import pytest

import keras_pix2pixhd

HEAVY = ("tensorflow", "keras", "jax", "torch")


def run_python(code, *arguments):
    """Runs code in a fresh interpreter; returns what it printed."""
    done = subprocess.run(
        [sys.executable, "-c", code, *arguments],
        capture_output=True,
        text=True,
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


@pytest.mark.parametrize("name", keras_pix2pixhd.__all__)
def test_every_public_name_resolves(name):
    thing = getattr(keras_pix2pixhd, name)
    assert thing is not None
    assert name in dir(keras_pix2pixhd)
    if hasattr(thing, "__name__"):
        assert thing.__name__ == name
        assert thing.__module__.startswith("keras_pix2pixhd.")


@pytest.mark.parametrize(
    "name",
    "callbacks converters data evaluation export features generation layers "
    "losses metrics models runs segmentation".split(),
)
def test_every_package_resolves_and_so_do_its_names(name):
    package = getattr(keras_pix2pixhd, name)
    assert package is importlib.import_module(f"keras_pix2pixhd.{name}")
    assert [n for n in package.__all__ if not hasattr(package, n)] == []


def test_an_unknown_name_is_refused():
    words = "^module 'keras_pix2pixhd' has no attribute 'Pix2Pix'$"
    with pytest.raises(AttributeError, match=words):
        keras_pix2pixhd.Pix2Pix  # noqa: B018


def test_importing_the_package_imports_no_backend():
    code = f"""
import sys
import keras_pix2pixhd
dir(keras_pix2pixhd)
keras_pix2pixhd.preset("carvana")
print([name for name in {HEAVY} if name in sys.modules])
"""
    assert run_python(code) == "[]\n"


@pytest.mark.parametrize(
    "arguments, words",
    [
        (["--help"], "Label maps in, photographs out."),
        (["train", "--help"], "settings for --set and --config:"),
        (["generate", "--help"], "a folder of label maps"),
        (["evaluate", "--help"], "--feature-network NETWORK"),
        (["train", "--dry-run"], '"preset": "toy"'),
    ],
)
def test_help_and_dry_runs_import_no_backend(arguments, words):
    code = f"""
import sys
from keras_pix2pixhd.cli import main
try:
    main(sys.argv[1:])
except SystemExit as exit:
    assert exit.code == 0
print([name for name in {HEAVY} if name in sys.modules])
"""
    out = run_python(code, *arguments)
    assert words in out
    assert out.endswith("\n[]\n")
