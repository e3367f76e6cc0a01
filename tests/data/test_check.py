import numpy as np
import pytest
from PIL import Image

from keras_pix2pixhd.data import (
    ImageDatastore,
    check_data,
    combine,
    pair_folders,
    read_pairs,
)
from keras_pix2pixhd.data.checking.check_pair import check_pair
from tests.data.label_folders import TABLE, write_pair


def read(folder, **options):
    instances = folder / "instances"
    return pair_folders(
        folder / "images",
        folder / "labels",
        TABLE,
        instances=instances if instances.is_dir() else None,
        unpaired="skip",
        **options,
    )


def test_the_numbers_of_clean_data(tmp_path):
    write_pair(tmp_path, "a", [[1, 1, 2], [5, 9, 9]])
    write_pair(tmp_path, "b", [[1, 1], [1, 1], [1, 2]])
    report = check_data(read(tmp_path))
    assert report.clean
    assert (report.pairs, report.good_pairs) == (2, 2)
    assert report.kinds == ("image", "label")
    assert report.sizes == {(2, 3): 1, (3, 2): 1}
    assert report.formats == {"image": {"PNG RGB": 2}, "label": {"PNG L": 2}}
    assert report.pixels == {"road": 7, "car": 3, "sky": 0}
    assert report.images == {"road": 2, "car": 2, "sky": 0}
    assert (report.void_pixels, report.void_images) == (2, 1)
    assert report.never_seen == ["sky"]
    assert (report.total_pixels, report.share(3)) == (12, 0.25)
    assert report.problems == [] and report.unpaired == {}
    assert report.instances is None and report.duplicates == []


def test_progress_is_told_after_each_pair(tmp_path):
    for name in "abc":
        write_pair(tmp_path, name, [[1]])
    told = []
    check_data(read(tmp_path), progress=lambda *args: told.append(args))
    assert told == [(1, 3), (2, 3), (3, 3)]


def test_values_outside_the_table(tmp_path):
    write_pair(tmp_path, "a", [[1, 3, 3], [4, 3, 1]])
    write_pair(tmp_path, "b", [[1, 4]])
    write_pair(tmp_path, "c", [[1, 2]])
    report = check_data(read(tmp_path))
    assert not report.clean
    assert (report.pairs, report.good_pairs) == (3, 1)
    assert report.outside_table.most_common() == [(3, 3, 1), (4, 2, 2)]
    first, second = report.problems
    assert (first.kind, first.pair) == ("outside_table", "a")
    assert first.files == (str(tmp_path / "labels" / "a.png"),)
    assert first.values == ((3, 3), (4, 1)) and first.more_values == 0
    assert second.values == ((4, 1),)
    # those of the pairs without a problem
    assert report.pixels == {"road": 1, "car": 1, "sky": 0}


def test_colors_outside_the_table(tmp_path):
    write_pair(tmp_path, "a", [[1]])
    path = tmp_path / "labels" / "a.png"
    Image.fromarray(np.array([[[100, 0, 0]], [[1, 2, 3]]], "uint8")).save(path)
    report = check_data(read(tmp_path))
    assert report.outside_table.most_common() == [((1, 2, 3), 1, 1)]
    assert report.formats["label"] == {"PNG RGB": 1}


def test_many_values_of_a_file(tmp_path):
    ids = np.arange(10, 110).repeat(np.arange(100, 0, -1))[None]
    write_pair(tmp_path, "a", ids)
    (problem,) = check_data(read(tmp_path)).problems
    assert problem.values[:2] == ((10, 100), (11, 99))
    assert (len(problem.values), problem.more_values) == (64, 36)


def test_files_that_cannot_be_read(tmp_path):
    for name in "abc":
        write_pair(tmp_path, name, [[1, 1]])
    (tmp_path / "images" / "a.png").write_text("no image")
    label = tmp_path / "labels" / "b.png"
    label.write_bytes(label.read_bytes()[:-30])
    report = check_data(read(tmp_path))
    assert [p.kind for p in report.problems] == ["corrupt", "corrupt"]
    assert [p.pair for p in report.problems] == ["a", "b"]
    assert "must be a complete image file" in report.problems[0].reason
    assert report.problems[1].files == (str(label),)
    assert report.good_pairs == 1


def test_pairs_of_unequal_size(tmp_path):
    write_pair(tmp_path, "a", [[1, 1]], photo=np.zeros((2, 2, 3)))
    (problem,) = check_data(read(tmp_path)).problems
    assert problem.kind == "unequal_size"
    assert problem.files == (
        str(tmp_path / "images" / "a.png"),
        str(tmp_path / "labels" / "a.png"),
    )
    assert "2 high and 2 wide" in problem.reason


