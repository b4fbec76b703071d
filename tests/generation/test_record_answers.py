"""What the record tells of a paper is answered from it, in a conversation too; what it does not have is said."""

from collections.abc import Iterator

import pytest

from paperchat.app import App
from paperchat.settings import WITHOUT_MODEL
from paperchat.types import Answer
from paperchat.web.answering import remembered
from tests.samples import GRAPHS, IMAGES, SPEECH, TREES, opened_shelf


@pytest.fixture(scope="module")
def app(tmp_path_factory: pytest.TempPathFactory) -> Iterator[App]:
    with opened_shelf(tmp_path_factory.mktemp("store")) as opened:
        yield opened


def asked(app: App, *questions: str) -> Answer:
    said: list[Answer] = []
    for question in questions:
        *_, answer = app.ask(question, remembered(said), choice=WITHOUT_MODEL)
        said.append(answer)
    return said[-1]


@pytest.mark.parametrize(
    ("question", "said"),
    [
        (f"Who wrote \u201c{GRAPHS.title}\u201d?", f"\u201c{GRAPHS.title}\u201d is by Ada Ogden and Wei Li."),
        (f"When was \u201c{SPEECH.title}\u201d published?", f"\u201c{SPEECH.title}\u201d came out in 2023."),
        (
            f"Which journal was \u201c{TREES.title}\u201d published in?",
            f"\u201c{TREES.title}\u201d appeared in Nature.",
        ),
        (f"keywords of \u201c{IMAGES.title}\u201d", f"The keywords of \u201c{IMAGES.title}\u201d: images."),
        (
            f"What is the DOI of \u201c{IMAGES.title}\u201d?",
            f"The record has no DOI or link of \u201c{IMAGES.title}\u201d.",
        ),
        (
            "Who wrote the paper \u201cWalks on Graphs\u201d?",
            "The record has no authors of \u201cWalks on Graphs\u201d.",
        ),
        ("How often is the paper on trees cited?", "The record does not tell how often a paper is cited."),
    ],
)
def test_the_record_of_a_named_paper_is_told(app: App, question: str, said: str) -> None:
    answer = asked(app, question)
    assert (answer.text, answer.abstained, answer.stage) == (said, False, "done")


def test_a_paper_stays_the_one_spoken_of(app: App) -> None:
    title = f"\u201c{GRAPHS.title}\u201d"
    answer = asked(app, f"Who wrote {title}?", "and when?", "which journal?")
    assert answer.text.startswith(f"{title} appeared in Advances in Neural")
    assert [result.paper.id for result in answer.results] == [GRAPHS.id]


def test_of_several_papers_each_is_told(app: App) -> None:
    answer = asked(app, "papers by Li", "who are the authors?")
    assert answer.text.startswith("From the record of 2 papers:")
    assert len(answer.lines) == 2
    assert {result.paper.id for result in answer.results} == {GRAPHS.id, IMAGES.id}


def test_what_names_no_paper_is_asked_of_the_papers(app: App) -> None:
    answer = asked(app, "Who wrote the anthem of a far country?")
    assert answer.act == ""
