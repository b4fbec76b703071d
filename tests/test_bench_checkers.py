"""Checkers of citations side by side: each is asked of the same claims, and one that is not installed is named."""

import json
from pathlib import Path

import pytest

from tests.bench import checkers
from tests.bench.checkers import ClaimSet, balanced, best_bar, called_by_overlap, overlap, overlaps, rows_of, table
from tests.samples import GRAPHS

ROWS = [
    {"id": 1, "claim": GRAPHS.title, "title": GRAPHS.title, "label": "supported"},
    {"id": 2, "claim": "Kilns crack glazes.", "title": GRAPHS.title, "label": "unsupported"},
]
PAPERS = {GRAPHS.title: GRAPHS}


def quiet(*_: object) -> None:
    return None


def test_word_overlap_is_the_share_of_a_claims_words_that_title_and_abstract_have() -> None:
    assert overlap(GRAPHS.title, GRAPHS) == 1.0
    assert overlap("Kilns crack glazes.", GRAPHS) == 0.0
    assert overlap("and the", GRAPHS) == 0.0


def test_the_bar_is_the_best_of_the_other_sets() -> None:
    scored = overlaps(ClaimSet("one", (), ROWS), PAPERS)
    assert best_bar(scored) == 1.0
    called = called_by_overlap({"one": scored, "other": scored})
    assert [(truth, said) for truth, said, _ in called["one"]] == [(True, True), (False, False)]


def test_balanced_accuracy_is_the_mean_of_both_sides_that_are_there() -> None:
    assert balanced([(True, True), (True, True), (False, True)]) == 0.5
    assert balanced([(True, True)]) == 1.0


def test_a_row_a_checker_tells_each_set_and_what_is_wrong_in_all() -> None:
    rows = rows_of(ClaimSet("one", (), ROWS), PAPERS, lambda *_: True, quiet)
    (row,) = table({"yes": {"one": rows}})
    assert (row["checker"], row["one"]) == ("yes", 0.5)
    assert row["right claims not marked"] == "0 of 1"
    assert row["wrong claims marked"] == "1 of 1"


def test_sets_are_those_that_are_there(tmp_path: Path) -> None:
    assert checkers.claim_sets(tmp_path) == []
    field = tmp_path / "fields" / "soil"
    field.mkdir(parents=True)
    (field / "claims.jsonl").write_text("".join(json.dumps(row) + "\n" for row in ROWS), encoding="utf-8")
    (found,) = checkers.claim_sets(tmp_path)
    assert (found.name, found.files, len(found.rows)) == ("soil", (field / "papers.txt",), 2)


def test_a_checker_that_is_not_installed_is_named_with_what_installs_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(checkers, "PEERS", ("no_such_checker",))
    said: list[str] = []
    assert checkers.peers(tmp_path, said.append) == {}
    assert "no_such_checker" in said[0]
    assert "peers.txt" in said[0]
