import xml.etree.ElementTree as ET

import pytest

from keras_pix2pixhd import plot_run
from tests.evaluation.report.parsed_page import parsed, words

COLUMNS = "epoch,steps,generator_loss,discriminator_loss,val_l1"


def write_run(folder, *rows, columns=COLUMNS):
    folder.mkdir(parents=True)
    text = "\n".join([columns, *rows]) + "\n"
    (folder / "history.csv").write_text(text)
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
    return [
        svg.get("aria-label")
        for svg in tree.iter("svg")
        if svg.get("role") == "img"
    ]


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
        "drawn by step, because epochs are not of one length or begin again",
    ]
    assert charts(tree)[0] == "Generator's loss by steps"
    captions = [words(caption) for caption in tree.iter("figcaption")]
    best = "Best: 0001-toy: 20 at steps 20; 0002-toy: 40 at steps 25. "
    assert captions[-1].startswith(best)


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
