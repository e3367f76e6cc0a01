"""What docs/evaluation.md says is so."""

import argparse
import pathlib
import re

import pytest

from keras_pix2pixhd.cli import evaluate, train_segmenter
from keras_pix2pixhd.metrics import METRICS

ROOT = pathlib.Path(__file__).parents[2]
DOCS = (ROOT / "docs" / "evaluation.md").read_text(encoding="utf-8")
README = (ROOT / "README.md").read_text(encoding="utf-8")
# the keys of these do not begin with their names
KEYS = {"frechet": "frechet_...", "precision_recall": "precision_..."}


def options_of(verb):
    parser = argparse.ArgumentParser()
    verb.add_arguments(parser)
    return set(re.findall(r"--[a-z-]+", parser.format_help()))


def commands(text, verb):
    """The lines of shell blocks that call a verb, without comments."""
    blocks = re.findall(r"```sh\n(.*?)```", text, re.DOTALL)
    lines = "".join(blocks).replace("\\\n", " ").splitlines()
    return [line.partition("#")[0] for line in lines if f" {verb} " in line]


@pytest.mark.parametrize(
    "name, verb",
    [("evaluate", evaluate), ("train-segmenter", train_segmenter)],
)
@pytest.mark.parametrize("text", [DOCS, README], ids=["docs", "README"])
def test_commands_are_understood(name, verb, text):
    parser = argparse.ArgumentParser(exit_on_error=False)
    verb.add_arguments(parser)
    found = commands(text, name)
    assert found
    for line in found:
        parser.parse_args(line.split(f"pix2pixhd {name}")[1].split())


def test_options_exist():
    known = options_of(evaluate) | options_of(train_segmenter)
    known |= {"--set"}
    assert not set(re.findall(r"`(--[a-z-]+)", DOCS)) - known


@pytest.mark.parametrize("name", METRICS)
def test_every_metric_has_a_row(name):
    key = KEYS.get(name, name)
    assert re.search(rf"^\|.*`{re.escape(key)}", DOCS, re.MULTILINE)
