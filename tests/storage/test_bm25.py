"""The keyword index: which papers share a word with a question, and how they rank."""

from paperchat.bibliography import Details, Person
from paperchat.storage.bm25 import Keywords, document
from paperchat.text.tokens import content_words
from tests.samples import GRAPHS, SPEECH


def test_papers_asked_for_keep_their_rank_among_all() -> None:
    index = Keywords.build(("a", "b", "c"), ("graph graph", "graph speech sound", "speech"))
    assert list(index.search(["graph"], 1)) == ["a"]
    found = index.search(["graph"], 1, {"b", "c"})
    assert [(key, leg.rank) for key, leg in found.items()] == [("a", 1), ("b", 2)]


def test_a_title_counts_more_than_the_abstract() -> None:
    index = Keywords.build(("t", "a"), (document("Graphs", "speech is here"), document("Speech", "graphs are here")))
    assert list(index.search(content_words("graphs"), 2)) == ["t", "a"]


def test_a_paper_without_a_word_of_the_question_is_no_hit() -> None:
    index = Keywords.build(("g", "s"), (GRAPHS.abstract, SPEECH.abstract))
    assert set(index.search(content_words("speech tokens"), 10)) == {"s"}
    assert index.search(content_words("C++"), 10) == {}
    assert index.search(content_words("the"), 10) == {}


def test_authors_and_year_are_words_of_a_paper():
    details = Details(authors=(Person("Ogden", "Maria"), Person("van der Berg")), date=(2019, 3))
    index = Keywords.build(("a", "b"), (document("Soil", "It is wet.", details), document("Soil", "It is wet.")))
    assert list(index.search(content_words("Ogden 2019"), 5)) == ["a"]
    assert index.frequency("maria") == 0


def test_some_papers_alone_are_ranked_and_a_word_is_as_rare_as_in_all() -> None:
    index = Keywords.build(("a", "b", "c"), ("graph graph", "graph speech sound", "speech"))
    part = index.narrowed(["b", "c"])
    assert [(key, leg.rank) for key, leg in part.search(["graph"], 5).items()] == [("b", 1)]
    assert part.search(["graph"], 5)["b"].score == index.search(["graph"], 5)["b"].score
    assert part.search(["graph"], 5, {"c"}).keys() == {"b"}
    assert part.frequency("graph") == index.frequency("graph") == 2
    assert index.narrowed([]).search(["graph"], 5) == {}
