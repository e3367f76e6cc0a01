import json
import re

import numpy as np
import pytest

from keras_pix2pixhd.data import (
    read_pairs,
    read_records,
    write_records,
    write_toy_cars,
)
from keras_pix2pixhd.data.records.encoding import _png

tf = pytest.importorskip("tensorflow")


@pytest.fixture(scope="module")
def records(tmp_path_factory):
    folder = tmp_path_factory.mktemp("toys")
    pairs = read_pairs(write_toy_cars(folder / "data", 8, (24, 36), seed=2))
    write_records(*pairs.partition(0.7, seed=1), folder / "out", shards=2)
    return read_records(folder / "out")


@pytest.fixture
def copy(records, tmp_path):
    """A copy of a folder of records, to be damaged."""
    for path in records.train.folder.iterdir():
        (tmp_path / path.name).write_bytes(path.read_bytes())
    return tmp_path


def change_records(folder, change, file=0):
    """Changes the examples of a file of training pairs."""
    path = str(folder / f"train-0000{file}-of-00002.tfrecord")
    examples = [
        tf.train.Example.FromString(record.numpy())
        for record in tf.data.TFRecordDataset(path)
    ]
    change(examples)
    with tf.io.TFRecordWriter(path) as writer:
        for example in examples:
            writer.write(example.SerializeToString())


def said_of(folder):
    """What `check` says, which must be for people."""
    with pytest.raises(ValueError) as error:
        read_records(folder).train.check()
    text = str(error.value)
    assert text.startswith(
        "Every record must be whole and what records.json says. Received: "
        f'"{folder}": '
    )
    assert text.endswith(". Write the records again.")
    assert "{{" not in text and "[Op:" not in text and "\n" not in text
    return text.split('": ', 1)[1]


def test_good_records_pass(records):
    records.train.check()
    records.held_out.check()
    records.train.select(records.train.names[1:3]).check()


def test_a_missing_file_is_named(copy):
    name = "held_out-00001-of-00002.tfrecord"
    (copy / name).unlink()
    with pytest.raises(ValueError, match=f"without {name}"):
        read_records(copy)


@pytest.mark.parametrize("text", ["{", "[]", '{"format": 1}', "null", "\0"])
def test_a_damaged_index_is_named(copy, text):
    (copy / "records.json").write_text(text)
    with pytest.raises(ValueError, match="prepare-records writes. Received"):
        read_records(copy)


def in_train(key, value):
    return lambda content: content["train"].update({key: value})


def first(key, value):
    def change(content):
        content["train"][key][0] = value

    return change


def way(kind, value):
    def change(content):
        content["train"]["ways"][kind][0] = value

    return change


@pytest.mark.parametrize(
    "change, words",
    [
        (lambda c: c["train"]["names"].pop(), "of different lengths"),
        (lambda c: c.pop("classes"), "KeyError: 'classes'"),
        (lambda c: c.update(classes=3), "TypeError: int, not dict"),
        (lambda c: c.update(classes={}), "TypeError"),
        (lambda c: c.update(classes={"names": 3}), "TypeError"),
        (lambda c: c["classes"].update(ids=[0]), "ValueError"),
        (lambda c: c.pop("held_out"), "KeyError: 'held_out'"),
        (lambda c: c.update(train=[]), "list, not dict"),
        (in_train("names", []), "names that are none"),
        (in_train("names", "abcdef"), "str, not list"),
        (first("names", 3), "int, not str"),
        (lambda c: c["train"].update(names=["a"] * 6), "or there twice"),
        (in_train("files", ["/etc/passwd"]), "list, not int"),
        (in_train("files", 0), "0 files for 6 pairs"),
        (in_train("files", 7), "7 files for 6 pairs"),
        (in_train("files", True), "bool, not int"),
        (first("sizes", [24]), "not enough values"),
        (first("sizes", [24, 36, 3]), "too many values"),
        (first("sizes", [24, 36.0]), "float, not int"),
        (first("sizes", [24, 0]), "the size 24 x 0"),
        (first("sizes", [-1, 36]), "the size -1 x 36"),
        (first("sizes", [24, 65536]), "the size 24 x 65536"),
        (in_train("ways", []), "list, not dict"),
        (lambda c: c["train"]["ways"].pop("label"), "the kinds 'image', 'inst"),
        (lambda c: c["train"]["ways"].pop("instance"), "of different kinds"),
        (lambda c: c["train"]["ways"].update(x=[]), "kinds .* 'x'"),
        (way("image", "indices8"), "image as 'indices8'"),
        (way("image", ["png"]), "list, not str"),
        (way("label", "indices16"), "label as 'indices16'"),
        (way("label", "png"), "label as 'png'"),
        (lambda c: c.update(classes=None), "label as 'indices8'"),
        (way("instance", "ids8"), "instance as 'ids8'"),
    ],
)
def test_an_index_that_nobody_wrote(copy, change, words):
    content = json.loads((copy / "records.json").read_text())
    change(content)
    (copy / "records.json").write_text(json.dumps(content))
    with pytest.raises(ValueError, match=f"writes. Received: .*{words}"):
        read_records(copy)


