"""An answer and a comparison over small papers, and their receipts."""

from dataclasses import replace

from paperchat.export.receipts import Index, Receipt, make_receipt
from paperchat.types import Answer, AnswerSentence, Table
from tests.fake_app import cite, make_result
from tests.samples import GRAPHS, PAPERS, SPEECH

INDEX = Index(3, "0123456789abcdef", "hash")
SETTINGS = {"num_ctx": 4096, "papers": 8}
DIGEST = "d" * 64
STORE = {one.id: one for one in PAPERS}


def an_answer() -> Answer:
    graphs, speech = make_result(GRAPHS, 1), make_result(SPEECH, 2)
    sentences = (
        AnswerSentence("Errors fall.", (cite(speech, 1),), "supported", "3.1 points, in the same words"),
        AnswerSentence("GraphMAE reaches 84.2%.", (cite(graphs, 1), cite(speech, 0)), "unsure", "Cora is not named"),
        AnswerSentence("Nobody knows."),
    )
    return Answer(
        "What falls?",
        (graphs, speech),
        sentences,
        stage="done",
        model="m:1b",
        model_digest=DIGEST,
        prompt_tokens=1234,
        timings={"evidence": 0.2, "first_token": 1.5, "checking": 3.0, "total": 3.25},
        shown=(cite(graphs, 0), cite(graphs, 1), cite(speech, 1)),
    )


def a_receipt(answer: Answer | None = None) -> Receipt:
    return make_receipt(answer or an_answer(), INDEX, SETTINGS, "0.1.0", "2026-11-23T09:00:00+00:00")


def a_comparison() -> Answer:
    answer = an_answer()
    graphs, speech = answer.results
    rows = (
        (AnswerSentence(cite(graphs).quote, (cite(graphs),)), AnswerSentence(cite(speech).quote, (cite(speech),))),
        (None, AnswerSentence("3.1 | points", (cite(speech, 1),), "supported", "It says so.")),
    )
    return replace(answer, table=Table(("idea", "results"), (GRAPHS, SPEECH), rows))
