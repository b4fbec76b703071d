"""Questions and claims by hand over real abstracts: their form, their balance, nothing twice, and that they fit."""

import json
from collections import Counter
from typing import Any

import pytest

from tests.reading.collections import question_of
from tests.test_reading_rows import REGISTERS, WANTS
from tests.train.abstracts import FOLDER, KEPT, NUMBERS, SINGLE, papers_of, read_lines, rows_of, written
from tests.train_checker import SHARED

ROWS = read_lines("abstracts.jsonl")
COLLECTIONS = json.loads((FOLDER / "collections.json").read_text(encoding="utf-8"))
LABELS = {"supported", "contradicted", "neutral"}
TYPES = {"list", "count", "compare", "followup", "fact", "near", "off"}
MEANS = {"last", "cited", "one", "narrower", "wider", "change"}

beside = pytest.mark.skipif(not (SHARED / "bench").is_dir(), reason="needs the abstracts, beside the repository")


def test_a_row_is_a_paper_with_questions_and_claims() -> None:
    for row in ROWS:
        assert {*row} - {"asked"} == {"from", "id", "sentences", "hand", "claims"}, row["id"]
        for one in row.get("asked", ()):
            assert set(one) == {"q", "answers"}, one["q"]
            assert all(0 <= place < row["sentences"] for place in one["answers"]), one["q"]
        for one in row["claims"]:
            assert set(one) == {"claim", "label", "kind", "evidence"}, one["claim"]
            assert (one["kind"] in ("far", "near")) == (one["label"] == "supported"), one["claim"]
            assert one["label"] in LABELS, one["claim"]
            assert all(0 <= place < row["sentences"] for place in one["evidence"]), one["claim"]


def test_of_each_paper_one_question_is_not_answered_and_half_of_the_claims_are_wrong() -> None:
    for row in ROWS:
        if asked := row.get("asked"):
            assert [bool(one["answers"]) for one in asked] == [True, True, True, False], row["id"]
        assert 2 * sum(one["label"] == "supported" for one in row["claims"]) == len(row["claims"]), row["id"]
    kinds = Counter(one["kind"] for row in ROWS for one in row["claims"] if one["label"] != "supported")
    assert min(kinds.values()) >= 0.06 * kinds.total()


def test_nothing_is_there_twice_and_no_paper_is_learned_from_and_kept() -> None:
    names = [f"{row['from']} {row['id']}" for row in ROWS] + [name for own in COLLECTIONS.values() for name in own]
    assert len(names) == len(set(names))
    asked = [one["q"].lower() for row in ROWS for one in row.get("asked", ())]
    claims = [one["claim"].lower() for row in ROWS for one in row["claims"]]
    assert [text for text, times in Counter([*asked, *claims]).items() if times > 1] == []
    assert any(row["hand"] == KEPT for row in ROWS)


@pytest.mark.parametrize("number", NUMBERS)
def test_a_question_over_a_collection_says_what_it_is_and_what_answers_it(number: int) -> None:
    papers, ids = len(COLLECTIONS[str(number)]), set[str]()
    for row in rows_of(number):
        fields = {"id", "type", "register", "wants", "question", "about", "names", "excludes", "papers", "also"}
        assert {*row} - {"means", "alone"} == {*fields, "evidence", "turns"}, row["id"]
        assert (row["type"] in TYPES, row["register"] in REGISTERS, row["wants"] in WANTS) == (True, True, True)
        assert all(word in row["question"] for word in (*row["names"], *row["excludes"])), row["id"]
        assert all(1 <= paper <= papers for paper in (*row["papers"], *row["also"])), row["id"]
        assert {paper for paper, _ in row["evidence"]} <= set(row["papers"]), row["id"]
        assert (row["type"] == "followup") == bool(row["turns"]) == (row.get("means") in MEANS), row["id"]
        assert bool(row["turns"]) == bool(row.get("alone")), row["id"]
        assert row["id"] not in ids
        ids.add(row["id"])


@beside
def test_numbers_mean_the_sentences_that_they_were_written_for() -> None:
    assert len(written()) == len(ROWS)


@beside
@pytest.mark.parametrize("number", [*NUMBERS, SINGLE])
def test_each_question_over_a_collection_names_sentences_that_are_there(number: int) -> None:
    papers = papers_of(number)
    found: list[dict[str, Any]] = [question_of(row, papers) for row in rows_of(number)]
    assert all(one["quote"] for row in found for one in row["evidence"])
