"""Claims, answers and drafts checked against the papers of a library."""

import json
from collections.abc import Generator, Iterator, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, cast

import pytest

from paperchat.errors import InputError, ModelError
from paperchat.generation import checking
from paperchat.generation.checking import Checking
from paperchat.models.model import Model
from paperchat.paths import CHECKER
from paperchat.retrieval.library import Library
from paperchat.storage.store import Store
from paperchat.types import Answer, AnswerSentence, Citation, Message, ModelInfo
from paperchat.verification.checker import FOREIGN, read_checker
from tests.fake_app import cite, make_result
from tests.samples import CLAIMS, GRAPHS, LESSONS, PAPERS, SPEECH, TREES, HashEmbedder

if TYPE_CHECKING:
    from paperchat.protocols import ChatModel

MODEL = ModelInfo("scripted:1b", "sha256:0", 4096, 1.0, thinking=False)
PROMPT = "Be strict.\n---\n$title: $evidence Claim: $claim"


@dataclass
class Sure:
    """A model that gives each claim the same probability, or None to fail; `asked` is what it was asked."""

    yes: float | None = 0.99
    asked: list[str] = field(default_factory=list)

    def yes_probability(self, _: ModelInfo, messages: Sequence[Message]) -> Generator[None, None, float]:
        yield
        self.asked.append(messages[-1].content)
        if self.yes is None:
            raise ModelError("gone", "start it")
        return self.yes


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Library]:
    embedder = HashEmbedder()
    store = Store(tmp_path_factory.mktemp("checked"), embedder, lambda line: None, lambda done, total: None)
    store.add(PAPERS)
    store.refresh()
    yield Library(store, embedder, LESSONS, 3)
    store.close()


def checking_of(library: Library) -> Checking:
    return Checking(library, read_checker(json.loads(CHECKER.read_text(encoding="utf-8")), CLAIMS), PROMPT)


def model_of(server: Sure) -> Model:
    return Model(cast("ChatModel", server), {}, 64, {}, lambda: 0.0, MODEL)


def test_a_claim_is_checked_against_the_paper_of_its_title(library: Library) -> None:
    checker = checking_of(library)
    right = checker.check("GraphMAE reaches 84.2% accuracy on Cora.", "graphmae: MASKED graphs")
    assert (right.verdict, right.quote) == ("supported", "GraphMAE reaches 84.2\\% accuracy on Cora.")
    claim = "GraphMAE reaches 99.9% accuracy on Cora."
    wrong = checker.check(claim, GRAPHS.title)
    assert (wrong.verdict, [claim[slice(*span)] for span in wrong.wrong_numbers]) == ("unsupported", ["99.9%"])
    other = checker.check("Word errors fall by 3.1 points on LibriSpeech.", TREES.title)
    assert (other.verdict, SPEECH.title in other.reason or "3.1" in other.reason) == ("unsupported", True)


def test_a_title_that_no_paper_has_and_an_empty_claim_are_told(library: Library) -> None:
    checker = checking_of(library)
    assert checker.check("It is so.", "Nothing").reason == 'No paper of the set has the title "Nothing".'
    with pytest.raises(InputError):
        checker.check(" ", GRAPHS.title)


def test_a_model_is_asked_only_what_the_rules_leave_open(library: Library) -> None:
    server = Sure(0.01)
    checker, model = checking_of(library), model_of(server)
    assert checker.check("GraphMAE reaches 99.9% accuracy on Cora.", GRAPHS.title, model).verdict == "unsupported"
    assert server.asked == []
    told = checker.check("We mask node features and rebuild them.", GRAPHS.title, model)
    (asked,) = server.asked
    assert asked.startswith(f"{GRAPHS.title}: ")
    assert asked.endswith("Claim: We mask node features and rebuild them.")
    assert told.score < checker.check("We mask node features and rebuild them.", GRAPHS.title).score


def test_a_claim_in_another_language_has_only_its_numbers_compared(library: Library) -> None:
    checker = checking_of(library)
    right = checker.check("Das Verfahren erreicht eine Genauigkeit von 84.2 % auf Cora.", GRAPHS.title)
    wrong = checker.check("Das Verfahren erreicht eine Genauigkeit von 99.9 % auf Cora.", GRAPHS.title)
    assert (right.verdict, right.reason, wrong.verdict) == ("", FOREIGN, "unsupported")


def an_answer(*sentences: AnswerSentence) -> Answer:
    found = (make_result(GRAPHS, 1), make_result(SPEECH, 2))
    return Answer("Who wins?", found, sentences, stage="writing")


def test_a_sentence_is_checked_against_the_sentence_that_it_cites(library: Library) -> None:
    last = cite(make_result(GRAPHS, 1), 1)
    first = cite(make_result(GRAPHS, 1), 0)
    said = "GraphMAE reaches 84.2% on Cora."
    *_, answer = checking_of(library).settle(
        an_answer(AnswerSentence(said, (last,)), AnswerSentence(said, (first,))), model_of(Sure())
    )
    right, wrong = answer.sentences
    assert (right.verdict, right.faults) == ("supported", ())
    assert (wrong.verdict, wrong.reason) == (
        "unsupported",
        '"84.2%" is not in the cited sentence, but elsewhere in the paper.',
    )


def test_part_of_a_sentence_that_is_cited_is_checked_against_its_sentence(library: Library) -> None:
    start = GRAPHS.abstract.index("84.2")
    part = Citation(GRAPHS.id, GRAPHS.title, "84.2\\% accuracy", start, start + 15)
    *_, answer = checking_of(library).settle(
        an_answer(AnswerSentence("GraphMAE reaches 84.2% accuracy on Cora.", (part,))), model_of(Sure())
    )
    assert answer.sentences[0].verdict == "supported"


def test_a_model_that_fails_leaves_the_verdicts_by_rule(library: Library) -> None:
    sentence = AnswerSentence("We mask node features and rebuild them here.", (cite(make_result(GRAPHS, 1, (1,))),))
    first, *_, only = checking_of(library).settle(an_answer(sentence), model_of(Sure(None)))
    assert first.sentences == only.sentences
    assert only.sentences[0].verdict == "supported"


def test_titles_of_the_set_and_what_was_read_are_no_invented_ones(library: Library) -> None:
    texts = (f"“{TREES.title}” wins.", "“Graphs are everywhere in data” is said.", "“An Invented Paper Title” wins.")
    *_, answer = checking_of(library).settle(an_answer(*map(AnswerSentence, texts)), model_of(Sure()))
    assert [[fault.kind for fault in one.faults] for one in answer.sentences] == [[], [], ["title"]]


def test_a_draft_is_traced_without_a_model(library: Library) -> None:
    kept, bent = checking_of(library).trace(
        "We mask node features and rebuild them. The GraphMAE method reaches 99.9% accuracy on Cora."
    )
    assert [(one.stance, one.paper) for one in kept.found] == [("supports", GRAPHS)]
    assert [(one.stance, one.paper) for one in bent.found] == [("contradicts", GRAPHS)]


def test_a_paper_is_read_once_until_there_is_no_more_room(library: Library, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(checking, "KEPT", 2)
    checker = checking_of(library)
    first = checker._papers([GRAPHS, SPEECH])
    assert checker._papers([SPEECH, GRAPHS]) == first[::-1]
    kept, new = checker._papers([GRAPHS, TREES])
    assert (kept is first[0], new.text.paper) == (True, TREES)
    (again,) = checker._papers([SPEECH])
    assert again is not first[1]
    assert len(checker._papers([*PAPERS, *PAPERS])) == 6
