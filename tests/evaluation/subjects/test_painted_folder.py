import numpy as np
import pytest
from PIL import Image

from keras_pix2pixhd import evaluate
from tests.evaluation.conftest import HELD_OUT


def test_images_that_are_missing(painted, cars, quietly):
    theirs = painted(names=HELD_OUT[2:])
    words = "without a1_01, a1_02 .2 of 6 missing"
    with pytest.raises(ValueError, match=words):
        evaluate(theirs, data=cars, **quietly)


def test_images_of_another_size(painted, cars, quietly):
    theirs = painted()
    Image.new("RGB", (40, 30)).save(theirs / "b0_02.png")
    words = r"32 48 \(height, width\). Received: 30 40 of b0_02.*size 30 40"
    with pytest.raises(ValueError, match=words):
        evaluate(theirs, data=cars, **quietly)


def test_two_images_of_a_name(painted, cars, quietly):
    theirs = painted()
    Image.new("RGB", (48, 32)).save(theirs / "b0_02.jpg")
    with pytest.raises(ValueError, match="b0_02.jpg and b0_02.png in"):
        evaluate(theirs, data=cars, **quietly)


def test_jpeg_grey_and_a_name_as_the_mask(painted, cars, real, quietly):
    theirs = painted(names=HELD_OUT[1:])
    grey = np.full((32, 48), 100, "uint8")
    Image.fromarray(grey).save(theirs / "a1_01_mask.jpg", quality=100)
    (run,) = evaluate(theirs, data=cars, metrics=["l1"], **quietly).runs
    wanted = np.abs(real["a1_01"].astype(float) - 100).mean()
    assert run.rows[0]["l1"] == pytest.approx(wanted)
    assert [row["l1"] for row in run.rows[1:]] == [0.0] * 5


def write_towns(folder):
    """Two pairs of one name in two folders."""
    for town, grey in (("north", 50), ("south", 150)):
        for kind, value in (("images", grey), ("labels", 1)):
            (folder / kind / town).mkdir(parents=True)
            path = folder / kind / town / "1.png"
            mode = "RGB" if kind == "images" else "L"
            color = (value,) * 3 if kind == "images" else value
            Image.new(mode, (48, 32), color).save(path)
    rows = ["name,id,r,g,b", "ground,0,0,0,0", "car,1,255,255,255"]
    (folder / "classes.csv").write_text("\n".join(rows))
    return folder


def test_folders_are_part_of_the_name(tmp_path, quietly):
    data = write_towns(tmp_path / "data")
    theirs = tmp_path / "theirs"
    settings = {"data": data, "side": "all", "metrics": ["l1"]}
    for town, grey in (("north", 53), ("south", 155)):
        (theirs / town).mkdir(parents=True)
        image = Image.new("RGB", (48, 32), (grey,) * 3)
        image.save(theirs / town / "1.png")
    (run,) = evaluate(theirs, **settings, **quietly).runs
    found = {row["name"]: row["l1"] for row in run.rows}
    assert found == {"north/1": 3.0, "south/1": 5.0}


def test_one_image_for_two_pairs_of_a_name(tmp_path, quietly):
    data = write_towns(tmp_path / "data")
    (tmp_path / "theirs").mkdir()
    Image.new("RGB", (48, 32)).save(tmp_path / "theirs" / "1.png")
    with pytest.raises(ValueError, match="1.png for 2 pairs, such as"):
        evaluate(tmp_path / "theirs", data=data, side="all", **quietly)
