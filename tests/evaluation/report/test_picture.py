import base64
import io

import numpy as np
import pytest
from PIL import Image

from keras_pix2pixhd.evaluation.report.picture import data_uri, picture
from tests.evaluation.report.parsed_page import parsed


def opened(uri):
    kind, text = uri.split(",")
    image = Image.open(io.BytesIO(base64.b64decode(text)))
    assert kind == f"data:image/{image.format.lower()};base64"
    return image


@pytest.fixture
def photograph(rng):
    smooth = np.linspace(0, 200, 400)[:, None, None] * np.ones((1, 500, 3))
    return (smooth + rng.uniform(0, 20, smooth.shape)).astype("uint8")


def test_label_maps_keep_every_pixel(rng):
    label = rng.choice(np.array([0, 60, 255], "uint8"), (200, 300, 3))
    assert (np.array(opened(data_uri(label))) == label).all()


def test_large_label_maps_keep_their_colours(rng):
    label = np.repeat(rng.choice(np.array([7, 250]), (800, 9, 1)), 3, 2)
    shown = np.array(opened(data_uri(label.astype("uint8"))))
    assert shown.shape == (360, 4, 3)
    assert {*np.unique(shown)} == {7, 250}


def test_photographs_are_jpeg_and_about_the_same(photograph):
    small = photograph[:300]
    image = opened(data_uri(small))
    assert image.format == "JPEG"
    difference = np.array(image).astype(int) - small
    assert np.abs(difference).mean() < 5


def test_large_photographs_are_made_smaller(photograph):
    assert opened(data_uri(photograph)).size == (450, 360)
    wide = np.concatenate([photograph[:100]] * 4, 1)
    assert opened(data_uri(wide)).size == (720, 36)


def test_small_photographs_keep_every_pixel(rng):
    image = rng.integers(0, 256, (64, 96, 3), "uint8")
    assert (np.array(opened(data_uri(image))) == image).all()


def test_only_small_images_are_shown_by_the_pixel():
    small, large = (np.zeros((side, 9, 3), "uint8") for side in (96, 97))
    shown = [parsed(picture(x, "", "x")).find(".//img") for x in (small, large)]
    assert [image.get("class") for image in shown] == ["pixels", None]


def test_a_thin_image_keeps_a_pixel(rng):
    image = rng.integers(0, 2, (2000, 1, 3), "uint8")
    assert opened(data_uri(image)).size == (1, 360)


def test_an_image_says_what_it_is(rng):
    image = np.zeros((4, 6, 3), "uint8")
    tree = parsed(picture(image, "real", 'Real photograph of "a"'))
    shown = tree.find(".//button/img")
    assert shown.get("alt") == 'Real photograph of "a"'
    assert (shown.get("width"), shown.get("height")) == ("6", "4")
    assert tree.find(".//span").text == "real"
