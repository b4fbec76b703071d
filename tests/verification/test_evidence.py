"""Papers as a checker reads them, and the sentences cited of them."""

import pytest

from paperchat.verification.evidence import Evidence, Quoted, quoted, whole_paper
from tests.samples import HashEmbedder, as_evidence, paper

GAUGES = as_evidence(
    paper("GaugeNet on 48 Buoys", "A graph network (GN) learns. It reaches 91\\% here."), HashEmbedder()
)
STORMS = as_evidence(paper("StormNet", "It reaches 84\\%."), HashEmbedder())


def values(numbers: tuple[object, ...]) -> list[float]:
    return [number.value for number in numbers]  # type: ignore[attr-defined]


def test_a_sentence_is_quoted_as_it_stands_and_read_cleaned() -> None:
    second = Quoted(GAUGES, 1)
    assert (second.text, second.cleaned) == ("It reaches 91\\% here.", "It reaches 91% here.")
    assert [word.text for word in second.words if word.content] == ["reaches", "91"]
    assert values(second.numbers) == [bound.quantity.value for bound in second.bound] == [91]
    assert Evidence((GAUGES,), (second,)).quotes == ("It reaches 91\\% here.",)


def test_a_paper_states_the_numbers_of_its_title_and_of_each_sentence() -> None:
    assert (values(GAUGES.titled), [values(row) for row in GAUGES.numbers]) == ([48], [[], [91]])


def test_the_names_of_a_paper_are_those_of_its_title_and_its_sentences() -> None:
    assert GAUGES.called.holds("GaugeNet")
    assert not GAUGES.called.holds("GN")
    assert GAUGES.known.holds("GN")
    assert not GAUGES.known.holds("StormNet")


@pytest.mark.parametrize("name", ["words", "numbers", "titled", "bound", "known", "called"])
def test_what_is_asked_of_a_paper_is_made_once(name: str) -> None:
    assert getattr(GAUGES, name) is getattr(GAUGES, name)


def test_a_whole_paper_is_all_its_sentences_and_these_of_others() -> None:
    evidence = whole_paper(GAUGES, [Quoted(STORMS, 0)])
    assert (evidence.papers, evidence.cited) == ((GAUGES,), (Quoted(GAUGES, 0), Quoted(GAUGES, 1)))
    assert evidence.elsewhere == (Quoted(STORMS, 0),)
    assert evidence.known is GAUGES.known


def test_two_papers_know_the_names_of_both_but_of_no_paper_elsewhere() -> None:
    both = Evidence((GAUGES, STORMS), quoted(STORMS))
    assert both.title == "GaugeNet on 48 Buoys StormNet"
    assert all(both.known.holds(name) for name in ("GaugeNet", "StormNet", "GN"))
    assert not whole_paper(GAUGES, quoted(STORMS)).known.holds("StormNet")


def test_a_paper_without_an_abstract_has_no_sentence() -> None:
    empty = as_evidence(paper("A Title", ""), HashEmbedder())
    assert (whole_paper(empty).quotes, empty.words, empty.numbers, empty.bound) == ((), (), (), ())
