from keras_pix2pixhd.cli import main


def test_a_run_is_drawn_and_the_place_said(tmp_path, capsys):
    (tmp_path / "history.csv").write_text("epoch,loss\n1,4\n2,3\n")
    assert main(["plot", str(tmp_path)]) == 0
    folder = tmp_path / "curves"
    assert capsys.readouterr().out == (
        f"curves: {folder / 'curves.html'}\ncharts: .svg files beside it\n"
    )


def test_what_is_no_run_is_one_line(tmp_path, capsys):
    assert main(["plot", str(tmp_path / "none")]) == 2
    out, err = capsys.readouterr()
    assert out == "" and err.count("\n") == 1
    assert "must be a folder with history.csv" in err
