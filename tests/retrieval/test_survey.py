"""Lists: what is known of a paper for a topic, and which qualify."""

import math
from collections.abc import Iterator

import pytest

from paperchat.query.topic import Topic, read_topic
from paperchat.retrieval.survey import Candidate, Measured, covered, measure
from tests.samples import QUESTIONS, paper, paper_texts

PAPERS = 100

USUAL = [(0.1, 0.1), (0.3, 0.2)]
"""Cosines of papers taken as they come."""


def candidate(title: str, abstract: str, similarity: float = 0.1) -> Candidate:
    (text,) = paper_texts(paper(title, abstract))
    return Candidate(text, similarity, tuple(similarity for _ in text.sentences))


def weights(topic: Topic) -> dict[str, float]:
    """Return the weight of each word wanted in a set where "recognit" is common and all others are in four papers."""
    counts = {word: 30 if word == "recognit" else 4 for part in topic.wanted for word in part}
    return {word: math.log(1 + (PAPERS - n + 0.5) / (n + 0.5)) for word, n in counts.items()}


def measured(question: str, *papers: Candidate) -> Iterator[Measured]:
    topic = read_topic(question, QUESTIONS.read(question))
    return iter(measure(topic, papers, USUAL, weights(topic)))


def test_a_paper_is_measured_by_words_of_the_topic_and_by_nearness() -> None:
    titled, told, near = measured(
        "papers on proteins",
        candidate("Protein language", "We train a model. It folds."),
        candidate("Molecules", "We train a model. It folds proteins."),
        candidate("Amino acids", "We fold chains.", similarity=0.5),
    )
    assert [one.values["title"] for one in (titled, told, near)] == [1, 0, 0]
    assert [one.values["sentence"] for one in (titled, told, near)] == [0, 1, 0]
    assert near.values["near"] == pytest.approx((0.5 - 0.2) / 0.1)
    assert told.sentence == 1


def test_a_common_word_alone_does_not_cover_the_topic() -> None:
    """Of "speaker verification or recognition" the common second word covers less than the first alternative."""
    parts = (("speaker", "verif"), ("recognit",))
    weight = weights(Topic("", parts))
    assert covered(parts, frozenset({"speaker", "verif"}), weight) == 1
    assert covered(parts, frozenset({"recognit"}), weight) < 0.5
