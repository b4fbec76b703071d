"""Lists: what a request is about, and which papers qualify."""

import math

import pytest

from paperchat.query.intent import kind_of
from paperchat.query.topic import Topic, read_topic
from paperchat.retrieval.survey import Candidate, choose_all, covered

PAPERS = 100


def candidate(key: str, title: str, *sentences: str, similarity: float = 0.1) -> Candidate:
    """Return a paper whose words are already stems."""
    return Candidate(key, frozenset(title.split()), tuple(frozenset(s.split()) for s in sentences), similarity)


def weigh(word: str) -> float:
    """Return the weight of a word in a set where "recognit" is common and all others are in four papers."""
    n = 30 if word == "recognit" else 4
    return math.log(1 + (PAPERS - n + 0.5) / (n + 0.5))


def weights(topic: Topic) -> dict[str, float]:
    """Return the weight of each word wanted."""
    return {word: weigh(word) for part in topic.wanted for word in part}


@pytest.mark.parametrize(
    ("question", "wanted", "unwanted"),
    [
        ("which papers use masked image modelling?", (("mask", "imag", "model"),), ()),
        ("any on graphs but not molecules?", (("graph",),), (("molecul",),)),
        ("How many papers are about point clouds or 3D scenes?", (("point", "cloud"), ("3d", "scene")), ()),
        ("list everything on multi-task learning", (("multi", "task", "learn"),), ()),
        ("what is there in this collection on x-rays?", (("x", "ray"),), ()),
        ("papers on speech, excluding emotion", (("speech",),), (("emot",),)),
        ("papers on graphs, not molecules", (("graph",),), (("molecul",),)),
        ("which contrastive methods need no negatives?", (("contrast", "need", "negat"),), ()),
    ],
)
def test_the_topic_is_what_remains_without_the_frame(
    question: str, wanted: tuple[tuple[str, ...], ...], unwanted: tuple[tuple[str, ...], ...]
) -> None:
    """Words that frame the request are dropped, alternatives split, exclusions set apart."""
    topic = read_topic(question)
    assert (topic.wanted, topic.unwanted) == (wanted, unwanted)


@pytest.mark.parametrize(
    "question",
    [
        "how many work on speech?",
        "any on graphs but not molecules?",
        "are there works that train without labels?",
        "Which methods avoid negative samples?",
        "show me everything on code generation",
        "what is there on reinforcement learning?",
        "Which of the papers deal with law?",
    ],
)
def test_requests_for_papers_are_lists(question: str) -> None:
    """Other ways to ask for all papers on something are understood as well."""
    assert kind_of(question) == "list"


@pytest.mark.parametrize(
    "question",
    [
        "How many datasets was GraphMAE tested on?",
        "which paper introduced Barlow Twins?",
        "how many papers does it cite",
    ],
)
def test_questions_about_one_paper_are_no_lists(question: str) -> None:
    """A number asked of one paper is not a count of papers."""
    assert kind_of(question) != "list"


def test_a_paper_qualifies_by_words_or_by_nearness() -> None:
    """One paper has the word in its title, one in a sentence, one is only near; the others stay out."""
    topic = read_topic("papers on proteins")
    papers = [candidate(f"x{n}", "imag", "a b", similarity=0.1 + n / 1000) for n in range(30)]
    papers += [
        candidate("title", "protein languag", "we train", "protein fold", similarity=0.3),
        candidate("sentence", "molecul", "we train", "also protein", similarity=0.25),
        candidate("near", "amino acid", "we fold", similarity=0.45),
    ]
    listed = choose_all(topic, papers, [one.similarity for one in papers], weights(topic))
    assert [one.paper_id for one in listed] == ["title", "near", "sentence"]
    assert [one.sentence for one in listed] == [1, 0, 1]


def test_what_is_excluded_is_not_listed() -> None:
    """A paper that has the excluded word anywhere is left out, however well it fits."""
    topic = read_topic("any on graphs but not molecules?")
    papers = [candidate("a", "graph", "graph node"), candidate("b", "graph", "graph of molecul")]
    papers += [candidate(f"x{n}", "imag", "a b", similarity=0.0) for n in range(9)]
    listed = choose_all(topic, papers, [one.similarity for one in papers], weights(topic))
    assert [one.paper_id for one in listed] == ["a"]


def test_a_common_word_alone_does_not_cover_the_topic() -> None:
    """Of "speaker verification or recognition" the common second word covers less than the first alternative."""
    parts = (("speaker", "verif"), ("recognit",))
    weight = {word: weigh(word) for part in parts for word in part}
    assert covered(parts, frozenset({"speaker", "verif"}), weight) == 1
    assert covered(parts, frozenset({"recognit"}), weight) < 0.5
