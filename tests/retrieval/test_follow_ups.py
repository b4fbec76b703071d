"""What can be asked on after an answer is made of its papers, and of what was not asked yet."""

from dataclasses import replace

from paperchat.retrieval.follow_ups import SIMILAR, Around, follow_ups
from paperchat.retrieval.themes import Theme
from paperchat.types import Answer, AnswerSentence
from tests.fake_app import cite, make_result
from tests.samples import paper, paper_texts

NETS = paper("BeeNet: Counting Bees", "We propose BeeNet. It reaches an accuracy of 91.5% on HiveCam. Bees fly.")
WINGS = paper("WingNet: Wings of Bees", "We propose WingNet. It finds wings.")
PLAIN = paper("Honey bees and moss", "Honey bees visit moss. They do so often.")
AROUND = Around(
    lambda papers: paper_texts(*papers),
    lambda one: one.title.partition(":")[0] if ":" in one.title else "",
    lambda one: [other for other in (PLAIN, WINGS) if other is not one],
    (Theme(("bees", "swarms"), (NETS, WINGS, PLAIN)),),
    "bees on Mars",
)


def answered(*papers: object, question: str = "What is new?", **more: object) -> Answer:
    results = tuple(make_result(one, rank) for rank, one in enumerate(papers, 1))  # type: ignore[arg-type]
    said = tuple(AnswerSentence(cite(one).quote, (cite(one),)) for one in results)
    return Answer(question, results, said, stage="done", **more)  # type: ignore[arg-type]


def asked(*answers: Answer) -> list[str]:
    return [one.question for kind in follow_ups(answers, AROUND) for one in kind]


def test_a_paper_with_a_name_is_asked_for_what_was_not_asked_and_compared_with_its_like() -> None:
    assert asked(answered(NETS, question="How does BeeNet work?")) == [
        "How well does BeeNet do?",
        "Compare BeeNet with WingNet",
        "Compare BeeNet with “Honey bees and moss”",
        "Which papers are about bees?",
        "A reading list on bees",
        "What data does BeeNet use?",
        "What are the limits of BeeNet?",
        "What problem does BeeNet address?",
        "What is BeeNet about?",
        SIMILAR,
    ]


def test_a_paper_without_a_name_is_pointed_at() -> None:
    assert "What did this paper find?" in asked(answered(PLAIN))
    several = asked(answered(NETS, PLAIN))
    assert {"How well does BeeNet do?", "What did the second one find?", "Summarise the second one"} <= set(several)
    assert SIMILAR not in several


LONG = paper(f"Honey and moss {'in the hills of the north and ' * 3}south", "Honey bees visit moss. They do so often.")


def test_a_long_title_is_not_spelt_out_where_the_paper_has_a_place() -> None:
    one, several = asked(answered(LONG)), asked(answered(LONG, PLAIN))
    assert {"What did this paper find?", "Compare this paper with WingNet"} <= set(one)
    assert "Compare the first one with the second one" in several
    assert not any(LONG.title in question for question in (*one, *several))
    told = replace(answered(LONG, question="What recall does it reach?"), sentences=(), abstained=True)
    assert not any(LONG.title in question for question in asked(told))


def test_what_was_asked_is_not_offered_again() -> None:
    before = answered(NETS, question="how well does beenet do?")
    assert "How well does BeeNet do?" not in asked(before, answered(NETS))


def test_after_a_question_that_was_not_answered_what_the_papers_answer_is_offered() -> None:
    told = replace(answered(PLAIN, NETS, question="What recall does BeeNet reach?"), sentences=(), abstained=True)
    first, second, *more = asked(told)
    assert (first, second) == ("What accuracy does BeeNet reach on HiveCam?", "Which papers are about bees on Mars?")
    assert not any("moss" in one and "Compare" not in one for one in more)


def test_after_an_answer_without_papers_nothing_is_offered() -> None:
    assert asked(Answer("Hello", act="assistant.hello")) == []
