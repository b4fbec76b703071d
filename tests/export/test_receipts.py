"""Receipts: what an answer rests on, word for word, and what a replay says when any of it is no longer so."""

import hashlib
import json
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from markdown_it import MarkdownIt

from paperchat import __version__
from paperchat.cli.main import main
from paperchat.errors import InputError
from paperchat.export.receipt_markdown import to_markdown
from paperchat.export.receipts import Index, Quotation, Receipt, cited_ids, make_receipt, read_receipt, to_json
from paperchat.export.replay import replay
from paperchat.text.sentences import split_sentences
from paperchat.types import Answer, AnswerSentence, Citation, Paper, Table
from tests.fake_app import cite, make_result
from tests.samples import GRAPHS, PAPERS, SPEECH, TREES, paper
from tests.scripted_ollama import Model, ScriptedOllama

INDEX = Index(3, "0123456789abcdef", "hash")
SETTINGS = {"num_ctx": 4096, "papers": 8}
DIGEST = "d" * 64
STORE = {one.id: one for one in PAPERS}


def an_answer() -> Answer:
    graphs, speech = make_result(GRAPHS, 1), make_result(SPEECH, 2)
    sentences = (
        AnswerSentence("Errors fall.", (cite(speech, 1),), "supported", "3.1 points, in the same words"),
        AnswerSentence("GraphMAE reaches 84.2%.", (cite(graphs, 1), cite(speech, 0)), "partly", "Cora is not named"),
        AnswerSentence("Nobody knows."),
    )
    return Answer("What falls?", (graphs, speech), sentences, stage="done", model="m:1b", model_digest=DIGEST)


def a_receipt(answer: Answer | None = None) -> Receipt:
    return make_receipt(answer or an_answer(), INDEX, SETTINGS, "0.1.0", "2026-11-23T09:00:00+00:00")


def first_citation(receipt: Receipt, change: Callable[[Quotation], Quotation]) -> Receipt:
    """The receipt with its first citation changed by hand."""
    first, *others = receipt.sentences
    return replace(receipt, sentences=(replace(first, citations=(change(first.citations[0]),)), *others))


def statuses(receipt: Receipt, store: dict[str, Paper]) -> list[str]:
    return [finding.status for finding in replay(receipt, store, INDEX, DIGEST).citations]


def test_a_receipt_holds_question_text_citations_verdicts_model_settings_index_version_and_time() -> None:
    row = json.loads(to_json(a_receipt()))
    assert (row["question"], row["text"]) == ("What falls?", "Errors fall. GraphMAE reaches 84.2%. Nobody knows.")
    assert row["sentences"][0]["verdict"] == "supported"
    assert row["sentences"][0]["reason"] == "3.1 points, in the same words"
    (quotation,) = row["sentences"][0]["citations"]
    assert (quotation["id"], quotation["title"]) == (SPEECH.id, SPEECH.title)
    assert quotation["quote"] == "Word errors fall by 3.1 points on LibriSpeech."
    assert SPEECH.abstract[quotation["start"] : quotation["end"]] == quotation["quote"]
    assert row["model"] == {"name": "m:1b", "digest": DIGEST}
    assert row["settings"] == SETTINGS
    assert row["index"] == {"papers": 3, "digest": INDEX.digest, "embedder": "hash"}
    assert (row["paperchat"], row["saved"]) == ("0.1.0", "2026-11-23T09:00:00+00:00")
    assert row["retrieved"] == [GRAPHS.title, SPEECH.title]


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


def damaged(change: Callable[[dict[str, Any]], Any]) -> str:
    row = json.loads(to_json(a_receipt()))
    change(row)
    return json.dumps(row)


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("", "no receipt"),
        (to_json(a_receipt())[:-200], "no receipt, or a damaged one"),
        ("[]", "no receipt"),
        ('{"kind": "invoice"}', "kind"),
        ("[" * 100_000, "no receipt"),
        (damaged(lambda row: row.pop("index")), "index"),
        (damaged(lambda row: row["sentences"][0]["citations"][0].update(start="7")), "sentences.0.citations.0.start"),
        (damaged(lambda row: row["sentences"].append(None)), "sentences.3"),
        (damaged(lambda row: row.update(version=3)), "version 3"),
        (to_markdown(a_receipt(), []), "in Markdown"),
        (" " * 10_000_001, "at most"),
    ],
    ids=["empty", "cut", "a list", "foreign", "deep", "no index", "a text", "null", "newer", "Markdown", "large"],
)
def test_a_damaged_or_foreign_file_is_refused_in_one_line(text: str, says: str) -> None:
    with pytest.raises(InputError, match=says) as refused:
        read_receipt(text, "r.json")
    assert "\n" not in str(refused.value)
    assert str(refused.value).startswith("r.json ")
    assert len(str(refused.value)) < 400


