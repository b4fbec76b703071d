"""What held comes first, what failed is withheld, and if nothing held the evidence is the answer."""

from dataclasses import replace

from paperchat.dialogue.rewriting import Understood
from paperchat.dialogue.tasks import Task
from paperchat.generation.extractive import Grounds
from paperchat.generation.withholding import upheld
from paperchat.query.answerability import Judgement
from paperchat.types import Answer, AnswerSentence, Citation, Verdict
from tests.samples import GRAPHS, SPEECH, reading, results, whole_papers


def written(text: str, verdict: Verdict, one: object = GRAPHS) -> AnswerSentence:
    return AnswerSentence(text, (Citation(one.id, one.title, "q", 0, 1),), verdict)  # type: ignore[attr-defined]


def shown(*sentences: AnswerSentence, task: Task | str = "", papers: tuple = (GRAPHS,)) -> Answer:  # type: ignore[type-arg]
    understood = Understood(reading("q", (GRAPHS, 1.0)), Judgement(True, 1.0))
    grounds = Grounds(understood, whole_papers(*papers), task)  # type: ignore[arg-type]
    return upheld(Answer("q", results(*papers), sentences), grounds)


def test_what_held_stands_first_and_what_failed_nowhere() -> None:
    answer = shown(written("a", "unsure"), written("b", "unsupported"), written("c", "supported"))
    assert [one.text for one in answer.sentences] == ["c", "a"]
    assert [one.text for one in answer.withheld] == ["b"]


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
