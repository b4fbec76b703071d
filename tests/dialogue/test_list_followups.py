"""Lists that rest on the conversation: others, those of the ones listed, another topic, papers like one."""

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import pytest

from paperchat.dialogue.conversation import Conversation
from paperchat.dialogue.list_followups import Request, like, met, read_request
from paperchat.retrieval.survey import Listing
from paperchat.types import Paper, Result, Turn
from tests.conftest import NO_OLLAMA
from tests.samples import GRAPHS, SPEECH, Shelf, paper
from tests.shipped import last, open_app

MORE = tuple(paper(f"Graphs, part {n}", "We study graphs.") for n in range(4))
PAPERS = (GRAPHS, SPEECH, *MORE)
LIST = Turn("which papers work on graphs?", "2 of 6 papers:", (GRAPHS.title, MORE[0].title))
LONG = Turn("which papers work on graphs?", "5 of 6 papers:", tuple(one.title for one in (GRAPHS, *MORE)))
ONE = Turn("What does GraphMAE mask?", "Features.", (GRAPHS.title,))


def request(question: str, *history: Turn) -> Request | None:
    return read_request(question, Conversation(history, Shelf(PAPERS)))


@pytest.mark.parametrize("question", ["any others?", "are there any more?", "what else?", "show me more papers"])
def test_other_papers_are_those_of_the_last_request_but_the_ones_listed(question: str) -> None:
    assert request(question, LIST) == Request(LIST.question, without=(GRAPHS, MORE[0]))
    assert request(question, ONE) is None


def test_more_of_the_others_leaves_out_those_too() -> None:
    again = Turn("any others?", "1 more of 6 papers:", (SPEECH.title,))
    assert request("any more?", LIST, again) == Request(LIST.question, without=(GRAPHS, MORE[0], SPEECH))


@pytest.mark.parametrize("question", ["are there other papers on speech?", "list more papers about speech"])
def test_other_papers_on_a_topic_leave_out_all_that_were_cited(question: str) -> None:
    assert request(question, LIST, Turn("q", "a", (SPEECH.title,))) == Request(
        question, without=(GRAPHS, MORE[0], SPEECH)
    )


@pytest.mark.parametrize(
    "question", ["which of them use masking?", "how many of these need masking?", "which use masking?"]
)
def test_those_of_a_long_list_are_asked_for(question: str) -> None:
    found = request(question, LONG)
    assert found is not None
    assert (found.among, found.without) == ((GRAPHS, *MORE), ())
    assert request(question, LIST) is None  # a few are compared


@pytest.mark.parametrize(
    ("question", "text", "instead"),
    [
        ("and on audio?", "papers on audio", "which papers work on audio?"),
        ("what about speech?", "papers about speech", "which papers work on speech?"),
        ("and for molecules?", "papers for molecules", "which papers work on graphs for molecules?"),
    ],
)
def test_another_topic_takes_the_place_of_the_last(question: str, text: str, instead: str) -> None:
    assert request(question, LIST) == Request(text, instead, (GRAPHS, MORE[0]))
    assert request(question, ONE) is None


@pytest.mark.parametrize(
    ("before", "question", "instead"),
    [
        ("Which papers use GANs on pictures?", "and on audio?", "Which papers use GANs on audio?"),
        ("Which papers use GANs?", "and on audio?", "Which papers use GANs on audio?"),
        ("Which papers were done in Peru?", "and in China?", "Which papers were done in China?"),
        (
            "Which papers study insulin in mice, and how?",
            "what about rats?",
            "Which papers study insulin in rats, and how?",
        ),
        ("Which papers use GANs?", "what about diffusion?", ""),
    ],
)
def test_what_the_request_before_says_else_stays(before: str, question: str, instead: str) -> None:
    found = request(question, replace(LIST, question=before))
    assert found is not None
    assert found.instead == instead


@pytest.mark.parametrize(
    "question",
    [
        "and the second one?",
        "what about GraphMAE?",
        "and its limits?",
        "and the results?",
        "tell me more about masking",
        "what does the other one mask?",
        "which papers work on speech?",
        "is there a variational one too, and what was it trying to fix?",
        "compare it with other methods",
        "which papers use more than one modality?",
    ],
)
def test_other_follow_ups_ask_for_no_list(question: str) -> None:
    assert request(question, LIST) is None
    assert request(question, ONE) is None
    assert request(question) is None