def test_a_flipped_bit(copy):
    path = copy / "train-00000-of-00002.tfrecord"
    content = bytearray(path.read_bytes())
    content[len(content) // 2] ^= 1
    path.write_bytes(bytes(content))
    assert "corrupted record" in said_of(copy)


@pytest.mark.parametrize("kind", ["image", "label", "instance"])
def test_a_file_cut_off_within_its_record(copy, kind):
    def change(examples):
        value = examples[1].features.feature[kind].bytes_list.value
        value[0] = value[0][:-20]

    change_records(copy, change)
    assert said_of(copy).startswith(f"a damaged {kind} of the pair '")


@pytest.mark.parametrize("kind", ["image", "label", "instance"])
def test_another_size_than_the_index_says(copy, kind):
    dtype = {"image": "uint8", "label": "uint8", "instance": "uint16"}[kind]
    shape = (24, 37, 3)[: 3 if kind == "image" else 2]

    def change(examples):
        value = examples[1].features.feature[kind].bytes_list.value
        value[0] = _png(np.zeros(shape, dtype))

    change_records(copy, change)
    assert said_of(copy).startswith(f"a damaged {kind} of the pair '")


def test_a_class_that_the_table_does_not_have(copy, records):
    label = np.full((24, 36), 255, "uint8")  # void
    count = len(records.train.class_table)

    def change(examples):
        value = examples[1].features.feature["label"].bytes_list.value
        value[0] = _png(label)

    change_records(copy, change)
    read_records(copy).train.check()
    label[3, 4] = 99
    change_records(copy, change)
    assert f"with the class 99, of {count} from 0 on" in said_of(copy)


def set_index(example, index):
    example.features.feature["index"].int64_list.value[0] = index


@pytest.mark.parametrize(
    "change, words",
    [
        (lambda examples: set_index(examples[1], 0), "record 0, .* record 2,"),
        (lambda examples: set_index(examples[1], 6), "6 is not in"),
        (lambda examples: set_index(examples[1], -1), "-1 is not in"),
        (lambda examples: examples.reverse(), "record 4, .* record 0,"),
        (lambda examples: examples.pop(), "record 5, .* record 4,"),
        (lambda e: e.append(e[0]), "expected to contain 6 .* at least 7"),
        (lambda e: e.insert(1, e[0]), "record 0, .* record 2,"),
        (lambda e: e[0].features.feature.pop("image"), "image"),
    ],
)
def test_records_that_are_not_those_of_the_index(copy, change, words):
    change_records(copy, change)
    assert re.search(words, said_of(copy))


def test_the_last_record_is_missing(copy):
    change_records(copy, lambda examples: examples.pop(), file=1)
    assert "expected to contain 6 elements but contained only 5" in said_of(
        copy
    )


def test_records_of_another_attempt(copy):
    def change(examples):
        name = examples[1].features.feature["name"].bytes_list.value
        name[0] = b"other"

    change_records(copy, change)
    assert "record 2, b'other', where record 2, b'" in said_of(copy)


def test_only_the_selected_pairs_are_checked(copy):
    change_records(copy, lambda e: e[1].features.feature.pop("image"))
    train = read_records(copy).train
    with pytest.raises(ValueError, match="Every record must be whole"):
        train.select(train.names[:3]).check()


def test_no_file_at_all_within_a_record(copy):
    def change(examples):
        value = examples[0].features.feature["image"].bytes_list.value
        value[0] = b"\xff\xd8 no photograph \xff\xd9"

    change_records(copy, change)
    assert said_of(copy)
