import pytest

from benchmarks.harness.growth_chart import write_chart
from benchmarks.harness.sweeps import sweep
from benchmarks.harness.work import Work

pytest.importorskip("matplotlib", reason="the extra benchmarks has it")


def test_exponents_are_written_beside_the_points(tmp_path, monkeypatch):
    from matplotlib import axes, image

    said = []
    text = axes.Axes.text

    def listening(panel, x, y, words, **how):
        said.append(words)
        return text(panel, x, y, words, **how)

    monkeypatch.setattr(axes.Axes, "text", listening)
    base = Work(image_size=(128, 128), filters=32, perceptual=False)
    points = [
        {"x": x, "work": work, "seconds": x**2 / 100, "memory": x / 4}
        for x, work in sweep(base, "batch").items()
    ]
    write_chart(tmp_path / "a.png", "Title", "Below", {"batch": points})
    assert said == [
        "of operations 1.00, at the end 1.00",
        "exponent 2.00, at the end 2.00",
        "exponent 1.00, at the end 1.00",
    ]
    height, width, _ = image.imread(tmp_path / "a.png").shape
    assert height > 700 and width > 400
