"""Lists: what is known of a paper for a topic, and which qualify."""

import math
from collections.abc import Iterator
from pathlib import Path

import pytest

from paperchat.query.topic import Topic, read_topic
from paperchat.retrieval import stages, survey
from paperchat.retrieval.kinship import ENOUGH, Kinship
from paperchat.retrieval.survey import Candidate, Measured, covered, list_papers, measure
from paperchat.storage.store import Store
from tests.samples import LESSONS, QUESTIONS, HashEmbedder, paper, paper_texts

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


TREES = [paper(f"Trees number {number}", f"We prune trees in way {number}. It is fast.") for number in range(12)]
OTHERS = [paper(f"Study {number}", f"We weigh stones of kind {number * 7}. They are heavy.") for number in range(90)]


@pytest.fixture
def large(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Store]:
    """A store that is large for a bar of fifty papers, with stages of ten; every ninth paper or so is about trees."""
    monkeypatch.setattr(survey, "JUDGED", 50)
    monkeypatch.setattr(stages, "STAGE", 10)
    papers = list(OTHERS)
    for place, one in enumerate(TREES):
        papers.insert(place * 8, one)
    store = Store(tmp_path, HashEmbedder(), lambda line: None, lambda done, total: None)
    store.add(papers)
    store.refresh()
    yield store
    store.close()


def test_a_large_set_is_judged_in_stages_until_one_has_no_member(large: Store) -> None:
    found = list_papers(large, HashEmbedder(), LESSONS, "Which papers are about trees?")
    assert {result.paper.id for result in found.results} | {one.id for one in found.perhaps} == {
        one.id for one in TREES
    }
    assert (found.judged, found.papers) == (30, 102)
    assert (found.rest.last, found.rest.members, found.rest.expected) == (10, 0, 0)


def test_a_large_set_has_its_members_told_by_what_the_likeliest_share(
    large: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(survey, "WINDOW", 20)
    seen = survey.survey(large, HashEmbedder(), LESSONS, read_topic("Which papers are about trees?"))
    assert seen.kinship is not None
    found = {one.text.paper.id for _, one in seen.members("Which papers are about trees?", LESSONS, survey.LEAST)}
    assert found <= {one.id for one in TREES}
    assert len(found) >= ENOUGH


def test_of_few_likely_papers_nothing_is_learned(large: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    """Three papers of a kind among many would be lost among what is taken for their like."""
    monkeypatch.setattr(survey, "WINDOW", 20)
    monkeypatch.setattr(survey, "ENOUGH", len(TREES) + 1)
    monkeypatch.setattr(Kinship, "part", lambda *_: pytest.fail("learned"))
    found = list_papers(large, HashEmbedder(), LESSONS, "Which papers are about trees?")
    assert {result.paper.id for result in found.results} <= {one.id for one in TREES}


def test_what_a_list_of_a_large_set_leaves_out_is_judged_among_its_members(large: Store) -> None:
    found = list_papers(large, HashEmbedder(), LESSONS, "Which papers are about trees, but not about pruning?")
    assert found.left_out
    assert found.results == ()


def test_papers_that_are_given_are_all_judged_however_large_the_set_is(large: Store) -> None:
    found = list_papers(large, HashEmbedder(), LESSONS, "Which are about trees?", [*TREES[:3], *OTHERS[:2]])
    assert (found.judged, found.papers, found.rest.last) == (5, 5, 0)
    assert {result.paper.id for result in found.results} == {one.id for one in TREES[:3]}
