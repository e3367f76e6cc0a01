from keras_pix2pixhd.converters import ImportReport


def test_every_part_has_a_line():
    report = ImportReport(
        "x_net_G.pth",
        "GlobalGenerator",
        {"filters": 64, "normalization": "batch"},
        tensors=3,
        numbers=12345,
        ignored={"biases": ["a", "b", "c", "d"]},
        missing={"counters": ["e"]},
        notes=("fresh",),
    )
    assert str(report).splitlines() == [
        "x_net_G.pth: GlobalGenerator(filters=64, normalization='batch')",
        "  3 tensors loaded, 12,345 numbers",
        "  ignored: 4 biases (a, b, c, ...)",
        "  missing: 1 counters (e)",
        "  fresh",
    ]


def test_nothing_loaded_is_one_line():
    assert str(ImportReport("D", "Net", {})) == "D: Net()"
