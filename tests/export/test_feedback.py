"""What readers think of answers is a file of questions."""

import json
from dataclasses import replace
from pathlib import Path

import pytest

from paperchat.evaluation.questions import read_questions
from paperchat.export.feedback import feedback_lines, feedback_row
from paperchat.export.receipts import digest_of, read_receipt, to_json
from tests.receipts import a_comparison, a_receipt
from tests.samples import GRAPHS, SPEECH

TITLES = [GRAPHS.title, SPEECH.title]
BEFORE = [{"question": "Who?", "answer": "They.", "cited": [GRAPHS.title]}]


def test_a_good_answer_tells_its_papers_and_their_sentences_as_gold():
    receipt = a_receipt()
    row = feedback_row("f1", True, "Just so.", receipt, BEFORE)
    assert (row["type"], row["gold"], row["word"], row["history"]) == ("good", TITLES[::-1], "Just so.", BEFORE)
    quotes = {one.quote for sentence in receipt.sentences for one in sentence.citations}
    assert {one["quote"] for one in row["evidence"]} == quotes


def test_a_bad_answer_is_its_question_without_gold():
    row = feedback_row("f1", False, "", a_receipt(), [])
    assert (row["type"], row["gold"], "evidence" in row, "history" in row) == ("bad", [], False, False)


def test_what_was_rightly_not_answered_is_a_question_to_decline():
    receipt = replace(a_receipt(), abstained=True)
    assert feedback_row("f1", True, "", receipt, [])["type"] == "abstain"
    assert feedback_row("f1", False, "", receipt, [])["type"] == "bad"


@pytest.mark.parametrize("good", [True, False])
def test_the_file_is_read_by_the_evaluation_and_holds_the_receipts(tmp_path: Path, good: bool):
    receipts = [a_receipt(), a_receipt(a_comparison())]
    rows = [(feedback_row(f"f{n}", good, "", one, BEFORE), to_json(one)) for n, one in enumerate(receipts)]
    file = tmp_path / "feedback.jsonl"
    file.write_text(feedback_lines(rows), encoding="utf-8")
    questions = read_questions(file, TITLES)
    assert [one.question for one in questions] == [one.question for one in receipts]
    assert [one.history[0].cited for one in questions] == [(GRAPHS.title,)] * 2
    assert all(bool(one.gold) == good for one in questions)
    kept = [read_receipt(json.dumps(json.loads(line)["receipt"]), "it") for line in file.read_text().splitlines()]
    assert [one.digest for one in kept] == [digest_of(one) for one in kept]
