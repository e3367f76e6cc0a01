import pathlib

import pytest

ROOT = pathlib.Path(__file__).parents[1]
FILES = sorted(
    path.relative_to(ROOT / "keras_pix2pixhd").as_posix()
    for path in (ROOT / "keras_pix2pixhd").rglob("*.py")
    if path.name != "__init__.py"
)


@pytest.mark.parametrize("file", FILES)
def test_the_map_has_a_line_for_the_file(file):
    text = (ROOT / "ARCHITECTURE.md").read_text()
    name = file.removeprefix("data/")
    assert f"`{name}`" in text, f"ARCHITECTURE.md does not name {file}"