def rendered(text: str) -> tuple[str, set[str]]:
    """The text that a reader of the Markdown sees, and the kinds of its parts."""
    tokens = MarkdownIt("gfm-like", {"linkify": False}).parse(text)
    parts = [part for token in tokens for part in (token, *(token.children or ()))]
    words = "".join("\n" if p.type == "softbreak" else p.content for p in parts if p.type in ("text", "softbreak"))
    return words, {p.type for p in parts}


PLAIN = {
    "heading_open", "heading_close", "paragraph_open", "paragraph_close", "inline", "text", "softbreak", "strong_open",
    "strong_close", "em_open", "em_close", "blockquote_open", "blockquote_close", "ordered_list_open", "list_item_open",
    "list_item_close", "ordered_list_close", "bullet_list_open", "bullet_list_close", "text_special",
}  # fmt: skip


def test_markdown_numbers_citations_by_first_use_and_ends_with_the_references() -> None:
    receipt = a_receipt()
    assert cited_ids(receipt) == (SPEECH.id, GRAPHS.id)
    words, kinds = rendered(to_markdown(receipt, ["“Speech.”", "“Graphs.”"]))
    assert kinds <= PLAIN
    assert "Errors fall. [1] (supported: 3.1 points, in the same words)" in words.replace("\n", " ")
    assert "Word errors fall by 3.1 points on LibriSpeech." in words
    assert "GraphMAE reaches 84.2%. [2][1]" in words
    assert "digest " + DIGEST in words
    assert "2026-11-23T09:00:00+00:00" in words
    assert words.endswith("References“Speech.”“Graphs.”")


@pytest.mark.parametrize(
    "hostile",
    [
        "![x](https://e.example/x.png) [y](javascript:alert(1))",
        "<script>alert(1)</script> <img src=x onerror=alert(1)>",
        "# A heading\n\n- a list\n---\n```\ncode",
        "`code` *em* **strong** __u__ ~~gone~~ $x$ \\ &lt; <https://e.example>",
        "| a | b |\n|---|---|\n| c | d |",
        "1. first",
        "= underlined",
        "85.3\\% of \\emph{all}",
    ],
)
def test_hostile_text_is_text_in_markdown(hostile: str) -> None:
    one = paper(f"T {hostile}", f"{hostile}")
    citation = Citation(one.id, one.title, one.abstract, 0, len(one.abstract))
    result = make_result(one, 1)
    sentences = (AnswerSentence(hostile, (citation,), "partly", hostile), AnswerSentence(f"{hostile} so", (citation,)))
    answer = Answer(hostile, (result,), sentences, stage="done", model=hostile, notices=(hostile,))
    words, kinds = rendered(to_markdown(a_receipt(answer), [hostile]))
    assert kinds <= PLAIN
    line = " ".join(hostile.split())
    assert words.count(line) >= 8  # question, two sentences, reason, quote, title twice, notice, model, reference


def test_a_verbatim_answer_shows_its_sentence_once() -> None:
    start, end = next(iter(split_sentences(TREES.abstract)))
    quote = TREES.abstract[start:end]
    sentence = AnswerSentence(quote, (Citation(TREES.id, TREES.title, quote, start, end),))
    words, _ = rendered(to_markdown(a_receipt(Answer("Trees?", (make_result(TREES, 1),), (sentence,))), ["Trees."]))
    assert words.count(quote) == 1
    assert f"{TREES.title}, characters {start} to {end}" in words


