"""The sentences that answer, and the papers that do."""

from paperchat.generation.selection import choose
from paperchat.types import Paper
from tests.samples import GRAPHS, SPEECH, TREES, paper, reading


def texts(question: str, *papers: tuple[Paper, float]) -> list[list[str]]:
    return [[sentence.text for sentence in one.sentences] for one in choose(reading(question, *papers))]


LONG = paper(
    "SlowFit: Fitting Bodies",
    "Bodies are hard to fit to scans. Many tools fit bodies to scans by hand. We introduce SlowFit, a task for scans. "
    "It takes 12 seconds. Bodies in scans are everywhere. Code is available at https://example.org.",
)


def test_sentences_are_verbatim_and_in_the_abstracts_order() -> None:
    (one,) = choose(reading("how are graphs masked", (GRAPHS, 2.0)))
    assert [s.number for s in one.sentences] == sorted(s.number for s in one.sentences)
    assert all(GRAPHS.abstract[s.start : s.end] == s.text for s in one.sentences)


def test_a_sentence_with_the_number_is_chosen_where_one_is_asked_for() -> None:
    ((*chosen,),) = texts("how long does fitting bodies take with SlowFit", (LONG, 2.0))
    assert "It takes 12 seconds." in chosen
    assert len(chosen) <= 3
    assert not any("https" in text for text in chosen)


def test_one_paper_answers_a_question_on_one() -> None:
    question = "What accuracy does GraphMAE reach on Cora?"
    assert [c.text.paper for c in choose(reading(question, (GRAPHS, 2.0), (SPEECH, 1.9)))] == [GRAPHS]


def test_the_paper_named_answers_though_another_ranks_first() -> None:
    question = "what does wav2tok shrink"
    assert [c.text.paper for c in choose(reading(question, (GRAPHS, 2.0), (SPEECH, 1.0)))] == [SPEECH]


def test_two_papers_as_near_are_both_shown() -> None:
    assert len(texts("what is masked", (GRAPHS, 2.0), (SPEECH, 1.95))) == 2
    assert len(texts("what is masked", (GRAPHS, 2.0), (SPEECH, 1.5))) == 1


def test_two_papers_of_one_name_are_both_shown() -> None:
    other = paper("Graph-MAE: Edges", "We mask edges. GraphMAE is quick.")
    found = choose(reading("What does GraphMAE mask?", (GRAPHS, 2.0), (SPEECH, 1.5), (other, 1.0)))
    assert [one.text.paper for one in found] == [GRAPHS, other]


def test_of_works_compared_of_which_one_is_unknown_the_others_are_shown_alone() -> None:
    found = choose(reading("Compare GraphMAE and FooNet", (GRAPHS, 2.0), (SPEECH, 1.9)))
    assert [one.text.paper for one in found] == [GRAPHS]


def test_each_paper_compared_is_quoted() -> None:
    question = "How do GraphMAE and Wav2Tok differ?"
    chosen = choose(reading(question, (TREES, 2.0), (GRAPHS, 1.2), (SPEECH, 1.1)))
    assert [one.text.paper for one in chosen] == [GRAPHS, SPEECH]


def test_a_list_has_one_sentence_of_each_paper_near_the_first() -> None:
    chosen = texts("which papers use trees or graphs", (TREES, 2.0), (GRAPHS, 1.5), (SPEECH, 0.3))
    assert [len(one) for one in chosen] == [1, 1]


def test_nothing_found_nothing_chosen() -> None:
    assert choose(reading("trees")) == ()
