import pytest

from keras_pix2pixhd.curves.run_curves import open_curves


@pytest.fixture
def run(tmp_path):
    folder = tmp_path / "0001-toy"
    folder.mkdir()
    (folder / "history.csv").write_text("epoch,loss\n1,4\n")
    return folder


def test_a_folder_or_its_history(run):
    for path in (run, str(run), run / "history.csv"):
        found = open_curves(path)
        assert (found.name, found.folder) == ("0001-toy", run)
        assert found.history == [{"epoch": 1, "loss": 4}]


def test_its_settings(run):
    assert open_curves(run).settings == {}
    (run / "config.json").write_text('{"seed": 3}')
    assert open_curves(run / "history.csv").settings == {"seed": 3}


@pytest.mark.parametrize("text", ["{", "[1]", "[" * 100_000])
def test_settings_that_cannot_be_read_are_none(run, text):
    (run / "config.json").write_text(text)
    assert open_curves(run).settings == {}


def test_what_is_not_there(tmp_path):
    words = 'folder with history.csv. Received: ".*none", which does not exist'
    with pytest.raises(ValueError, match=words):
        open_curves(tmp_path / "none")


def test_another_file(run):
    (run / "model.keras").write_text("")
    with pytest.raises(ValueError, match='model.keras", which is another file'):
        open_curves(run / "model.keras")


def test_a_folder_of_anything_else(tmp_path):
    with pytest.raises(ValueError, match='", which has none.'):
        open_curves(tmp_path)


def test_a_folder_of_runs_or_of_a_coarser_stage_says_which(run):
    with pytest.raises(ValueError, match='Did you mean ".*0001-toy"'):
        open_curves(run.parent)


def test_a_run_whose_first_epoch_has_not_ended(run):
    (run / "history.csv").unlink()
    (run / "config.json").write_text("{}")
    with pytest.raises(ValueError, match="no epoch has ended yet. Wait for"):
        open_curves(run)


def test_a_history_without_numbers(run):
    (run / "history.csv").write_text("epoch,loss\n")
    with pytest.raises(ValueError, match="a row of numbers for each epoch"):
        open_curves(run)
