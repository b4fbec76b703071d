"""A question is offered only where its answer has what it has to have."""

from dataclasses import replace

import pytest

from paperchat.query.proposal import FEWEST, MOST, Proposal
from paperchat.types import Answer, AnswerSentence, Table
from tests.fake_app import cite, make_result
from tests.samples import GRAPHS, PAPERS, SPEECH, paper

SAID = (AnswerSentence("Errors fall.", (cite(make_result(SPEECH, 1), 1),)),)
ANSWER = Answer("What falls?", (make_result(SPEECH, 1), make_result(GRAPHS, 2)), SAID, stage="done")
QUOTE = SAID[0].citations[0].quote


def a_list(count: int) -> Answer:
    results = [make_result(paper(f"T{n}", f"Bees fly {n}. They do."), n + 1) for n in range(count)]
    said = tuple(AnswerSentence(cite(one).quote, (cite(one),)) for one in results)
    return Answer("Which?", tuple(results), said, stage="done", lead=f"{count} of 99 papers:")


@pytest.mark.parametrize(
    ("proposal", "answer", "met"),
    [
        (Proposal("?"), ANSWER, True),
        (Proposal("?", (SPEECH.id,)), ANSWER, True),
        (Proposal("?", (GRAPHS.id,)), ANSWER, False),
        (Proposal("?", (SPEECH.id, GRAPHS.id)), ANSWER, False),
        (Proposal("?", told=QUOTE[2:9].upper()), ANSWER, True),
        (Proposal("?", told="elephants"), ANSWER, False),
        (Proposal("?"), replace(ANSWER, abstained=True), False),
        (Proposal("?"), replace(ANSWER, stage="failed"), False),
        (Proposal("?"), replace(ANSWER, notices=("Only in part.",)), False),
        (Proposal("?"), replace(ANSWER, sentences=()), False),
        (Proposal("?", form="list"), ANSWER, False),
        (Proposal("?", form="table"), ANSWER, False),
    ],
)
def test_an_answer_meets_what_is_asked_of_it(proposal: Proposal, answer: Answer, met: bool) -> None:
    assert proposal.is_met(answer) == met


def test_an_answer_says_more_than_what_is_known() -> None:
    assert not Proposal("?").is_met(ANSWER, frozenset({QUOTE}))
    assert Proposal("?").is_met(ANSWER, frozenset({"Something else."}))


def test_what_tells_a_part_of_an_abstract_is_cited() -> None:
    told = make_result(paper("T", "Our results show that errors fall. Bees fly."), 1, (0,))
    answer = Answer("?", (told,), (AnswerSentence("So.", (cite(told),)),), stage="done")
    found = {zone: Proposal("?", zone=zone).is_met(answer) for zone in ("results", "problem")}
    assert found == {"results": True, "problem": False}


@pytest.mark.parametrize(("count", "met"), [(FEWEST - 1, False), (FEWEST, True), (MOST, True), (MOST + 1, False)])
def test_a_list_is_neither_short_nor_long(count: int, met: bool) -> None:
    assert Proposal("?", form="list").is_met(a_list(count)) == met


def test_a_list_is_of_its_subject() -> None:
    answer = a_list(4)
    ids = [one.id for one in answer.cited]
    assert Proposal("?", form="list", among=frozenset(ids[:2]), apart=frozenset(ids[2:])).is_met(answer)
    assert not Proposal("?", form="list", among=frozenset(ids[:1]), apart=frozenset(ids[1:])).is_met(answer)


def test_a_table_is_well_filled() -> None:
    results = tuple(make_result(one, n) for n, one in enumerate(PAPERS[:2], 1))
    row = tuple(AnswerSentence(cite(one).quote, (cite(one),)) for one in results)
    papers = tuple(one.paper for one in results)
    full = Table(("a", "b", "c"), papers, (row, row, row))
    sparse = Table(("a", "b", "c"), papers, (row, row, (row[0], None)))
    proposal = Proposal("?", (papers[0].id, papers[1].id), "table")
    answers = [Answer("?", results, row, stage="done", table=table) for table in (full, sparse)]
    assert [proposal.is_met(answer) for answer in answers] == [True, False]
