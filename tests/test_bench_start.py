"""The table of `make bench-start`."""

from tests.bench.start import table


def test_a_start_is_told_as_a_ratio_of_each_round() -> None:
    rows = table({"import chromadb": [(1.0, 0.5), (4.0, 0.5)], "paperchat ask": [(2.0, 1.0), (4.0, 2.0)]})
    ratios = {row["measure"]: row for row in rows if row["what"] == "paperchat ask / import chromadb"}
    assert (ratios["seconds"]["min"], ratios["seconds"]["median"], ratios["seconds"]["max"]) == (1.0, 1.5, 2.0)
    assert ratios["CPU seconds"]["max"] == 4.0
