from keras_pix2pixhd.curves.history import read_history


def test_numbers_only(tmp_path):
    text = "epoch,loss,note\n1,0.5,x\n2,nan,\n3,1e3\nepo"
    (tmp_path / "history.csv").write_text(text)
    assert read_history(tmp_path) == [
        {"epoch": 1, "loss": 0.5},
        {"epoch": 2},
        {"epoch": 3, "loss": 1000},
    ]


def test_none_is_no_row(tmp_path):
    assert read_history(tmp_path) == []


def test_a_cell_without_an_end_is_no_table(tmp_path):
    (tmp_path / "history.csv").write_text('epoch,loss\n1,"' + "9" * 140_000)
    assert read_history(tmp_path) == []
