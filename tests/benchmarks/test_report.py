from benchmarks.harness.report import ratio_lines, side_lines, table
from benchmarks.harness.sides import Side
from benchmarks.harness.turns import Measured
from benchmarks.harness.work import Work

OURS = Side("ours", "jax", "float32")
REFERENCE = Side("reference", "torch", "float32")
GIB = 2**30


def measured(seconds, memory):
    return Measured(seconds, memory * GIB, GIB, False, 0.0, "here", 9.0)


FOUND = {
    OURS.name: measured([1.0, 2.0, 6.0], 3),
    REFERENCE.name: measured([2.0, 2.0, 4.0], 6),
}


def test_columns_of_a_table_are_aligned():
    assert table([["", "GiB"], ["ours", "2"]]) == [
        "|      | GiB |",
        "|------|-----|",
        "| ours |   2 |",
    ]


def test_the_ratio_is_the_median_of_those_of_the_pairs():
    assert ratio_lines([OURS, REFERENCE], FOUND) == [
        "jax float32 / reference float32: time 1.000, median of 3 pairs "
        "(0.500 to 1.500); memory 0.500"
    ]


def test_rates_are_operations_by_the_median_of_seconds():
    # a forward pass of 120.69 GFLOP in 2 s, where 100 GFLOP/s are possible
    peaks = {("jax", "float32"): 100e9, ("torch", "float32"): 50e9}
    work = Work(task="generate")
    row = side_lines(work, [OURS, REFERENCE], FOUND, peaks)[2]
    cells = [cell.strip() for cell in row.strip("|").split("|")]
    assert cells == [
        "jax float32",
        "2",
        "1 to 6",
        "9",
        "60",
        "100",
        "60%",
        "3.00",
        "1.00",
    ]
