import pytest

from keras_pix2pixhd.converters import read_nvidia_options
from tests.converters.checkpoints import OPTIONS, write_options


def read(tmp_path, text):
    path = tmp_path / "opt.txt"
    path.write_text(text)
    return read_nvidia_options(path)


def test_every_option_of_a_run(tmp_path):
    found = read_nvidia_options(write_options(tmp_path / "opt.txt"))
    assert found == {**OPTIONS, "max_dataset_size": float("inf")}
    assert type(found["no_instance"]) is bool


@pytest.mark.parametrize(
    "line, value",
    [
        ("a: 35", 35),
        ("a: 0.5", 0.5),
        ("a: 1e-4", 1e-4),
        ("a: True", True),
        ("a: None", None),
        ("a: [0, 1]", [0, 1]),
        ("a: latest", "latest"),
        ("a: C:\\data: old", "C:\\data: old"),
        ("a: ./datasets/x/", "./datasets/x/"),
        ("a: ", ""),
        ("a:", ""),
        ("a: __import__('os').getcwd()", "__import__('os').getcwd()"),
        ("a: {[]: 1}", "{[]: 1}"),
    ],
)
def test_a_value_has_the_type_that_it_reads_as(tmp_path, line, value):
    assert read(tmp_path, f"----\n{line}\n----\n") == {"a": value}


def test_missing_file_is_refused(tmp_path):
    words = "opt.txt of a training run. Received: No such file"
    with pytest.raises(ValueError, match=words):
        read_nvidia_options(tmp_path / "opt.txt")


def test_bytes_are_refused(tmp_path):
    path = tmp_path / "opt.txt"
    path.write_bytes(b"\xff\xfe\x00")
    with pytest.raises(ValueError, match="bytes that are no text"):
        read_nvidia_options(path)


def test_other_text_is_refused(tmp_path):
    words = 'of the form "name: value".*Received: line 2, .*hello'
    with pytest.raises(ValueError, match=words):
        read(tmp_path, "a: 1\nhello, world\n")


def test_empty_file_is_refused(tmp_path):
    with pytest.raises(ValueError, match="no line of the form"):
        read(tmp_path, "-----\n\n")
