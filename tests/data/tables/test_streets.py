import numpy as np

from keras_pix2pixhd.data import (
    ADE20K,
    CAMVID,
    CAMVID11,
    CARVANA,
    CITYSCAPES,
    CITYSCAPES19,
    COCO_STUFF,
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


def test_ade20k():
    assert len(ADE20K) == 150
    assert ADE20K.ids == tuple((n,) for n in range(1, 151))
    assert ADE20K.void_ids == (0,)
    # ids and colours as sceneparsing.csail.mit.edu lists them
    for id_, name, color in [
        (1, "wall", (120, 120, 120)),
        (7, "road", (140, 140, 140)),
        (13, "person", (150, 5, 61)),
        (21, "car", (0, 102, 200)),
        (49, "skyscraper", (140, 140, 141)),
        (90, "television receiver", (0, 255, 194)),
        (142, "crt screen", (122, 0, 255)),
        (150, "flag", (92, 0, 255)),
    ]:
        assert ADE20K.index(name) == id_ - 1
        assert ADE20K.colors[id_ - 1] == color
    assert ADE20K.ids_to_indices(np.array([[0, 150]])).tolist() == [[255, 149]]


def test_coco_stuff():
    assert len(COCO_STUFF) == 182
    assert COCO_STUFF.ids == tuple((n,) for n in range(182))
    assert COCO_STUFF.void_ids == (255,)
    # one less than the numbers of COCO-Stuff's labels.txt
    for number, name in [
        (1, "person"),
        (10, "traffic light"),
        (12, "street sign"),
        (30, "eye glasses"),
        (89, "hair drier"),
        (91, "hair brush"),
        (92, "banner"),
        (96, "building-other"),
        (157, "sky-other"),
        (182, "wood"),
    ]:
        assert COCO_STUFF.index(name) == number - 1
    unused = "street sign,hat,shoe,eye glasses,plate,mirror,window,desk,door"
    for name in [*unused.split(","), "blender", "hair brush"]:
        assert COCO_STUFF.index(name) < 91


def test_coco_stuff_colors_are_those_of_pascal_voc():
    # its classes 1 aeroplane, 7 car, 15 person, 20 tvmonitor
    assert COCO_STUFF.colors[0] == (128, 0, 0)
    assert COCO_STUFF.colors[6] == (128, 128, 128)
    assert COCO_STUFF.colors[14] == (192, 128, 128)
    assert COCO_STUFF.colors[19] == (0, 64, 128)
