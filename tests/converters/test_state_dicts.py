"""Files of state dicts: good, broken and hostile."""

import io
import os
import pickle
import sys

import numpy as np
import pytest

from keras_pix2pixhd.converters.state_dicts import (
    as_array,
    read_state_dict,
    write_state_dict,
)
from tests.golden import loading

GLOBAL = loading.FOLDER / "global_G.pth"  # a zip
LOCAL = loading.FOLDER / "local_2_enhancers_G.pth"  # the older format


@pytest.fixture
def torch():
    return pytest.importorskip("torch")


@pytest.fixture
def no_torch(monkeypatch):
    monkeypatch.setitem(sys.modules, "torch", None)


def saved(torch, path, thing, **style):
    torch.save(thing, path, **style)
    return path


@pytest.mark.parametrize(
    "path, case", [(GLOBAL, "global"), (LOCAL, "local_2_enhancers")]
)
def test_both_formats_hold_the_same_weights(torch, path, case):
    state, name = read_state_dict(path)
    expected = loading.state_dict(case)
    assert list(state) == list(expected)
    for key, value in expected.items():
        np.testing.assert_array_equal(as_array(state[key], key), value)
    assert name == f'"{path}"'


def test_a_mapping_needs_no_torch(no_torch):
    state = {"a": np.ones(2)}
    assert read_state_dict(state) == (state, "The state dict")


def test_the_mapping_is_not_changed():
    given = {"module.a": np.ones(2)}
    state, _ = read_state_dict(given)
    assert list(state) == ["a"] and list(given) == ["module.a"]


def test_a_prefix_of_some_keys_stays():
    given = {"module.a": np.ones(2), "b": np.ones(2)}
    assert read_state_dict(given)[0] == given


def test_npz_files_are_mappings(tmp_path):
    np.savez(tmp_path / "x.npz", a=np.ones(2))
    with np.load(tmp_path / "x.npz") as file:
        assert list(read_state_dict(file)[0]) == ["a"]


@pytest.mark.parametrize("dtype", ["float16", "bfloat16", "float64"])
def test_tensors_of_other_precisions_become_float32(torch, dtype):
    tensor = torch.ones(2, dtype=getattr(torch, dtype), requires_grad=True)
    found = as_array(tensor, "key")
    assert found.dtype == "float32" and found.tolist() == [1, 1]


@pytest.mark.parametrize("inside", [[1, 2], "text", 3])
def test_what_is_no_mapping_is_refused(torch, tmp_path, inside):
    path = saved(torch, tmp_path / "x.pth", inside)
    words = f"must hold a state dict.*Received: a {type(inside).__name__}"
    with pytest.raises(ValueError, match=words):
        read_state_dict(path)


def test_nested_state_dict_is_refused(torch, tmp_path):
    inside = {"epoch": 3, "state_dict": {"a": torch.ones(1)}}
    path = saved(torch, tmp_path / "x.pth", inside)
    words = "Received: 'epoch': int, 'state_dict': dict. Give the mapping"
    with pytest.raises(ValueError, match=words):
        read_state_dict(path)


def test_empty_state_dict_is_refused():
    with pytest.raises(ValueError, match="Received: nothing at all"):
        read_state_dict({})


def test_keys_that_are_no_text_are_refused():
    with pytest.raises(ValueError, match="Received: 1: ndarray"):
        read_state_dict({1: np.ones(2)})


def test_other_source_is_refused():
    with pytest.raises(ValueError, match="Received: a NoneType"):
        read_state_dict(None)


def test_missing_file_is_refused(tmp_path):
    with pytest.raises(ValueError, match='existing .pth.*x.pth", which is mi'):
        read_state_dict(tmp_path / "x.pth")


@pytest.mark.parametrize("source", [GLOBAL, LOCAL])
@pytest.mark.parametrize("part", [0, 1e-5, 0.001, 0.02, 0.5, 0.9999])
def test_truncated_file_is_refused(torch, tmp_path, source, part):
    path = tmp_path / "x.pth"
    content = source.read_bytes()
    path.write_bytes(content[: int(part * len(content))])
    with pytest.raises(ValueError, match='x.pth" must hold.*Received: a trunc'):
        read_state_dict(path)


@pytest.mark.parametrize("content", [b"hello, world", b"\x89PNG\r\n\x1a\n0000"])
def test_file_of_another_kind_is_refused(torch, tmp_path, content):
    path = tmp_path / "x.pth"
    path.write_bytes(content)
    with pytest.raises(ValueError, match='x.pth" must hold a state dict'):
        read_state_dict(path)


