import json
import xml.etree.ElementTree as ET

import pytest

from keras_pix2pixhd import plot_run
from tests.evaluation.report.parsed_page import parsed, words

COLUMNS = "epoch,steps,generator_loss,discriminator_loss,val_l1"


def write_run(folder, *rows, columns=COLUMNS, settings=None):
    folder.mkdir(parents=True)
    text = "\n".join([columns, *rows]) + "\n"
    (folder / "history.csv").write_text(text)
    if settings is not None:
        (folder / "config.json").write_text(json.dumps(settings))
    return folder


@pytest.fixture
def run(tmp_path):
    rows = ("1,10,4,0.5,30", "2,20,3,0.4,20", "3,30,2,0.3,25")
    return write_run(tmp_path / "runs" / "0001-toy", *rows)


@pytest.fixture
def other(tmp_path):
    return write_run(tmp_path / "runs" / "0002-toy", "1,25,5,0.5,40")


def page(path):
    return parsed(path.read_text(encoding="utf-8"))


def charts(tree):
    """What is read aloud of the first, or the only, drawing of each chart."""
    return [figure.find(".//svg").get("aria-label") for figure in _of(tree)]


def widths(tree):
    return [
        [svg.get("width") for svg in figure.iter("svg")] for figure in _of(tree)
    ]


def _of(tree):
    return tree.iter("figure")


def test_a_page_and_a_file_for_each_chart_inside_the_run(run):
    path = plot_run(run)
    assert path == run / "curves" / "curves.html"
    files = sorted(path.name for path in path.parent.iterdir())
    assert files == ["curves.html", "losses.svg", "val_l1.svg"]
    root = ET.parse(path.parent / "losses.svg").getroot()
    assert root.get("aria-label") == "Losses of both networks by epoch"
    assert charts(page(path)) == [
        "Losses of both networks by epoch",
        "Mean absolute difference by epoch",
    ]


def test_the_page_says_which_run_how_far_and_what_was_best(run):
    tree = page(plot_run(run))
    assert words(tree.find(".//h1")) == "Curves of 0001-toy"
    facts = [words(fact) for fact in tree.find(".//header/ul")]
    assert facts == ["3 epochs, 30 steps", "drawn by epoch"]
    captions = [words(caption) for caption in tree.iter("figcaption")]
    assert captions[1].startswith("Best: 20 at epoch 2. How far")


