"""A receipt in Markdown: what is read there, and hostile text as text."""

from dataclasses import replace

import pytest
from markdown_it import MarkdownIt

from paperchat.export.receipt_markdown import to_markdown
from paperchat.export.receipts import cited_ids
from paperchat.text.sentences import split_sentences
from paperchat.types import Answer, AnswerSentence, Citation
from tests.fake_app import cite, make_result
from tests.receipts import DIGEST, a_comparison, a_receipt, an_answer
from tests.samples import GRAPHS, SPEECH, TREES, paper


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
    sentences = (AnswerSentence(hostile, (citation,), "unsure", hostile), AnswerSentence(f"{hostile} so", (citation,)))
    answer = Answer(hostile, (result,), sentences, stage="done", model=hostile, notices=(hostile,), shown=(citation,))
    words, kinds = rendered(to_markdown(a_receipt(answer), [hostile]))
    assert kinds <= PLAIN
    line = " ".join(hostile.split())
    assert (
        words.count(line) >= 10
    )  # question, two sentences, reason, quote, title thrice, notice, model, what was shown, reference


def test_markdown_tells_what_the_model_was_shown_and_how_long_each_step_took() -> None:
    words, kinds = rendered(to_markdown(a_receipt(), ["“Speech.”", "“Graphs.”"]))
    assert kinds <= PLAIN
    shown = words.partition("What the model was shown")[2].partition("References")[0]
    graphs, speech = make_result(GRAPHS, 1), make_result(SPEECH, 2)
    quotes = [cite(graphs, 0).quote, cite(graphs, 1).quote]
    order = (f"[2] {GRAPHS.title}", *quotes, f"[1] {SPEECH.title}", cite(speech, 1).quote)
    places = [shown.index(text) for text in order]
    assert places == sorted(places)
    for line in (
        "Prompt: 1,234 tokens",
        "papers retrieved 8",
        "Papers found, sentences chosen: 0.2 s",
        "Written: 1.5 s",
    ):
        assert line in words
    without = to_markdown(a_receipt(replace(an_answer(), shown=(), prompt_tokens=None, timings={})), [])
    assert "shown" not in without
    assert "Prompt" not in without


def test_a_verbatim_answer_shows_its_sentence_once() -> None:
    start, end = next(iter(split_sentences(TREES.abstract)))
    quote = TREES.abstract[start:end]
    sentence = AnswerSentence(quote, (Citation(TREES.id, TREES.title, quote, start, end),))
    words, _ = rendered(to_markdown(a_receipt(Answer("Trees?", (make_result(TREES, 1),), (sentence,))), ["Trees."]))
    assert words.count(quote) == 1
    assert f"{TREES.title}, characters {start} to {end}" in words


def test_markdown_shows_the_table_with_the_place_of_each_cell() -> None:
    text = to_markdown(a_receipt(a_comparison()), ["“Speech.”", "“Graphs.”"])
    words, kinds = rendered(text)
    assert "table_open" in kinds
    place = cite(make_result(SPEECH, 2), 1)
    assert f"3.1 | points “{place.quote}” [1] characters {place.start} to {place.end}" in words
    assert "not stated in the abstract" in words
    assert "idea" in words
