import numpy as np
import pytest
from PIL import Image

from keras_pix2pixhd.data import (
    CARVANA,
    ImageDatastore,
    PixelLabelDatastore,
    combine,
)


@pytest.fixture
def folders(tmp_path):
    for folder, names in (("photos", "ab"), ("masks", "bc")):
        (tmp_path / folder).mkdir()
        for number, name in enumerate(names):
            pixels = np.full((2, 3), number, "uint8")
            Image.fromarray(pixels).save(tmp_path / folder / f"{name}.png")
    return tmp_path


def test_unpaired_files_are_left_out_and_listed(folders):
    pairs = combine(
        images=ImageDatastore(folders / "photos"),
        labels=PixelLabelDatastore(folders / "masks", CARVANA),
        unpaired="skip",
    )
    assert pairs.names == ("b",)
    assert pairs.unpaired == {
        "image": [folders / "photos" / "a.png"],
        "label": [folders / "masks" / "c.png"],
    }


def test_an_unknown_word_is_refused(folders):
    with pytest.raises(ValueError) as error:
        combine(
            images=ImageDatastore(folders / "photos"),
            labels=PixelLabelDatastore(folders / "masks", CARVANA),
            unpaired="ignore",
        )
    assert str(error.value) == (
        "`unpaired` must be 'error' or 'skip'. Received: unpaired='ignore'"
    )


def test_labels_may_be_images_without_classes(folders):
    pairs = combine(
        images=ImageDatastore(folders / "photos"),
        labels=ImageDatastore(folders / "masks"),
        unpaired="skip",
    )
    assert pairs.class_table is None
    arrays = pairs.read(0, (4, 6))
    assert arrays["label"].shape == (4, 6, 3)
    assert arrays["label"].max() == 0
    with pytest.raises(ValueError, match="pairs whose labels are images"):
        pairs.with_components()