@pytest.mark.parametrize(
    ("question", "paper"),
    [
        ("any similar papers?", GRAPHS),
        ("show me more papers like this one", GRAPHS),
        ("what related work is there?", GRAPHS),
        ("any others?", GRAPHS),
        ("what else?", None),
        ("tell me more", None),
        ("similar papers on speech?", None),
    ],
)
def test_papers_like_the_last_are_asked_for(question: str, paper: Paper | None) -> None:
    assert like(question, Conversation((ONE,), Shelf(PAPERS))) == paper


def listing(*papers: Paper) -> Listing:
    return Listing(tuple(Result(one, rank, 1.0, None, None, ()) for rank, one in enumerate(papers, 1)), 6, 6)


@pytest.mark.parametrize(
    ("asked", "found", "both", "papers", "lead"),
    [
        (Request("q", without=(GRAPHS,)), (GRAPHS, SPEECH), (), (SPEECH,), "1 more of 6 papers:"),
        (Request("q", without=(GRAPHS,)), (GRAPHS,), (), (), "No other of the 6 papers."),
        (Request("q", among=PAPERS), (GRAPHS,), (), (GRAPHS,), "1 of these 6 papers:"),
        (Request("q", among=PAPERS), (), (), (), "None of these 6 papers."),
        (Request("papers on x", instead="w"), (GRAPHS, SPEECH), (), (GRAPHS, SPEECH), "2 of 6 papers on x:"),
        (
            Request("papers on x", instead="w"),
            (GRAPHS, SPEECH),
            (SPEECH, MORE[0]),
            (SPEECH, MORE[0]),
            "2 of 6 papers for “w”:",
        ),
        (
            Request("papers on x", instead="w", above=(SPEECH,)),
            (GRAPHS,),
            (SPEECH, MORE[0]),
            (MORE[0],),
            "1 of 6 papers for “w”:",
        ),
        (Request("papers on x", "w", (SPEECH,)), (GRAPHS,), (SPEECH,), (GRAPHS,), "1 of 6 papers on x:"),
        (Request("papers on x", "w"), (), (SPEECH,), (SPEECH,), "1 of 6 papers for “w”:"),
        (
            Request("papers on x", "w", without=(GRAPHS,)),
            (),
            (SPEECH, GRAPHS),
            (SPEECH,),
            "1 more of 6 papers for “w”:",
        ),
        (
            Request("papers on x", "w", without=(GRAPHS,), dropped=True),
            (),
            (SPEECH, GRAPHS),
            (SPEECH,),
            "1 of 6 papers for “w”, without 1 taken out:",
        ),
    ],
)
def test_what_meets_a_request_is_counted(
    asked: Request, found: tuple[Paper, ...], both: tuple[Paper, ...], papers: tuple[Paper, ...], lead: str
) -> None:
    def survey(text: str, among: Sequence[Paper]) -> Listing:
        if asked.among and not among:
            return listing(SPEECH)
        return listing(*(both if text == "w" else found))

    got, line = met(asked, survey)
    assert ([result.paper for result in got.results], line) == (list(papers), lead)
    assert [result.rank for result in got.results] == list(range(1, len(papers) + 1))


def test_what_no_paper_of_the_set_is_about_is_no_topic_of_a_list() -> None:
    assert met(Request("q", among=PAPERS), lambda _, __: listing()) == (listing(), "")


def test_of_a_large_set_it_says_that_only_the_nearest_were_judged() -> None:
    near = Listing(listing(GRAPHS).results, 1000, 60_000)
    assert met(Request("q", without=(GRAPHS,)), lambda _, __: near)[1] == "No other of the 1,000 nearest papers."


def test_a_conversation_about_lists(data: Path) -> None:
    history: list[Turn] = []
    with open_app(data, NO_OLLAMA) as app:

        def ask(question: str) -> tuple[str, list[str]]:
            answer = last(app.ask(question, history))
            cited = [paper.title for paper in answer.cited]
            history.append(Turn(question, answer.text, tuple(cited)))
            return answer.lead, cited

        _, speech = ask("How many papers work on speech?")
        lead, contrastive = ask("which of them use contrastive learning?")
        assert lead == f"{len(contrastive)} of these {len(speech)} papers:"
        assert set(contrastive) < set(speech)
        ask("What does GraphMAE mask?")
        _, graphs = ask("are there other papers on graphs?")
        assert graphs
        assert not any("GraphMAE" in title for title in graphs)
        assert ask("any others?")[1] == []
        lead, near = ask("which papers are about molecules?")[0], ask("similar papers?")[1]
        assert len(near) > 1
        assert lead.endswith("papers:")
