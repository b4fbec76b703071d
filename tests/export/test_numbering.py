"""The numbers of cited papers through a conversation."""

from paperchat.export.numbering import numbering
from paperchat.types import Answer, AnswerSentence, Paper
from tests.fake_app import cite, make_result
from tests.samples import GRAPHS, PAPERS, SPEECH, TREES


def answer_citing(*papers: Paper) -> Answer:
    results = {paper.id: make_result(paper, rank) for rank, paper in enumerate(PAPERS, 1)}
    sentences = tuple(AnswerSentence("So.", (cite(results[paper.id]),)) for paper in papers)
    return Answer("q", tuple(results.values()), sentences)


def test_the_first_use_in_the_conversation_counts() -> None:
    turns = [answer_citing(SPEECH), answer_citing(GRAPHS, SPEECH)]
    assert numbering(turns) == {SPEECH.id: 1, GRAPHS.id: 2}
    assert numbering([*turns, answer_citing(TREES, GRAPHS)]) == {SPEECH.id: 1, GRAPHS.id: 2, TREES.id: 3}
    assert numbering([]) == {}
