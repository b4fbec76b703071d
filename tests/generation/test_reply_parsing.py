"""A model's reply, whole or still growing, as sentences with citations."""

import json

import pytest

from paperchat.generation.reply_parsing import anchored, read_reply
from paperchat.types import AnswerSentence
from tests.samples import LABELLED, shown


def test_a_sentence_copied_from_beside_the_one_it_cites_cites_the_one_it_copies() -> None:
    labelled = {
        "1a": shown("p", "Trees are rare in deserts.", 0),
        "1b": shown("p", "We prune trees by their depth.", 27),
        "2a": shown("q", "We prune trees by their depth and age.", 0),
    }
    stray = AnswerSentence("We prune trees by depth.", (labelled["1a"].citation,))
    assert anchored(stray, labelled).citations == (labelled["1b"].citation,)
    for kept in (
        AnswerSentence("Deserts have few trees.", (labelled["1a"].citation,)),
        AnswerSentence("Trees are rare and old.", ()),
    ):
        assert anchored(kept, labelled) == kept


@pytest.mark.parametrize(
    ("text", "cites", "cited"),
    [
        ("We prune trees by their depth.", ["1b", "1a"], ["1b"]),
        ("Deserts have rare trees, pruned by depth.", ["1a", "1b"], ["1a", "1b"]),
        ("Every year trees get pruned by depth and age.", ["1a"], ["1a"]),
        ("Every year Oaks get pruned by depth and age.", ["1c", "2a"], ["2a"]),
        ("They live on rain.", ["1a"], ["1a"]),
        ("We do prune rare trees by their depth, and often.", ["1a"], ["1b"]),
        ("Trees are rare in deserts: we prune trees by depth.", ["1a"], ["1a"]),
    ],
    ids=[
        "one of two",
        "both",
        "another paper is not",
        "nor a paper that only has the name",
        "none",
        "the one that has most of it",
        "not one that has little more",
    ],
)
def test_a_sentence_cites_what_says_it_alone(text: str, cites: list[str], cited: list[str]) -> None:
    labelled = {
        "1a": shown("p", "Trees are rare in deserts.", 0),
        "1b": shown("p", "We prune trees by their depth.", 27),
        "1c": shown("p", "Oaks live long.", 60),
        "2a": shown("q", "Every year trees get pruned by depth and age.", 0),
    }
    sentence = anchored(AnswerSentence(text, tuple(labelled[label].citation for label in cites)), labelled)
    assert sentence.citations == tuple(labelled[label].citation for label in cited)


def test_sentences_that_a_model_writes_as_one_are_held_against_what_they_cite_one_by_one() -> None:
    text = (
        "It masks nodes of a graph. It beats SimCLR v. 2 by 4.5 points! “Can it win? A study” says so. “Does it?” And"
    )
    sentences = read_reply(json.dumps({"sentences": [{"cites": ["1a", "2a"], "text": text}]}), LABELLED)
    assert [one.text for one in sentences] == [
        "It masks nodes of a graph.",
        "It beats SimCLR v. 2 by 4.5 points!",
        "“Can it win? A study” says so.",
        "“Does it?”",
        "And",
    ]
    assert {one.citations for one in sentences} == {(LABELLED["1a"].citation, LABELLED["2a"].citation)}


def test_the_sentence_that_alone_has_the_numbers_is_cited_too() -> None:
    labelled = {
        "1a": shown("p", "We propose WAD, which distils by weight.", 0),
        "1b": shown("p", "It wins on CIFAR10 by 4.5 points.", 41),
        "2a": shown("q", "Ours wins on CIFAR10 by 4.5 points and 3 more.", 0),
    }
    first, second = labelled["1a"].citation, labelled["1b"].citation
    sentence = AnswerSentence("The second was evaluated on CIFAR10.", (first,))
    assert anchored(sentence, labelled).citations == (first, second)
    for kept in ("WAD distils by weight.", "It was evaluated on SVHN."):
        assert anchored(AnswerSentence(kept, (first,)), labelled).citations == (first,)


def test_a_reply_is_read_at_every_moment_of_its_stream() -> None:
    raw = json.dumps(
        {"sentences": [{"text": "It masks [1a] nodes.", "cites": ["1b", "9z"]}, {"text": "B.", "cites": ["2a"]}]}
    )
    previous = ""
    for end in range(len(raw) + 1):
        text = " ".join(sentence.text for sentence in read_reply(raw[:end], LABELLED))
        assert len(text) >= len(previous) - len(" [1a]")
        previous = text
    first, second = read_reply(raw, LABELLED)
    assert first.text == "It masks nodes."
    assert [c.quote for c in first.citations] == ["quote two", "quote one"]
    assert second.citations == (LABELLED["2a"].citation,)


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("It has two parts.\u201d}]}", "It has two parts."),
        ("It has two parts. }]}", "It has two parts."),
        ("It is $x_{a_{1}}", "It is $x_{a_{1}}"),
        ("It is \u201cBarlow Twins\u201d", "It is \u201cBarlow Twins\u201d"),
    ],
)
def test_the_end_of_its_json_is_no_text(text: str, kept: str) -> None:
    (sentence,) = read_reply(json.dumps({"sentences": [{"cites": ["1a"], "text": text}]}), LABELLED)
    assert sentence.text == kept


@pytest.mark.parametrize(
    ("raw", "texts", "quotes"),
    [
        ("It works [1a]. It is fast [2].", ["It works.", "It is fast."], ["quote one", "quote three"]),
        ("It works. [1b]", ["It works."], ["quote two"]),
        ('```json\n{"sentences": [{"text": "Yes.", "cites": ["1a"]}]}\n```', ["Yes."], ["quote one"]),
        ("1a: It works [1b].", ["It works."], ["quote two"]),
        ("3D scenes work [1b].", ["3D scenes work."], ["quote two"]),
        ("The paper 2 is fast [2a], paper 9 is not.", ["“Q” is fast, paper 9 is not."], ["quote three"]),
        ("No marks here.", ["No marks here."], []),
        ("Unknown [7a].", ["Unknown [7a]."], []),
        ("{broken", [], []),
        ('{"sentences": [{"cites": ["1a"]}, 3, {"text": 5}]}', [], []),
        ("", [], []),
    ],
)
def test_replies_without_structure_are_read_tolerantly(raw: str, texts: list[str], quotes: list[str]) -> None:
    sentences = read_reply(raw, LABELLED)
    assert [sentence.text for sentence in sentences] == texts
    assert [c.quote for sentence in sentences for c in sentence.citations] == quotes


@pytest.mark.parametrize(
    ("text", "kept", "cited"),
    [
        (
            "It has (1) masking and (2) a contrastive loss (1a).",
            "It has (1) masking and (2) a contrastive loss.",
            ["1a"],
        ),
        ("Two steps: 1) mask, 2) rebuild [1].", "Two steps: 1) mask, 2) rebuild.", ["1a"]),
        ("It gains (1a, 2a) much.", "It gains much.", ["1a", "2a"]),
    ],
)
def test_numbers_that_count_the_parts_of_a_sentence_are_text(text: str, kept: str, cited: list[str]) -> None:
    (sentence,) = read_reply(json.dumps({"sentences": [{"text": text, "cites": []}]}), LABELLED)
    assert sentence.text == kept
    assert sentence.citations == tuple(LABELLED[label].citation for label in cited)
