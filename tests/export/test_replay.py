"""What a replay says when anything that a receipt rests on is no longer so."""

import hashlib
import json
from collections.abc import Callable
from dataclasses import replace

import pytest

from paperchat.export.receipts import Quotation, Receipt, read_receipt, to_json
from paperchat.export.replay import replay
from paperchat.types import Paper
from tests.receipts import DIGEST, INDEX, STORE, a_comparison, a_receipt, an_answer
from tests.samples import GRAPHS, SPEECH


def first_citation(receipt: Receipt, change: Callable[[Quotation], Quotation]) -> Receipt:
    """The receipt with its first citation changed by hand."""
    first, *others = receipt.sentences
    return replace(receipt, sentences=(replace(first, citations=(change(first.citations[0]),)), *others))


def statuses(receipt: Receipt, store: dict[str, Paper]) -> list[str]:
    return [finding.status for finding in replay(receipt, store, INDEX, DIGEST).citations]


def test_a_receipt_reads_back_and_holds_against_the_store_that_it_came_from() -> None:
    receipt = a_receipt()
    assert read_receipt(to_json(receipt), "r.json") == receipt
    found = replay(receipt, STORE, INDEX, DIGEST)
    assert found.holds
    assert [(f.sentence, f.citation, f.status) for f in found.citations] == [
        (1, 1, "unchanged"), (2, 1, "unchanged"), (2, 2, "unchanged"),
    ]  # fmt: skip
    assert not found.problems
    assert not found.notes


def test_a_changed_store_is_told_citation_by_citation() -> None:
    moved = replace(SPEECH, abstract=f"A new first sentence. {SPEECH.abstract}")
    assert statuses(a_receipt(), STORE | {SPEECH.id: moved}) == [
        "the sentence moved",
        "unchanged",
        "the sentence moved",
    ]
    detail = replay(a_receipt(), STORE | {SPEECH.id: moved}, INDEX, DIGEST).citations[0].detail
    start = moved.abstract.index("Word errors")
    assert detail.startswith(f"it is at {start}-{start + 46},")
    cut = replace(SPEECH, abstract=SPEECH.abstract.replace("3.1", "3.7"))
    assert statuses(a_receipt(), STORE | {SPEECH.id: cut})[0] == "the quote is no longer in the paper"
    gone = {GRAPHS.id: GRAPHS}
    assert statuses(a_receipt(), gone) == ["the paper is gone", "unchanged", "the paper is gone"]
    assert not replay(a_receipt(), gone, INDEX, DIGEST).holds


@pytest.mark.parametrize(
    ("change", "status"),
    [
        (lambda c: replace(c, start=c.start + 1), "the offsets were tampered with"),
        (lambda c: replace(c, start=c.start - 1000, end=c.end - 1000), "the offsets were tampered with"),
        (lambda c: replace(c, end=10**12), "the offsets were tampered with"),
        (lambda c: replace(c, quote=c.quote.replace("3.1", "31")), "the quote was tampered with"),
        (lambda c: replace(c, quote="", end=c.start), "the quote was tampered with"),
        (lambda c: replace(c, title="Another paper"), "the title was tampered with"),
        (lambda c: replace(c, id="0" * 12), "the paper is gone"),
    ],
)
def test_a_receipt_changed_by_hand_does_not_hold(change: Callable[[Quotation], Quotation], status: str) -> None:
    edited = first_citation(a_receipt(), change)
    found = replay(edited, STORE, INDEX, DIGEST)
    assert found.citations[0].status == status
    assert found.problems == ("The receipt was edited after it was saved.",)
    assert not found.holds


def test_any_other_edit_is_noticed_too() -> None:
    receipt = a_receipt()
    for edited in (
        replace(receipt, text="Errors rise."),
        replace(receipt, question="What rises?"),
        replace(receipt, sentences=(replace(receipt.sentences[0], verdict="unsupported"), *receipt.sentences[1:])),
        replace(receipt, digest=""),
    ):
        assert not replay(edited, STORE, INDEX, DIGEST).holds


