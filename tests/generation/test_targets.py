import pytest

from keras_pix2pixhd.generation.files import find_label_maps
from keras_pix2pixhd.generation.targets import checked_targets


@pytest.fixture
def folders(tmp_path):
    for name in ("labels", "out"):
        (tmp_path / name).mkdir()
        (tmp_path / name / "a.png").write_text("a")
    return tmp_path / "labels", tmp_path / "out"


def targets_of(source, target):
    return checked_targets(source, target, {"label": find_label_maps(source)})


def test_a_label_map_that_links_to_a_photograph_is_an_input(folders):
    source, target = folders
    assert list(targets_of(source, target)) == [[target / "a.png"]]
    (source / "b.png").symlink_to(target / "a.png")
    with pytest.raises(ValueError, match="must not replace"):
        targets_of(source, target)


def test_links_to_other_files_are_none(folders):
    source, target = folders
    (target / "z.png").write_text("z")
    (source / "b.png").symlink_to(target / "z.png")
    assert len(targets_of(source, target)) == 2
