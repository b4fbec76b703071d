"""Where papers disagree is answered with both sentences, side by side, and no model is asked."""

import json
from collections.abc import Iterator
from dataclasses import replace

import pytest

from paperchat.cli.terminal import print_answer
from paperchat.export.json_forms import answer_json
from paperchat.export.markdown import conversation_markdown
from paperchat.generation.pipeline import stream_answer
from paperchat.paths import CHECKER
from paperchat.retrieval.library import Library
from paperchat.storage.store import Store
from paperchat.types import Answer
from paperchat.verification.checker import read_checker
from paperchat.web.view_model import exchange_view
from tests.samples import CLAIMS, LESSONS, HashEmbedder, SayingNothing, Unchecked, paper

RAISES = paper("Salt and the heart", "We followed adults for years. Salt raises blood pressure in adults.")
LOWERS = paper("Salt in old age", "Old people were asked. Salt lowers blood pressure in adults.")
SAME = paper("Salt again", "A third study. In adults salt raises blood pressure.")
ELSE = paper("Glazes of kilns", "Kilns were fired. The glaze of the pots cracks in cold water.")


class Denying(SayingNothing):
    """Reads claims, and finds none contradicted."""

    def contradiction(self, *_: str) -> float:
        return -9.0


class Judging(Unchecked):
    """Judges by the weights that ship."""

    opposing = read_checker(json.loads(CHECKER.read_text(encoding="utf-8")), CLAIMS).opposition


class Doubting(Judging):
    """Judges likewise, where what was learned of claims sees no contradiction."""

    opposing = replace(Judging.opposing, reader=Denying())


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Library]:
    embedder = HashEmbedder()
    store = Store(tmp_path_factory.mktemp("store"), embedder, lambda line: None, lambda done, total: None)
    store.add([RAISES, LOWERS, SAME, ELSE])
    store.refresh()
    yield Library(store, embedder, LESSONS, 8)
    store.close()


def asked(library: Library, question: str) -> Answer:
    *_, answer = stream_answer(question, (), library, None, Judging())
    assert answer.stage == "done"
    return answer


def test_two_sentences_that_say_the_opposite_stand_side_by_side(library: Library) -> None:
    answer = asked(library, "Do the papers disagree on anything?")
    pairs = [(one, other) for one, other in zip(answer.sentences, answer.sentences[1:], strict=False) if other.differs]
    assert pairs
    for one, other in pairs:
        assert {"raises", "lowers"} == {word for word in ("raises", "lowers") if word in one.text + other.text}
        assert one.is_quote
        assert other.is_quote
        assert "raises" in other.differs
    assert ELSE not in answer.cited


def test_papers_on_another_matter_do_not_disagree(library: Library) -> None:
    answer = asked(library, "Do the papers on kiln glazes disagree?")
    assert not any(sentence.differs for sentence in answer.sentences)


def test_what_speaks_against_a_claim_comes_first_then_what_is_near_it(library: Library) -> None:
    answer = asked(library, "Does any paper contradict that salt raises blood pressure in adults?")
    assert answer.lead.startswith("Against it 1 paper speaks")
    assert answer.sentences[0].differs
    assert answer.sentences[0].citations[0].title == LOWERS.title
    assert {one.citations[0].title for one in answer.sentences[1:]} == {RAISES.title, SAME.title}


def test_every_quote_cites_itself(library: Library) -> None:
    for question in ("Do the papers disagree?", "Does any paper contradict that salt raises blood pressure?"):
        answer = asked(library, question)
        assert answer.is_verbatim
        assert len(answer.cited) == len(answer.results)


def test_what_differs_is_told_wherever_the_answer_is_shown(
    library: Library, capsys: pytest.CaptureFixture[str]
) -> None:
    answer = asked(library, "Do the papers disagree on anything?")
    told, *_ = [one.differs for one in answer.sentences if one.differs]
    print_answer([answer])
    assert f"  against it: {told}" in capsys.readouterr().out
    assert f"against it: {told}" in conversation_markdown("T", [answer], ())
    assert told in [one["differs"] for one in answer_json(answer)["sentences"]]
    numbers = {paper.id: number for number, paper in enumerate(answer.cited, 1)}
    assert told in [one["differs"] for one in exchange_view(answer, numbers)["sentences"]]


def test_two_sentences_that_do_not_contradict_each_other_are_no_pair(library: Library) -> None:
    *_, answer = stream_answer("Do the papers disagree on anything?", (), library, None, Doubting())
    assert not any(sentence.differs for sentence in answer.sentences)
