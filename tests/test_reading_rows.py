"""The questions that reading is to be learned from: their form, no doubles, and what there is of each kind."""

import json
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from paperchat.storage.readers.listing import read_page
from paperchat.text.cleaning import normalised
from tests.reading.collections import NUMBERS, TYPES, page_of, papers_of, question_of, rows_of

FOLDER = Path(__file__).parent / "reading"
KINDS = {
    "one": 0.34, "compare": 0.16, "list": 0.16, "count": 0.04, "overview": 0.08, "set": 0.04, "assistant": 0.04,
    "last": 0.05, "off": 0.07, "order": 0.02,
}  # fmt: skip
MEANS = {"alone", "last", "cited", "one", "narrower", "wider", "change", "edit", "answer"}
REGISTERS = {"careful", "sloppy", "telegraphic", "polite", "nonnative", "phone", "spoken", "expert"}
WANTS = {
    "number", "name", "place", "time", "reason", "way", "yesno", "definition", "quote", "papers", "table", "text",
    "none",
}  # fmt: skip
ACTS = {
    "set.count", "set.list", "set.themes", "set.years", "set.added", "set.about", "assistant.hello", "assistant.thanks",
    "assistant.chat", "assistant.help", "assistant.files", "assistant.languages", "assistant.who", "assistant.trust",
    "last.sure", "last.why", "last.cite", "last.shorter", "last.longer", "last.simpler", "last.translate", "last.again",
    "order", "empty", "cite.named",
}  # fmt: skip
OF = {"empty": "assistant", "cite.named": "set"}
"""The kind of an act whose name does not begin with it."""
NEAR = 0.02
"""How far the share of a kind may be from what was wanted."""


def rows(name: str) -> list[dict[str, Any]]:
    files = sorted(FOLDER.glob(f"{name}-*.jsonl"))
    return [json.loads(line) for file in files for line in file.read_text(encoding="utf-8").splitlines()]


QUESTIONS, CONVERSATIONS = rows("questions"), rows("conversations")
TOLD = {
    row["id"]: row["act"] for row in map(json.loads, (FOLDER / "acts.jsonl").read_text(encoding="utf-8").splitlines())
}
"""The act of each row of the two hands that is a request, by id."""


def test_a_question_says_what_it_is() -> None:
    for row in QUESTIONS:
        fields = {"id", "field", "register", "kind", "wants", "names", "about", "excludes", "question"}
        assert {*row} - {"lang", "act"} == fields, row["id"]
        assert row["kind"] in KINDS, row["id"]
        assert row["wants"] in WANTS, row["id"]
        assert row["register"] in REGISTERS, row["id"]
        assert all(name in row["question"] for name in row["names"]), row["id"]
        assert row["question"].strip() == row["question"] != "", row["id"]


def test_a_conversation_says_what_its_last_question_means() -> None:
    for row in CONVERSATIONS:
        fields = {"id", "field", "register", "turns", "question", "means", "alone", "papers"}
        assert {*row} - {"lang"} == fields, row["id"]
        assert row["means"] in MEANS, row["id"]
        cited = {title for turn in row["turns"] for title in turn["papers"]}
        assert set(row["papers"]) <= cited, row["id"]
        assert bool(row["alone"]) == (row["means"] != "answer"), row["id"]
        assert all({*turn} == {"question", "answer", "papers"} for turn in row["turns"]), row["id"]


def test_no_question_stands_there_twice() -> None:
    said = Counter(normalised(row["question"]) or row["question"] for row in QUESTIONS)
    assert [text for text, times in said.items() if times > 1] == []
    ids = [row["id"] for row in (*QUESTIONS, *CONVERSATIONS)]
    assert len(ids) == len(set(ids))


def test_each_request_has_its_act_and_no_other_row_has() -> None:
    requests = {row["id"] for row in QUESTIONS if "act" not in row and _is_request(row["kind"])}
    assert set(TOLD) == requests
    for row in QUESTIONS:
        act = row.get("act", TOLD.get(row["id"], ""))
        assert act in ACTS | {""}, row["id"]
        assert OF.get(act, act.partition(".")[0]) == (row["kind"] if _is_request(row["kind"]) else ""), row["id"]


def test_no_act_is_rare_and_what_only_looks_like_one_is_there() -> None:
    acts = Counter(row.get("act", TOLD.get(row["id"])) for row in QUESTIONS)
    assert {act: acts[act] for act in ACTS if acts[act] < 14} == {}
    assert acts[""] >= 60


def _is_request(kind: str) -> bool:
    return kind in {"set", "assistant", "last", "order"}


@pytest.mark.parametrize("hand", ["a", "b"])
def test_each_hand_keeps_the_balance_of_kinds(hand: str) -> None:
    own = [row for row in QUESTIONS if row["id"].startswith(hand)]
    shares = {kind: count / len(own) for kind, count in Counter(row["kind"] for row in own).items()}
    assert {kind: share for kind, share in shares.items() if abs(share - KINDS[kind]) > NEAR} == {}
    registers = Counter(row["register"] for row in own)
    assert min(registers[register] for register in REGISTERS) > len(own) / 10


@pytest.mark.parametrize("number", NUMBERS)
def test_a_question_over_a_collection_points_to_its_papers_and_sentences(number: int) -> None:
    papers = papers_of(number)
    for row in rows_of(number):
        assert row["type"] in {*TYPES, "overview", "premise", "last"}, row["id"]
        assert row["wants"] in WANTS, row["id"]
        assert row["register"] in REGISTERS, row["id"]
        assert all(name.lower() in row["question"].lower() for name in row["names"] + row["excludes"]), row["id"]
        told = {paper: len(papers[paper - 1]["abstract"]) for paper in (*row["papers"], *row["also"])}
        assert all(sentence < told[paper] for paper, sentence in row["evidence"]), row["id"]
        if row["type"] in ("fact", "compare", "list", "count", "premise"):
            assert {paper for paper, _ in row["evidence"]} == set(row["papers"]), row["id"]
        assert bool(row["turns"]) == (row["type"] == "followup"), row["id"]
        assert row.get("means") in (MEANS if row["turns"] else {None}), row["id"]


@pytest.mark.parametrize("number", NUMBERS)
def test_a_collection_is_written_as_paperchat_reads_it(number: int, tmp_path: Path) -> None:
    (page := tmp_path / "papers.txt").write_text(page_of(papers_of(number)), encoding="utf-8")
    papers = read_page(page)
    assert [one.title for one in papers] == [one["title"] for one in papers_of(number)]
    asked = [question_of(row, papers_of(number)) for row in rows_of(number) if row["type"] in TYPES]
    quotes = {quote["quote"] for row in asked for quote in row["evidence"]}
    abstracts = " ".join(one.abstract for one in papers)
    assert [quote for quote in quotes if quote not in abstracts] == []
