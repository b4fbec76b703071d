"""The sentences of an abstract that say something of its work, and where they are in it."""

import pytest

from paperchat.text.abstracts import LONGEST, abstract_spans, paper_sentences
from paperchat.types import Paper


def told(abstract: str) -> list[str]:
    return [abstract[start:end] for start, end in abstract_spans(abstract)]


@pytest.mark.parametrize(
    "line",
    [
        "BACKGROUND.",
        "© 2004 Veterinary Society of Nowhere.",
        "Copyright © 2010 John Someone & Sons, Ltd.",
        "(c) 2012 Nobody.",
        "(C) 2010 Elsevier Inc. All rights reserved.",
        "The Author(s) 2020.",
        "Published by Elsevier Inc.",
        "All rights reserved.",
        "This article is protected by copyright.",
        "KEY WORDS: floods; fear; trajectories",
        "Keywords: floods, fear.",
        "Key words and phrases: floods.",
        "Index Terms\u2014floods, fear.",
        "[Author Abstract] KEY WORDS: floods; fear",
        "[ABSTRACT FROM AUTHOR]",
        "Integr Sea Manag 2019;15:148-159.",
        "J Bone Notes 37:1\u20139, 2019.",
        "Published 2018.",
        "Published online 3 May 2018.",
        "This article is a US Government work and is in the public domain in the USA.",
    ],
)
def test_labels_rights_and_keywords_are_no_evidence(line: str) -> None:
    assert told(f"Floods bring fear. Fear stays. {line}") == ["Floods bring fear.", "Fear stays."]


@pytest.mark.parametrize("label", ["METHODS. ", "MATERIALS AND METHODS. ", "Results.\n\n", "METHODS\n\n"])
def test_a_label_that_stands_alone_is_no_sentence(label: str) -> None:
    assert told(f"{label}We followed 312 adults. All stayed.") == ["We followed 312 adults.", "All stayed."]


@pytest.mark.parametrize("label", ["METHODS: ", "Methods: ", "SETTING "])
def test_a_label_within_a_sentence_stays(label: str) -> None:
    assert told(f"{label}We followed 312 adults. All stayed.") == [f"{label}We followed 312 adults.", "All stayed."]


@pytest.mark.parametrize(
    "sentence",
    [
        "Results differ.",
        "Methods of this kind are old.",
        "Background noise was low.",
        "Copyright law is old.",
        "RESULTS-driven work.",
        "Published rates differ.",
        "Ratios were 37:1.",
    ],
)
def test_a_sentence_with_such_a_word_is_one(sentence: str) -> None:
    assert told(f"{sentence} We say so.")[0] == sentence


def test_an_abstract_of_nothing_else_keeps_it() -> None:
    assert told("© 2004 Society of Nowhere.") == ["© 2004 Society of Nowhere."]


def test_sentences_end_as_the_text_reads_and_are_quoted_as_it_was_written() -> None:
    written = (
        r"We present {\em Gates. They} matter \cite{a}. Lettuce at pH &lt; 5 lost 12\% ($p < .05$). "
        r"\textbf{Gates \emph{matter}}: it is $3.5\times$ faster.\footnote{Under it. Really.} The rest."
    )
    assert told(written) == [
        r"We present {\em Gates.",
        r"They} matter \cite{a}.",
        r"Lettuce at pH &lt; 5 lost 12\% ($p < .05$).",
        r"\textbf{Gates \emph{matter}}: it is $3.5\times$ faster.",
        "The rest.",
    ]


@pytest.mark.parametrize("joint", [", ", "; ", " ", "\uff0c"])
def test_a_sentence_that_goes_on_and_on_is_quoted_in_part(joint: str) -> None:
    abstract = "We do " + joint.join(f"thing number {n} of all" for n in range(200)) + "."
    parts = told(abstract)
    assert max(map(len, parts)) <= LONGEST
    assert min(map(len, parts)) > LONGEST / 10
    assert "".join(parts).replace(" ", "") == abstract.replace(" ", "")


def test_sentences_are_numbered_and_where_they_say() -> None:
    paper = Paper("a", "T", "BACKGROUND. Night cramps are common. METHODS: We asked. © 2004 Nobody.", "f")
    sentences = paper_sentences(paper)
    assert [one.number for one in sentences] == [0, 1]
    assert all(paper.abstract[one.start : one.end] == one.text for one in sentences)
