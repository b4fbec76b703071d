"""What held comes first, what failed is withheld, and if nothing held the evidence is the answer."""

from dataclasses import replace

import pytest

from paperchat.dialogue.rewriting import Understood
from paperchat.dialogue.tasks import Task
from paperchat.generation.extractive import Grounds
from paperchat.generation.withholding import to_the_point, upheld
from paperchat.query.answerability import Judgement
from paperchat.types import Answer, AnswerSentence, Citation, Verdict
from tests.samples import GRAPHS, QUESTIONS, SPEECH, Shelf, reading, results, whole_papers


def written(text: str, verdict: Verdict, one: object = GRAPHS) -> AnswerSentence:
    return AnswerSentence(text, (Citation(one.id, one.title, "q", 0, 1),), verdict)  # type: ignore[attr-defined]


def shown(*sentences: AnswerSentence, task: Task | str = "", papers: tuple = (GRAPHS,)) -> Answer:  # type: ignore[type-arg]
    understood = Understood(reading("q", (GRAPHS, 1.0)), Judgement(True, 1.0))
    grounds = Grounds(understood, whole_papers(*papers), task)  # type: ignore[arg-type]
    return upheld(Answer("q", results(*papers), sentences), grounds)


BEST = "Graphs are everywhere in data."
"""The best sentence of GRAPHS, as `whole_papers` has it."""


def test_what_held_stands_first_and_what_failed_nowhere() -> None:
    told = replace(written("c", "supported"), citations=(Citation(GRAPHS.id, GRAPHS.title, BEST, 0, 30),))
    answer = shown(written("a", "unsure"), written("b", "unsupported"), told)
    assert [one.text for one in answer.sentences] == ["c", "a"]
    assert [one.text for one in answer.withheld] == ["b"]


def test_where_a_sentence_failed_the_best_evidence_is_not_missing() -> None:
    answer = shown(written("a", "unsure"), written("b", "unsupported"), written("c", "supported"))
    assert [one.text for one in answer.sentences] == ["c", BEST, "a"]


def pointed(*texts: str, task: Task | str = "") -> Answer:
    """Sentences written in answer to the accuracy of GraphMAE, of which some are beside the point."""
    question = "What accuracy does GraphMAE reach on Cora?"
    made = reading(question, (GRAPHS, 1.0))
    (text,) = whole_papers(GRAPHS)
    pairs = [(text.text.title, one) for one in text.text.cleaned]
    odds = map(float, QUESTIONS.fit(question, pairs))
    fits = {(GRAPHS.id, number): odd for number, odd in enumerate(odds)}
    grounds = Grounds(Understood(replace(made, fits=fits), Judgement(True, 1.0)), (text,), task)  # type: ignore[arg-type]
    fit = Shelf((GRAPHS,)).fit
    return to_the_point(Answer(question, results(GRAPHS), tuple(written(one, "") for one in texts)), grounds, fit)


def test_a_sentence_that_does_not_say_what_is_asked_is_withheld() -> None:
    asked, aside = "GraphMAE reaches an accuracy of 84.2% on Cora.", "Graphs can be found everywhere in data."
    answer = pointed(asked, aside)
    assert [one.text for one in answer.sentences] == [asked]
    assert [(one.text, one.reason) for one in answer.withheld] == [(aside, "It does not say what is asked.")]
    assert upheld(answer, Grounds(Understood(reading("q", (GRAPHS, 1.0)), Judgement(True, 1.0)), ())).withheld


@pytest.mark.parametrize("said", [f"“{GRAPHS.title}”", "The evidence does not mention this.", BEST])
def test_titles_refusals_and_quotes_are_left(said: str) -> None:
    citation = Citation(GRAPHS.id, GRAPHS.title, BEST, 0, 30)
    answer = pointed("It is so.")
    kept = replace(answer, sentences=(AnswerSentence(said, (citation,)),), withheld=())
    made = reading("What accuracy does GraphMAE reach on Cora?", (GRAPHS, 1.0))
    grounds = Grounds(Understood(replace(made, fits={(GRAPHS.id, 2): 9.0}), Judgement(True, 1.0)), whole_papers(GRAPHS))
    assert to_the_point(kept, grounds, Shelf((GRAPHS,)).fit) == kept


def test_what_is_made_of_a_paper_is_not_held_against_a_question() -> None:
    answer = pointed("Graphs can be found everywhere in data.", task="summary")
    assert len(answer.sentences) == 1
    assert not answer.withheld


def test_where_nothing_held_the_evidence_is_the_answer() -> None:
    answer = shown(written("a", "unsupported"))
    assert [one.is_quote for one in answer.sentences] == [True]
    assert [one.text for one in answer.withheld] == ["a"]


def test_papers_gone_through_keep_their_order_and_one_that_failed_is_quoted_in_its_place() -> None:
    answer = shown(
        written("a", "unsupported"), written("b", "supported", SPEECH), task="reading", papers=(GRAPHS, SPEECH)
    )
    assert [one.is_quote for one in answer.sentences] == [True, False]
    assert [paper.title for paper in answer.cited] == [GRAPHS.title, SPEECH.title]


def test_what_says_that_nothing_answers_is_left_as_it_is() -> None:
    said = AnswerSentence("The evidence does not mention this.")
    declined = Answer("q", sentences=(said,), abstained=True)
    grounds = Grounds(Understood(reading("q", (GRAPHS, 1.0)), Judgement(True, 1.0)), ())
    assert upheld(declined, grounds) is declined
    assert upheld(replace(declined, abstained=False), grounds).sentences == (said,)


def test_a_short_answer_is_held_against_what_it_cites() -> None:
    question = "What accuracy does GraphMAE reach on Cora?"
    (chosen,) = whole_papers(GRAPHS)
    fits = {(GRAPHS.id, 0): -4.0, (GRAPHS.id, 1): -4.0, (GRAPHS.id, 2): 9.0}
    grounds = Grounds(Understood(replace(reading(question, (GRAPHS, 1.0)), fits=fits), Judgement(True, 1.0)), (chosen,))
    cited = [
        AnswerSentence(text, (Citation(GRAPHS.id, GRAPHS.title, one.text, one.start, one.end),))
        for text, one in zip(("Graphs.", "Nodes.", "84.2%."), chosen.sentences, strict=True)
    ]
    answer = to_the_point(Answer(question, results(GRAPHS), tuple(cited)), grounds, Shelf((GRAPHS,)).fit)
    assert [one.text for one in answer.sentences] == ["84.2%."]
