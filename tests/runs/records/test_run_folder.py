import concurrent.futures

import pytest

from keras_pix2pixhd.runs.records.run_folder import (
    new_run_folder,
    remove_leftovers,
    write_text,
)


def test_folders_are_numbered_on(tmp_path):
    output = tmp_path / "deep" / "runs"
    names = [new_run_folder(output, name).name for name in ("toy", "b", "toy")]
    assert names == ["0001-toy", "0002-b", "0003-toy"]
    assert sorted(path.name for path in output.iterdir()) == sorted(names)


def test_a_gap_is_not_filled_and_other_names_do_not_count(tmp_path):
    for name in ("0007-toy", "notes", "123", "x-0009"):
        (tmp_path / name).mkdir()
    (tmp_path / "0011-file").write_text("")
    assert new_run_folder(tmp_path, "toy").name == "0012-toy"


def test_numbers_go_on_beyond_four_digits(tmp_path):
    (tmp_path / "9999-toy").mkdir()
    assert new_run_folder(str(tmp_path), "toy").name == "10000-toy"
    assert new_run_folder(str(tmp_path), "toy").name == "10001-toy"


def test_runs_that_start_at_once_never_share_a_folder(tmp_path):
    with concurrent.futures.ThreadPoolExecutor(8) as pool:
        folders = list(
            pool.map(lambda _: new_run_folder(tmp_path, "toy"), range(40))
        )
    assert len(set(folders)) == 40
    assert all(folder.is_dir() for folder in folders)


def test_an_output_that_is_a_file_is_refused(tmp_path):
    path = tmp_path / "file"
    path.write_text("mine")
    for output in (path, path / "below"):
        with pytest.raises(ValueError) as error:
            new_run_folder(output, "toy")
        text = str(error.value)
        assert f"must be writable. Received: {output}: " in text
        assert text.endswith("Choose another with --output.")
    assert path.read_text() == "mine"


def test_an_output_behind_a_scheme_is_refused():
    words = "of this machine, .* Received: gs://bucket/runs. Mount it"
    with pytest.raises(ValueError, match=words):
        new_run_folder("gs://bucket/runs", "toy")


def test_text_is_written_whole_or_not_at_all(tmp_path):
    path = tmp_path / "a.json"
    write_text(path, "old")
    with pytest.raises(UnicodeEncodeError):
        write_text(path, "new \ud800")
    assert path.read_text() == "old"
    write_text(path, "ä")
    assert path.read_text(encoding="utf-8") == "ä"
    assert [p.name for p in tmp_path.iterdir()] == ["a.json"]


def test_what_a_killed_process_had_begun_to_write_is_removed(tmp_path):
    hexadecimal = "0123456789abcdef" * 2
    (tmp_path / "saved_model" / ".1.ab_c12de").mkdir(parents=True)
    kept = ["model.keras", ".gitignore", ".DS_Store", "saved_model"]
    for name in kept[:3]:
        (tmp_path / name).write_text("mine")
    for name in (f".{hexadecimal}.part", f".{hexadecimal}.part.keras"):
        (tmp_path / name).write_text("half")
    remove_leftovers(tmp_path)
    assert sorted(p.name for p in tmp_path.iterdir()) == sorted(kept)
    assert list((tmp_path / "saved_model").iterdir()) == []
