import json

from keras_pix2pixhd.config import RunConfig
from keras_pix2pixhd.data import read_pairs, split
from keras_pix2pixhd.models import Segmenter
from keras_pix2pixhd.segmentation.protocol import names_hash, protocol
from tests.carvana_folders import write_carvana


def test_the_names_have_a_hash_in_any_order():
    # printf 'a\nb\n' | sha256sum
    expected = (
        "911169ddaaf146aff539f58c26c489af3b892dff0fe283c1c264c65ae5aa59a2"
    )
    assert names_hash(["b", "a"]) == names_hash(("a", "b")) == expected
    assert names_hash(["ab"]) != expected


def test_it_says_all_that_is_needed_to_train_the_same(tmp_path):
    pairs = read_pairs(write_carvana(tmp_path / "cars"))
    parts = split(pairs, tmp_path / "cars", 0.7, seed=4)
    config = RunConfig().replace(
        {
            "data": str(tmp_path / "cars"),
            "image_size": (16, 24),
            "steps": 3,
            "batch_size": 2,
            "seed": 4,
            "train_fraction": 0.7,
        }
    )
    segmenter = Segmenter(pairs.class_table, filters=2, num_downsamplings=1)
    found = json.loads(json.dumps(protocol(config, parts, segmenter)))
    assert found["format"] == "keras_pix2pixhd segmenter 1"
    assert found["image_size"] == [16, 24]
    data, training = found["data"], found["training"]
    assert data["folder"] == str(tmp_path / "cars")
    assert data["split"] == parts.note and data["train_fraction"] == 0.7
    for name, side in (("train", parts.train), ("held_out", parts.held_out)):
        assert data[name] == {
            "images": len(side),
            "names_sha256": names_hash(side.names),
            "names": list(side.names),
        }
    assert data["classes"] == [
        {"name": "background", "color": [0, 0, 0]},
        {"name": "car", "color": [255, 255, 255]},
    ]
    assert (training["steps"], training["batch_size"]) == (3, 2)
    assert training["seed"] == 4 and training["augmentation"]["flip"] is True
    assert found["model"]["filters"] == 2
    assert set(found["versions"]) == {
        "keras_pix2pixhd",
        "keras",
        "backend",
        "python",
    }
