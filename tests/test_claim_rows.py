"""The claims written by hand to learn from: their form, their balance, and nothing twice."""

import json
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

FOLDER = Path(__file__).parent / "train"
LABELS = {"supported", "contradicted", "neutral"}


def rows(name: str) -> list[dict[str, Any]]:
    return [json.loads(line) for line in (FOLDER / name).read_text(encoding="utf-8").splitlines()]


@pytest.mark.parametrize("name", ["claims.jsonl", "held_out.jsonl"])
def test_each_row_is_a_paper_with_its_claims(name: str) -> None:
    for row in rows(name):
        assert set(row) == {"field", "title", "abstract", "claims"}, row["title"]
        assert 3 <= len(row["abstract"]) <= 10, row["title"]
        for one in row["claims"]:
            assert one["label"] in LABELS, one["claim"]
            assert set(one) == {"claim", "label", "kind", "evidence"}, one["claim"]
            assert all(0 <= place < len(row["abstract"]) for place in one["evidence"]), one["claim"]


@pytest.mark.parametrize("name", ["claims.jsonl", "held_out.jsonl"])
def test_labels_are_balanced(name: str) -> None:
    labels = Counter(one["label"] for row in rows(name) for one in row["claims"])
    assert 0.4 <= labels["supported"] / labels.total() <= 0.5
    assert min(labels.values()) >= 0.2 * labels.total()


def test_no_claim_or_title_is_there_twice_and_no_field_is_on_both_sides() -> None:
    learned, kept = rows("claims.jsonl"), rows("held_out.jsonl")
    claims = Counter(one["claim"].lower() for row in [*learned, *kept] for one in row["claims"])
    titles = Counter(row["title"].lower() for row in [*learned, *kept])
    assert [claim for claim, count in claims.items() if count > 1] == []
    assert [title for title, count in titles.items() if count > 1] == []
    assert not {row["field"] for row in learned} & {row["field"] for row in kept}
