"""What an export must not hold."""

import pathlib
import sys
import tempfile

import pytest

pytest.importorskip("tensorflow")

from tests.serving.conftest import ROOT


def test_no_operation_calls_python(exported):
    from tensorflow.core.protobuf import saved_model_pb2

    saved = saved_model_pb2.SavedModel()
    saved.ParseFromString((exported / "saved_model.pb").read_bytes())
    (meta,) = saved.meta_graphs
    nodes = list(meta.graph_def.node)
    for function in meta.graph_def.library.function:
        nodes += function.node_def
    found = {node.op for node in nodes}
    assert {"Conv2D", "DecodePng", "EncodePng"} <= found
    # PyFunc, EagerPyFunc, PyFuncStateless
    assert not {op for op in found if "Py" in op}


def test_no_file_holds_a_path_of_this_machine(exported):
    import tensorflow as tf

    packages = pathlib.Path(tf.__file__).parents[1]
    folders = [ROOT, packages, pathlib.Path.home(), tempfile.gettempdir()]
    folders += [sys.prefix, exported.parents[1]]
    paths = {str(folder).encode() for folder in folders} - {b"/"}
    files = [path for path in exported.rglob("*") if path.is_file()]
    assert len(files) >= 4
    for file in files:
        content = file.read_bytes()
        found = [path for path in paths if path in content]
        assert not found, file
        assert b"site-packages" not in content, file