def test_files_without_a_partner(tmp_path):
    for name in "abc":
        write_pair(tmp_path, name, [[1, 1]])
    (tmp_path / "images" / "a.png").unlink()
    (tmp_path / "labels" / "c.png").unlink()
    report = check_data(read(tmp_path))
    assert not report.clean and report.problems == []
    assert report.unpaired == {
        "image": [str(tmp_path / "images" / "c.png")],
        "label": [str(tmp_path / "labels" / "a.png")],
    }


def test_no_pair_at_all(tmp_path):
    write_pair(tmp_path, "a", [[1]])
    (tmp_path / "labels" / "a.png").rename(tmp_path / "labels" / "b.png")
    report = check_data(read(tmp_path))
    assert (report.pairs, report.clean, report.sizes) == (0, False, {})
    assert report.warnings == []


def test_instances(tmp_path):
    write_pair(tmp_path, "a", [[1, 2, 2]], instance=[[4, 4, 5]])
    write_pair(tmp_path, "b", [[1, 2, 2]], instance=[[1, 2, 3]])
    found = check_data(read(tmp_path)).instances
    assert found["instances"] == 5 and found["ids"] == [1, 5]
    assert found["per_image"] == {"min": 2, "median": 2, "max": 3}
    assert found["crossing_classes"] == 1
    assert found["crossing_pairs"] == ["a"]


def test_instances_of_connected_regions(tmp_path):
    write_pair(tmp_path, "a", [[1, 2, 1], [9, 2, 1]])
    found = check_data(read(tmp_path).with_components()).instances
    assert found["instances"] == 4 and found["ids"] == [0, 3]
    assert found["pixels"] == {"min": 1, "median": 1, "max": 2}
    assert found["crossing_classes"] == 0


def test_photographs_that_are_equal_to_the_pixel(tmp_path):
    photo = np.arange(12).reshape(2, 2, 3)
    write_pair(tmp_path, "a", [[1, 1], [1, 2]], photo)
    write_pair(tmp_path, "b", [[1, 1], [1, 1]], photo + 1)
    write_pair(tmp_path, "c", [[1, 2], [1, 2]], photo)
    Image.open(tmp_path / "images" / "c.png").save(tmp_path / "images/c.bmp")
    (tmp_path / "images" / "c.png").unlink()
    assert check_data(read(tmp_path)).duplicates == [["a", "c"]]


def test_equal_values_of_another_shape_are_no_duplicates(tmp_path):
    write_pair(tmp_path, "a", [[1, 1]], np.zeros((1, 2, 3)))
    write_pair(tmp_path, "b", [[1], [1]], np.zeros((2, 1, 3)))
    assert check_data(read(tmp_path)).duplicates == []


def test_pairs_without_classes(tmp_path):
    write_pair(tmp_path, "a", [[1, 1]])
    labels = ImageDatastore(tmp_path / "labels")
    pairs = combine(images=ImageDatastore(tmp_path / "images"), labels=labels)
    report = check_data(pairs)
    assert report.clean and report.class_table is None
    assert report.pixels == {} and report.sizes == {(1, 2): 1}
    assert pairs.check() == {"pairs": 1, "sizes": {(1, 2): 1}}


def test_one_thread_finds_what_many_find(tmp_path):
    for number in range(20):
        write_pair(tmp_path, f"{number:02}", [[1, number % 10]])
    pairs = read(tmp_path)
    one, many = check_data(pairs, workers=1), check_data(pairs, workers=7)
    assert one.to_dict() == many.to_dict()


def test_workers_are_checked(tmp_path):
    write_pair(tmp_path, "a", [[1]])
    with pytest.raises(ValueError, match=r"int >= 1. Received: workers=0"):
        check_data(read(tmp_path), workers=0)


def test_check_of_pairs_makes_no_components(tmp_path, monkeypatch):
    write_pair(tmp_path, "a", [[1, 2]])
    pairs = read(tmp_path).with_components()
    # long to make, and nothing to fail at
    monkeypatch.setitem(check_pair.__globals__, "connected_components", None)
    assert pairs.check()["pairs"] == 1


@pytest.mark.parametrize(
    "name, size, forms, instances",
    [
        ("carvana", (320, 448), {"PNG L": 3}, False),
        ("carvana_raw", (1280, 1918), {"GIF P": 3}, False),
        ("camvid", (360, 480), {"PNG L": 3}, False),
        ("cityscapes_sample", (1024, 2048), {"PNG L": 3}, True),
    ],
)
def test_real_files(shared, name, size, forms, instances):
    report = check_data(read_pairs(shared / "data" / name).subset(3))
    assert report.clean and report.sizes == {size: 3}
    assert report.formats["label"] == forms
    assert report.total_pixels == 3 * size[0] * size[1]
    assert (report.instances is not None) == instances
    assert not instances or report.instances["crossing_classes"] == 0
