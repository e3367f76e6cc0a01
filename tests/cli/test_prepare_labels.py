import shlex

import pytest

from keras_pix2pixhd.cli import main
from keras_pix2pixhd.data import ClassTable
from tests.data.label_folders import TABLE, write_colors

RED, GREEN, ODD = (100, 0, 0), (0, 100, 0), (90, 20, 0)


@pytest.fixture(autouse=True)
def masks(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    write_colors(tmp_path / "masks" / "a.png", [[RED, GREEN]])
    write_colors(tmp_path / "masks" / "b.png", [[RED, ODD]])
    TABLE.save(tmp_path / "table.json")


def prepare(*options):
    return main(["prepare-labels", "masks", "labels", *options])


def test_unknown_colors_exit_with_1(tmp_path, capsys):
    assert prepare("--classes", "table.json") == 1
    out, err = capsys.readouterr()
    assert err == "" and "(90, 20, 0): 1 pixel in 1 file; nearest road" in out
    assert (tmp_path / "labels" / "a.png").is_file()
    assert not (tmp_path / "labels" / "b.png").exists()


def test_void(capsys):
    assert prepare("--classes", "table.json", "--unknown", "void") == 0
    assert "class table, made void: 1" in capsys.readouterr().out


def test_tolerance(capsys):
    options = ["--tolerance", "20", "--workers", "2"]
    assert prepare("--classes", "table.json", *options) == 0
    out = capsys.readouterr().out
    assert "snapped  1 pixel within 20 levels" in out


def test_without_classes_a_table_is_written(tmp_path, capsys):
    assert prepare() == 0
    assert capsys.readouterr().out.splitlines() == [
        "colour                     pixels    masks",
        "(100, 0, 0)                     2        2",
        "(0, 100, 0)                     1        1",
        "(90, 20, 0)                     1        1",
        "classes: classes.csv; name them there, then run",
        "  pix2pixhd prepare-labels masks labels --classes classes.csv",
    ]
    table = ClassTable.load(tmp_path / "classes.csv")
    assert table.colors == (RED, GREEN, ODD)
    assert prepare("--classes", "classes.csv") == 0


def test_the_next_command_runs_as_it_is_printed(tmp_path, capsys):
    (tmp_path / "masks").rename(tmp_path / "my masks")
    assert main(["prepare-labels", "my masks", "it's/labels"]) == 0
    command = capsys.readouterr().out.splitlines()[-1]
    program, *arguments = shlex.split(command)
    assert program == "pix2pixhd"
    assert arguments[-1] == "it's/classes.csv"
    assert main(arguments) == 0
    assert (tmp_path / "it's" / "labels" / "b.png").is_file()


def test_an_unedited_table_gives_way_to_another(tmp_path):
    assert prepare() == 0
    assert prepare("--classes", "table.json", "--tolerance", "20") == 0
    assert not (tmp_path / "classes.csv").exists()
    assert ClassTable.load(tmp_path / "classes.json") == TABLE


@pytest.mark.parametrize("high, told", [(33, True), (0, False), (99, False)])
def test_ids_are_told_to_need_no_preparation(tmp_path, capsys, high, told):
    for name in "ab":
        write_colors(tmp_path / "masks" / f"{name}.png", [[0, high]])
    assert prepare() == 0
    out = capsys.readouterr().out
    assert ("\nthese look like ids already: if so, train on" in out) is told


def test_many_colors_are_not_all_listed(tmp_path, capsys):
    noise = [[(x, y, 7) for x in range(10)] for y in range(10)]
    write_colors(tmp_path / "masks" / "c.png", noise)
    assert prepare() == 0
    out = capsys.readouterr().out
    assert "and 63 more. So many come from antialiasing" in out
    assert len(out.splitlines()) == 1 + 40 + 2 + 2


@pytest.mark.parametrize(
    "arguments, words",
    [
        (["masks", "masks", "--classes", "table.json"], "to another folder"),
        (["nope", "labels", "--classes", "table.json"], "an existing folder"),
        (["masks", "labels", "--classes", "nope.csv"], "not exist"),
        (
            ["masks", "labels", "--classes", "table.json", "--tolerance", "50"],
            "less than half the distance",
        ),
    ],
)
def test_mistakes_are_one_line(capsys, arguments, words):
    assert main(["prepare-labels", *arguments]) == 2
    out, err = capsys.readouterr()
    assert out == "" and err.count("\n") == 1
    assert err.startswith("pix2pixhd: error: ") and words in err


def test_the_help_tells_what_happens_without_classes(capsys):
    with pytest.raises(SystemExit):
        main(["prepare-labels", "--help"])
    assert "without --classes" in capsys.readouterr().out
