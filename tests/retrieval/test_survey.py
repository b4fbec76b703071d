"""Lists: which papers qualify."""

import math

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
