import numpy as np

from keras_pix2pixhd.data import (
    CAMVID,
    CAMVID11,
    CARVANA,
    CITYSCAPES,
    CITYSCAPES19,
)


def test_carvana():
    ids = np.array([[0, 1, 255]], "uint8")
    assert CARVANA.names == ("background", "car")
    assert CARVANA.ids_to_indices(ids).tolist() == [[0, 1, 1]]
    rgb = np.array([[(0, 0, 0), (255, 255, 255)]], "uint8")
    assert CARVANA.colors_to_indices(rgb).tolist() == [[0, 1]]


def test_camvid():
    assert len(CAMVID) == 32
    assert CAMVID.colors[CAMVID.index("Car")] == (64, 0, 128)
    assert CAMVID.colors[CAMVID.index("Void")] == (0, 0, 0)
    assert list(CAMVID.names) == sorted(CAMVID.names, key=str.lower)
    assert CAMVID.void_ids == ()


def test_camvid11():
    assert len(CAMVID11) == 11
    assert CAMVID11.index("Sky") == 0
    assert CAMVID11.index("Bicyclist") == 10
    assert CAMVID11.colors[8] == (64, 0, 128)
    ids = np.array([[8, 11]])
    assert CAMVID11.ids_to_indices(ids).tolist() == [[8, 255]]


def test_cityscapes():
    assert len(CITYSCAPES) == 35
    assert CITYSCAPES.ids == tuple((n,) for n in range(35))
    for name, index, color in [
        ("static", 4, (0, 0, 4)),
        ("road", 7, (128, 64, 128)),
        ("polegroup", 18, (153, 153, 154)),
        ("sky", 23, (70, 130, 180)),
        ("car", 26, (0, 0, 142)),
        ("bicycle", 33, (119, 11, 32)),
        ("license plate", 34, (0, 0, 143)),
    ]:
        assert CITYSCAPES.index(name) == index
        assert CITYSCAPES.colors[index] == color


def test_cityscapes19():
    assert CITYSCAPES19.names == (
        "road",
        "sidewalk",
        "building",
        "wall",
        "fence",
        "pole",
        "traffic light",
        "traffic sign",
        "vegetation",
        "terrain",
        "sky",
        "person",
        "rider",
        "car",
        "truck",
        "bus",
        "train",
        "motorcycle",
        "bicycle",
    )
    assert CITYSCAPES19.colors[13] == (0, 0, 142)
    ids = np.array([[0, 18, 255]], "uint8")
    assert CITYSCAPES19.ids_to_indices(ids).tolist() == [[0, 18, 255]]