class Hostile:
    """Makes a file when it is unpickled."""

    def __init__(self, path):
        self.path = str(path)

    def __reduce__(self):
        return (os.mkdir, (self.path,))


def hostile_files(torch, trap):
    """The same pickle in both formats of torch, and bare."""
    found = []
    for style in (True, False):
        file = io.BytesIO()
        torch.save(
            {"a": Hostile(trap)}, file, _use_new_zipfile_serialization=style
        )
        found.append(file.getvalue())
    return [*found, pickle.dumps({"a": Hostile(trap)}, protocol=2)]


@pytest.mark.parametrize("which", [0, 1, 2])
def test_code_is_refused_and_not_executed(torch, tmp_path, which):
    trap, path = tmp_path / "executed", tmp_path / "x.pth"
    path.write_bytes(hostile_files(torch, trap)[which])
    words = "code .*mkdir.*It was refused and nothing in it was executed"
    with pytest.raises(ValueError, match=words) as caught:
        read_state_dict(path)
    assert not trap.exists()
    assert "weights_only" not in str(caught.value)


def test_the_trap_of_these_tests_works(torch, tmp_path):
    trap, path = tmp_path / "executed", tmp_path / "x.pth"
    path.write_bytes(hostile_files(torch, trap)[0])
    torch.load(path, weights_only=False)
    assert trap.exists()


def test_pickled_network_is_refused(torch, tmp_path):
    path = saved(torch, tmp_path / "x.pth", torch.nn.Conv2d(1, 1, 1))
    words = r"whole pickled network or code \(GLOBAL torch.nn.*Conv2d\)"
    with pytest.raises(ValueError, match=words):
        read_state_dict(path)


def test_reading_a_file_without_torch_names_the_extra(no_torch):
    words = r'pip install "keras_pix2pixhd\[nvidia\]"'
    with pytest.raises(ValueError, match=words):
        read_state_dict(GLOBAL)


def test_writing_without_torch_names_the_extra(no_torch, tmp_path):
    with pytest.raises(ValueError, match=r'"keras_pix2pixhd\[nvidia\]"'):
        write_state_dict({"a": np.ones(2)}, tmp_path / "x.pth")


def test_what_is_written_is_read(torch, tmp_path):
    path = tmp_path / "new" / "x.pth"
    write_state_dict({"a": np.arange(3.0), "n": np.zeros((), "int64")}, path)
    state, _ = read_state_dict(path)
    assert as_array(state["a"], "a").tolist() == [0, 1, 2]
    assert state["n"].dtype == torch.int64 and state["n"].shape == ()
    assert [p.name for p in path.parent.iterdir()] == ["x.pth"]


def test_folder_that_cannot_be_is_refused(torch, tmp_path):
    (tmp_path / "file").write_text("mine")
    with pytest.raises(ValueError, match="must be a file that can be written"):
        write_state_dict({"a": np.ones(2)}, tmp_path / "file" / "x.pth")


def test_failure_leaves_the_file_of_before(torch, tmp_path, monkeypatch):
    path = saved(torch, tmp_path / "x.pth", {"a": torch.zeros(1)})

    def full(tensors, file):
        file.write(b"half")
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(torch, "save", full)
    with pytest.raises(ValueError, match="No space left"):
        write_state_dict({"a": np.ones(2)}, path)
    assert list(read_state_dict(path)[0]) == ["a"]
    assert [p.name for p in tmp_path.iterdir()] == ["x.pth"]


@pytest.mark.parametrize(
    "value, received",
    [
        (np.array([1.0, np.nan], "float32"), "float32 with NaN or infinity"),
        (np.array([1e300]), "float64 with NaN or infinity"),
        (np.array([1, 2]), "int64"),
        (np.array([True]), "bool"),
        (np.array([1j]), "complex128"),
        (np.array(["a"]), "<U1"),
    ],
)
def test_weights_that_are_no_finite_floats_are_refused(value, received):
    words = f"dense, finite floating.*Received: 'model.1.weight': {received}"
    with pytest.raises(ValueError, match=words):
        as_array(value, "model.1.weight")


def test_tensors_of_other_layouts_are_refused():
    torch = pytest.importorskip("torch", reason="tensors are torch's")
    for tensor in (
        torch.eye(2).to_sparse(),
        torch.zeros(2, device="meta"),
        torch.zeros(2, dtype=torch.int64),
    ):
        with pytest.raises(ValueError, match="dense, finite floating point"):
            as_array(tensor, "model.1.weight")
