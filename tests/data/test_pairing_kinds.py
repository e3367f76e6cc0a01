import pytest
from PIL import Image

from keras_pix2pixhd.data import (
    CARVANA,
    ImageDatastore,
    PixelLabelDatastore,
    combine,
)


def test_datastores_in_the_wrong_places_are_refused(tmp_path):
    Image.new("L", (6, 4)).save(tmp_path / "a.png")
    images = ImageDatastore(tmp_path)
    labels = PixelLabelDatastore(tmp_path, CARVANA)
    with pytest.raises(ValueError, match="`images` must be of the class Image"):
        combine(images=labels, labels=images)
    with pytest.raises(ValueError, match="`labels` must be of .*: None"):
        combine(images=images, labels=None)
    with pytest.raises(ValueError, match="must be of the class Instance"):
        combine(images=images, labels=labels, instances=labels)