def test_several_runs_are_compared(run, other, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    path = plot_run([run, other])
    assert path.resolve() == tmp_path / "curves" / "curves.html"
    tree = page(path)
    assert words(tree.find(".//h1")) == "Curves of 2 runs"
    assert [words(fact) for fact in tree.find(".//header/ul")] == [
        "0001-toy: 3 epochs, 30 steps",
        "0002-toy: 1 epoch, 25 steps",
        "drawn by step: an epoch is not as many steps in one run as in another",
    ]
    assert charts(tree)[0] == "Generator's loss by step"
    captions = [words(caption) for caption in tree.iter("figcaption")]
    best = "Best: 0001-toy: 20 at step 20; 0002-toy: 40 at step 25. "
    assert captions[-1].startswith(best)


def test_the_last_of_an_odd_number_of_charts_has_a_row_on_wide_screens(
    tmp_path,
):
    columns = "epoch,a_loss,b_loss,c_loss,images_per_second,val_l1,val_psnr"
    run = write_run(tmp_path / "0001", "1,1,1,1,1,1,1", columns=columns)
    tree = page(plot_run(run))
    assert widths(tree) == [
        *(["440"], ["440"], ["440", "900"]),  # terms of the losses
        *(["440"], ["440"]),  # held-out images
        ["440", "900"],  # the machine
    ]
    classes = [div.get("class") for div in [*_of(tree)][-1].iter("div")]
    assert classes == ["on-narrow", "on-wide"]


def test_what_differs_in_the_settings_of_several_runs_is_a_table(tmp_path):
    runs = [
        write_run(
            tmp_path / f"{place}",
            "1,10,4,0.5,30",
            settings={"seed": 0, "data": data, "epochs": 9},
        )
        for place, data in enumerate(["<b>cars", "/data/" + "x" * 90])
    ]
    tree = page(plot_run(runs, tmp_path / "out"))
    section = tree.find(".//section")
    assert words(section.find("h2")) == "What differs"
    head, row = ([words(cell) for cell in tr] for tr in section.iter("tr"))
    assert head == ["setting", "0", "1"]
    assert row[:2] == ["data", "<b>cars"]
    assert len(row[2]) == 40 and row[2].startswith("/data/xxx")
    assert [c.get("title") for c in section.iter("code")][2].endswith("x" * 90)
    assert tree.find(".//nav/a").get("href") == f"#{section.get('id')}"


def test_without_settings_or_of_one_run_nothing_is_said_of_differences(
    run, other, tmp_path
):
    both = plot_run([run, other], tmp_path / "out")
    (run / "config.json").write_text('{"seed": 0}')
    for path in (both, plot_run(run)):
        assert "What differs" not in words(page(path).find(".//main"))


def test_runs_of_the_same_settings_are_said_to_be(run, other, tmp_path):
    for folder in (run, other):
        (folder / "config.json").write_text('{"seed": 0}')
    tree = page(plot_run([run, other], tmp_path / "out"))
    assert (
        words(tree.find(".//section/p")) == "Nothing: each setting is the same."
    )


def test_ids_are_unique_and_nothing_comes_from_elsewhere(run, other, tmp_path):
    path = plot_run([run, other], tmp_path / "out")
    text = path.read_text(encoding="utf-8")
    tree = parsed(text)
    ids = [element.get("id") for element in tree.iter() if element.get("id")]
    assert len(ids) == len({*ids})
    links = [link.get("href") for link in tree.iter("a")]
    assert links and {*links} <= {f"#{name}" for name in ids}
    assert not [*tree.iter("script")] and "url(" not in text
    assert "//" not in text.replace("http://www.w3.org/2000/svg", "").replace(
        text.partition("style-src ")[2].partition('"')[0], ""
    )


def test_names_from_data_are_text_and_no_paths(tmp_path):
    column = "val_class_color_error_../<b>x"
    run = write_run(
        tmp_path / "0001-<b>", "1,10,3", columns=f"epoch,steps,{column}"
    )
    path = plot_run(run)
    assert not [*page(path).iter("b")]
    assert [p.name for p in path.parent.glob("*.svg")] == [
        "val_class_color_error_..__b_x.svg"
    ]


def test_runs_of_one_name_are_told_by_their_folders(run, tmp_path):
    twin = write_run(tmp_path / "more" / "0001-toy", "1,10,4,0.5,30")
    tree = page(plot_run([run, twin], tmp_path / "out"))
    names = [words(item) for item in tree.find(".//section/ul")]
    assert [name.replace("…", "")[-8:] for name in names] == ["0001-toy"] * 2
    assert names[0] != names[1]


def test_drawing_again_replaces_and_keeps_what_is_not_its_own(run):
    path = plot_run(run)
    (path.parent / "notes.txt").write_text("mine")
    before = path.read_bytes()
    assert plot_run(run).read_bytes() == before
    assert (path.parent / "notes.txt").read_text() == "mine"


@pytest.mark.parametrize("twice", [True, False])
def test_no_run_or_one_twice_is_refused(run, twice):
    words = (
        "given once. Received: .*several" if twice else "must be a run to pl"
    )
    with pytest.raises(ValueError, match=words):
        plot_run([run, run] if twice else [])


def test_a_history_of_no_losses_is_refused(tmp_path):
    run = write_run(tmp_path / "0001", "1,10", columns="epoch,steps")
    with pytest.raises(ValueError, match="columns of numbers beside epoch and"):
        plot_run(run)


def test_a_folder_that_cannot_be_written_is_named(run, tmp_path):
    (tmp_path / "file").write_text("")
    with pytest.raises(ValueError, match="must be a file that can be written"):
        plot_run(run, tmp_path / "file")
