"""What asks the record of a paper is told from what asks its text."""

import pytest

from paperchat.dialogue.record_questions import tallied, wanted_of_record


@pytest.mark.parametrize(
    ("question", "fields", "left"),
    [
        ("who wrote the paper on bread?", "authors", "the paper on bread?"),
        ("Who are the authors of “Warm Rye”?", "authors", "of “Warm Rye”?"),
        ("who is the first author of RyeNet", "authors", "of RyeNet"),
        ("authors of RyeNet?", "authors", "RyeNet?"),
        ("who is it by?", "authors", ""),
        ("and the authors?", "authors", ""),
        ("When was it published?", "year", ""),
        ("what year is the rye paper from", "year", "the rye paper"),
        ("and the year?", "year", ""),
        ("how old is this paper", "year", ""),
        ("in which journal did the rye paper appear", "venue", "the rye paper"),
        ("where was RyeNet published?", "venue", "RyeNet ?"),
        ("which journal?", "venue", ""),
        ("what is the DOI of the second one?", "link", ""),
        ("link?", "link", ""),
        ("where can I find the full text of RyeNet", "link", "RyeNet"),
        ("keywords of RyeNet", "keywords", "RyeNet"),
        ("how often is RyeNet cited?", "citations", ""),
        ("who wrote it and when?", "authors year", ""),
    ],
)
def test_the_record_is_asked(question: str, fields: str, left: str) -> None:
    wanted = wanted_of_record(question)
    assert wanted is not None
    assert (" ".join(wanted.fields), wanted.left) == (fields, left)


@pytest.mark.parametrize(
    "question",
    [
        "I need that paper on rye, forgot who wrote it",
        "who wrote about rye?", "What do the authors of RyeNet conclude?", "when was rye first grown?",
        "which journals?!x",
        "Which year had most rain?", "how old is the oldest oven?", "How new is the method?",
        "which conferences do the participants attend?", "What are keywords good for?",
    ],
)  # fmt: skip
def test_the_text_is_asked(question: str) -> None:
    assert wanted_of_record(question) is None


@pytest.mark.parametrize(
    ("question", "what"),
    [
        ("who are the most frequent authors?", "authors"),
        ("Which authors are in here?", "authors"),
        ("who wrote the most papers?", "authors"),
        ("which journals are in here", "journals"),
        ("What are the most common venues?", "journals"),
        ("how many different journals are there?", "journals"),
        ("list all keywords of these papers", "keywords"),
        ("which keywords are most common", "keywords"),
        ("What authors ask", None),
        ("Which authors use rye?", None),
        ("which keywords are spotted in speech?", None),
        ("how many authors wrote about ovens?", None),
        ("Which papers name the journal?", None),
    ],
)
def test_what_is_counted_over_the_set_is_told(question: str, what: str | None) -> None:
    assert tallied(question) == what
