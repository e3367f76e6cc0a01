import re

import numpy as np
import pytest
from PIL import Image

from keras_pix2pixhd.data import (
    CARVANA,
    ImageDatastore,
    InstanceDatastore,
    PixelLabelDatastore,
    combine,
)


def stores(tmp_path, images, masks, instances=None):
    for folder, names in (
        ("images", images),
        ("masks", masks),
        ("instances", instances or []),
    ):
        (tmp_path / folder).mkdir(exist_ok=True)
        for name in names:
            pixels = np.zeros((2, 3), "uint8")
            Image.fromarray(pixels).save(tmp_path / folder / name)
    made = {
        "images": ImageDatastore(tmp_path / "images"),
        "labels": PixelLabelDatastore(tmp_path / "masks", CARVANA),
    }
    if instances:
        made["instances"] = InstanceDatastore(tmp_path / "instances")
    return made


def names_of(pairs, index):
    return {kind: path.name for kind, path in pairs.files(index).items()}


def test_pairs_by_stem_with_other_extensions(tmp_path):
    pairs = combine(**stores(tmp_path, ["b.jpg", "a.png"], ["a.gif", "b.png"]))
    assert pairs.names == ("a", "b")
    assert names_of(pairs, 0) == {"image": "a.png", "label": "a.gif"}
    assert names_of(pairs, 1) == {"image": "b.jpg", "label": "b.png"}


def test_matched_by_key_and_never_by_order(tmp_path):
    # Sorted by name, the images run 10, 9 and the masks 09, 10.
    made = stores(
        tmp_path,
        ["x10.png", "x9.png"],
        ["m09.png", "m10.png"],
        ["i09.png", "i10.png"],
    )
    pairs = combine(**made, key=lambda name: str(int(re.sub(r"\D", "", name))))
    assert pairs.names == ("10", "9")
    assert names_of(pairs, 0) == {
        "image": "x10.png",
        "label": "m10.png",
        "instance": "i10.png",
    }
    assert names_of(pairs, 1) == {
        "image": "x9.png",
        "label": "m09.png",
        "instance": "i09.png",
    }


def test_files_without_partner(tmp_path):
    images = [f"car{n}.png" for n in range(7)] + ["a.png"]
    made = stores(tmp_path, images, ["a.png", "z_mask.png"])
    with pytest.raises(ValueError) as error:
        combine(**made)
    text = str(error.value)
    assert text.startswith("Each image must have exactly one label map.")
    assert (
        "without label map: car0.png, car1.png, car2.png, car3.png, car4.png "
        "... (7 in all); label map without image: z_mask.png."
    ) in text
    assert "pass `key=`" in text


def test_masks_named_differently(tmp_path):
    made = stores(tmp_path, ["a.png"], ["a_mask.png"])
    with pytest.raises(ValueError, match="without label map: a.png.*`key=`"):
        combine(**made)


def test_missing_instances(tmp_path):
    made = stores(tmp_path, ["a.png", "b.png"], ["a.png", "b.png"], ["a.png"])
    words = "exactly one instance map.*without instance map: b.png"
    with pytest.raises(ValueError, match=words):
        combine(**made)


def test_duplicate_key(tmp_path):
    made = stores(tmp_path, ["a.jpg", "a.png"], ["a.png"])
    words = "one file of .*images.*key 'a' for a.jpg and a.png.*`key=`"
    with pytest.raises(ValueError, match=words):
        combine(**made)


def test_key_that_returns_no_string(tmp_path):
    made = stores(tmp_path, ["a.png"], ["a.png"])
    with pytest.raises(ValueError, match="return a string.*None for a.png"):
        combine(**made, key=lambda name: None)