def test_the_command_line_writes_and_replays_receipts(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    page = "Mar 12\n\n" + "\n\n".join(f"{one.title}\n\n{one.abstract}" for one in PAPERS) + "\n"
    (tmp_path / "page.txt").write_text(page)
    data = ["--data", str(tmp_path / "store")]
    assert main(["index", str(tmp_path / "page.txt"), *data]) == 0
    file, model = tmp_path / "r.json", Model(digest="a" * 64)
    with ScriptedOllama(models=[model]) as server:
        monkeypatch.setenv("OLLAMA_HOST", server.url)
        server.replies(['{"sentences": [{"text": "Errors fall.", "cites": ["1a"]}]}'])
        assert main(["ask", "By how much do word errors fall?", "--receipt", str(file), *data]) == 0
        written = file.read_text()
        row = json.loads(written)
        assert row["model"] == {"name": model.name, "digest": "a" * 64}
        assert row["paperchat"] == __version__
        assert row["index"]["papers"] == 3
        assert str(tmp_path) not in written
        capsys.readouterr()
        assert main(["replay", str(file), *data]) == 0
        assert "unchanged" in capsys.readouterr().out

    with ScriptedOllama(models=[replace(model, digest="b" * 64)]) as server:
        monkeypatch.setenv("OLLAMA_HOST", server.url)
        row["sentences"][0]["citations"][0]["start"] += 1
        file.write_text(json.dumps(row))
        assert main(["replay", str(file), "--json", *data]) == 1
    told = json.loads(capsys.readouterr().out)
    assert told["citations"][0]["status"] == "the offsets were tampered with"
    assert "digest differs" in " ".join(told["problems"])


def test_the_command_line_refuses_in_one_line(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "bad.json").write_text("{")
    for arguments, says in (
        (["ask", "x", "--receipt", str(tmp_path / "r.txt")], "does not end in .json or .md"),
        (["ask", "x", "--receipt", str(tmp_path / "none" / "r.md")], "Cannot write"),
        (["ask", "--questions", "q.jsonl", "--receipt", "r.md"], "q.jsonl"),
        (["replay", str(tmp_path / "bad.json")], "no receipt, or a damaged one"),
        (["replay", str(tmp_path / "none.json")], "Cannot read"),
    ):
        assert main([*arguments, "--data", str(tmp_path / "store")]) == 1
        error = capsys.readouterr().err
        assert says in error
        assert error.count("\n") == 1
    assert not (tmp_path / "store").exists()


def a_comparison() -> Answer:
    answer = an_answer()
    graphs, speech = answer.results
    rows = (
        (AnswerSentence(cite(graphs).quote, (cite(graphs),)), AnswerSentence(cite(speech).quote, (cite(speech),))),
        (None, AnswerSentence("3.1 | points", (cite(speech, 1),), "supported", "It says so.")),
    )
    return replace(answer, table=Table(("idea", "results"), (GRAPHS, SPEECH), rows))


def test_a_receipt_holds_the_cells_of_the_table_with_their_citations() -> None:
    receipt = a_receipt(a_comparison())
    assert read_receipt(to_json(receipt), "r.json") == receipt
    table = json.loads(to_json(receipt))["table"]
    assert (table["aspects"], table["papers"]) == (["idea", "results"], [GRAPHS.title, SPEECH.title])
    assert table["cells"][1][0] is None
    cell = table["cells"][1][1]
    assert (cell["text"], cell["verdict"], cell["reason"]) == ("3.1 | points", "supported", "It says so.")
    (quotation,) = cell["citations"]
    assert SPEECH.abstract[quotation["start"] : quotation["end"]] == quotation["quote"]
    only = a_receipt(replace(a_comparison(), sentences=()))
    assert cited_ids(only) == (GRAPHS.id, SPEECH.id)


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


def test_markdown_shows_the_table_with_the_place_of_each_cell() -> None:
    text = to_markdown(a_receipt(a_comparison()), ["“Speech.”", "“Graphs.”"])
    words, kinds = rendered(text)
    assert "table_open" in kinds
    place = cite(make_result(SPEECH, 2), 1)
    assert f"3.1 | points “{place.quote}” [1] characters {place.start} to {place.end}" in words
    assert "not stated in the abstract" in words
    assert "idea" in words


OLDER = {
    "kind": "paperchat answer receipt", "version": 1, "saved": "2026-11-23T09:00:00+00:00", "paperchat": "0.1.0",
    "question": "What falls?", "text": "Errors fall.", "abstained": False, "stage": "done", "sentences": [],
    "retrieved": [], "notices": [], "model": None, "settings": {"papers": 8},
    "index": {"papers": 3, "digest": "0123456789abcdef", "embedder": "hash"}, "digest": "",
}  # fmt: skip


def test_a_receipt_of_the_first_version_still_replays() -> None:
    digest = hashlib.sha256(json.dumps(OLDER, sort_keys=True).encode()).hexdigest()
    receipt = read_receipt(json.dumps({**OLDER, "digest": digest}), "old.json")
    assert replay(receipt, STORE, INDEX, None).holds
    assert not replay(replace(receipt, text="Errors rise."), STORE, INDEX, None).holds
    assert not replay(replace(receipt, table=a_receipt(a_comparison()).table), STORE, INDEX, None).holds
