import pytest

from keras_pix2pixhd.runs.final_export import export_to_run

tf = pytest.importorskip("tensorflow")
FULL = tf.errors.ResourceExhaustedError(
    None, None, "/run/saved_model.pb; No space left on device [Op:SaveV2]"
)


class Stand:
    """Stands for a model: exports a file, or fails on the way."""

    def __init__(self, text, error=None):
        self.text, self.error = text, error

    def export(self, path, check):
        path.mkdir(parents=True)
        (path / "saved_model.pb").write_text(self.text)
        if self.error is not None:
            raise self.error


def contents(folder):
    return {
        str(path.relative_to(folder)): path.read_text()
        for path in folder.rglob("*")
        if path.is_file()
    }


def test_the_saved_model_takes_the_place_of_the_one_before(tmp_path):
    for text in ("old", "new"):
        export_to_run(Stand(text), tmp_path)
        assert contents(tmp_path) == {"saved_model/1/saved_model.pb": text}
    assert [path.name for path in tmp_path.iterdir()] == ["saved_model"]


@pytest.mark.parametrize(
    "error, words",
    [
        (FULL, r"saved_model.pb; No space left on device\. All else is whole"),
        (
            tf.errors.OutOfRangeError(None, None, "x; File too large"),
            "File too large. All else is whole: free some space",
        ),
        (OSError(28, "No space left on device"), "No space left on device"),
        (ValueError("it must be writable"), "it must be writable. All"),
    ],
)
def test_what_cannot_be_written_leaves_the_one_before(tmp_path, error, words):
    export_to_run(Stand("old"), tmp_path)
    with pytest.raises(ValueError, match=f'saved_model" must be.*{words}'):
        export_to_run(Stand("new", error), tmp_path)
    assert contents(tmp_path) == {"saved_model/1/saved_model.pb": "old"}
    assert [path.name for path in tmp_path.iterdir()] == ["saved_model"]


def test_an_interruption_leaves_the_one_before(tmp_path):
    export_to_run(Stand("old"), tmp_path)
    with pytest.raises(KeyboardInterrupt):
        export_to_run(Stand("new", KeyboardInterrupt()), tmp_path)
    assert contents(tmp_path) == {"saved_model/1/saved_model.pb": "old"}
    assert [path.name for path in tmp_path.iterdir()] == ["saved_model"]
