"""The export in TensorFlow's C API, with no Python in the process."""

import os
import pathlib
import shutil
import subprocess

import numpy as np
import pytest

pytest.importorskip("tensorflow")

from tests.serving.label_maps import (
    assert_within_one_level,
    claim,
    label_png,
    labels,
    pixels_of,
)

# linking takes seconds: the library has a gigabyte of symbols to search
pytestmark = pytest.mark.slow

SOURCE = pathlib.Path(__file__).with_name("c_api_client.c")
UINT8, STRING = 4, 7  # of TF_DataType


@pytest.fixture(scope="module")
def client(tmp_path_factory):
    """The program, compiled against the libraries of the pip package."""
    compiler = shutil.which("gcc") or shutil.which("cc")
    if compiler is None:
        pytest.skip("needs a C compiler: gcc or cc")
    import tensorflow as tf

    library = tf.sysconfig.get_lib()
    if not os.path.exists(f"{library}/libtensorflow_cc.so.2"):
        pytest.skip(f"needs libtensorflow_cc.so.2 in {library}")
    quick = [x for x in ("lld", "gold") if shutil.which(f"ld.{x}")]
    program = tmp_path_factory.mktemp("c") / "c_api_client"
    subprocess.run(
        [
            *[compiler, "-Wall", "-Werror", "-o", program, SOURCE],
            *[f"-fuse-ld={linker}" for linker in quick[:1]],
            f"-I{tf.sysconfig.get_include()}",
            *[f"-L{library}", f"-Wl,-rpath,{library}"],
            *["-l:libtensorflow_cc.so.2", "-l:libtensorflow_framework.so.2"],
        ],
        check=True,
    )
    return program


@pytest.fixture
def run(client, exported, tmp_path):
    """Function that runs the program on (signature, shape, bytes)."""

    def run(*questions):
        words = [client, exported]
        for place, (name, shape, sent) in enumerate(questions):
            (tmp_path / f"{place}.in").write_bytes(sent)
            words += [*names_of(exported, name), shape]
            words += [tmp_path / f"{place}.{end}" for end in ("in", "out")]
        # nothing of Python's is there to be found
        environment = {"PATH": "/nowhere", "TF_CPP_MIN_LOG_LEVEL": "3"}
        return subprocess.run(
            words, env=environment, capture_output=True, text=True
        )

    return run


def signatures_of(folder):
    from tensorflow.core.protobuf import saved_model_pb2

    saved = saved_model_pb2.SavedModel()
    saved.ParseFromString((folder / "saved_model.pb").read_bytes())
    return saved.meta_graphs[0].signature_def


def names_of(folder, signature):
    """Returns feed and fetch: operations, and places among their outputs."""
    signature = signatures_of(folder)[signature]
    (feed,), (fetch,) = signature.inputs.values(), signature.outputs.values()
    return [*feed.name.split(":"), *fetch.name.split(":")]


def test_maps_and_files_are_painted_without_python(gan, run, tmp_path, rng):
    label, other = labels(rng, 2, 5, 7), labels(rng, 9, 4)
    done = run(
        ("serving_default", "2x5x7", label.tobytes()),
        ("png", "string", label_png(other)),
    )
    assert done.returncode == 0, done.stderr
    assert done.stdout.splitlines() == [f"2x5x7x3 {UINT8}", f"1 {STRING}"]
    image = np.frombuffer((tmp_path / "0.out").read_bytes(), "uint8")
    assert_within_one_level(image.reshape(2, 5, 7, 3), gan.generate(label))
    photo = pixels_of((tmp_path / "1.out").read_bytes())
    assert_within_one_level(photo[None], gan.generate(other[None]))


def test_what_is_refused_is_a_status(run):
    done = run(("png", "string", claim(10_000, 10_000)))
    assert done.returncode == 1
    assert "run: 3 " in done.stderr  # TF_INVALID_ARGUMENT
    assert "at most 16777216" in done.stderr