def test_another_model_breaks_a_receipt_and_another_index_is_noted() -> None:
    assert "digest differs" in replay(a_receipt(), STORE, INDEX, "e" * 64).problems[0]
    missing = replay(a_receipt(), STORE, INDEX, None, "Run: ollama pull m:1b")
    assert missing.problems == ("The model m:1b is not there to compare with. Run: ollama pull m:1b",)
    assert not missing.holds
    larger = replay(a_receipt(), STORE, replace(INDEX, papers=4, digest="f" * 64), DIGEST)
    assert larger.holds
    assert "3 papers" in larger.notes[0]
    assert "4 papers" in larger.notes[0]
    without = a_receipt(replace(an_answer(), model=None, model_digest=""))
    assert without.model is None
    assert replay(without, STORE, INDEX, None).holds


def test_a_replay_checks_each_cell() -> None:
    receipt = a_receipt(a_comparison())
    found = replay(receipt, STORE, INDEX, DIGEST)
    assert found.holds
    assert [(f.sentence, f.citation, f.row) for f in found.citations[3:]] == [
        (0, 1, "idea"), (0, 1, "idea"), (0, 1, "results"),
    ]  # fmt: skip
    moved = replay(receipt, STORE | {GRAPHS.id: replace(GRAPHS, abstract=f"New. {GRAPHS.abstract}")}, INDEX, DIGEST)
    assert [f.status for f in moved.citations[3:]] == ["the sentence moved", "unchanged", "unchanged"]
    row = json.loads(to_json(receipt))
    row["table"]["cells"][1][1]["citations"][0]["quote"] = "Word errors fall by 31 points on LibriSpeech."
    edited = replay(read_receipt(json.dumps(row), "r.json"), STORE, INDEX, DIGEST)
    assert edited.citations[-1].status != "unchanged"
    assert edited.problems == ("The receipt was edited after it was saved.",)


OLDER = {
    "kind": "paperchat answer receipt", "version": 1, "saved": "2026-11-23T09:00:00+00:00", "paperchat": "0.1.0",
    "question": "What falls?", "text": "Errors fall.", "abstained": False, "stage": "done", "sentences": [],
    "retrieved": [], "notices": [], "model": None, "settings": {"papers": 8},
    "index": {"papers": 3, "digest": "0123456789abcdef", "embedder": "hash"}, "digest": "",
}  # fmt: skip


TABLE = {"aspects": ["idea"], "papers": [GRAPHS.title], "cells": [[None]]}

GROWN: dict[int, dict[str, object]] = {1: {}, 2: {"table": TABLE}, 3: {"table": None, "withheld": []}}
"""What each version before this one had beside the first one's fields."""


@pytest.mark.parametrize("version", GROWN)
def test_a_receipt_of_an_older_version_still_replays(version: int) -> None:
    row: dict[str, object] = {**OLDER, "version": version, **GROWN[version]}
    row["digest"] = hashlib.sha256(json.dumps(row, sort_keys=True).encode()).hexdigest()
    receipt = read_receipt(json.dumps(row), "old.json")
    assert replay(receipt, STORE, INDEX, None).holds
    new = a_receipt(a_comparison())
    for edited in (
        replace(receipt, text="Errors rise."),
        replace(receipt, table=new.table),
        replace(receipt, shown=new.shown),
        replace(receipt, prompt_tokens=1),
        replace(receipt, timings={"total": 1.0}),
    ):
        assert not replay(edited, STORE, INDEX, None).holds


def test_what_the_model_was_shown_is_compared_too_and_noted_where_it_is_another_now() -> None:
    receipt = a_receipt()
    cut = replace(GRAPHS, abstract=GRAPHS.abstract.replace(receipt.shown[0].quote, "Other words."))
    found = replay(receipt, STORE | {GRAPHS.id: cut}, INDEX, DIGEST)
    assert found.notes == ("Of 3 sentences that the model was shown, 2 are not there as they were.",)
    assert not replay(receipt, STORE, INDEX, DIGEST).notes
    assert not replay(replace(receipt, shown=receipt.shown[1:]), STORE, INDEX, DIGEST).holds
