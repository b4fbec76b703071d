"""A request is met from an abstract or from the papers on a topic; a model is given what its size can take."""

from collections.abc import Iterator, Sequence
from dataclasses import replace

import pytest

from paperchat.dialogue.tasks import Wish
from paperchat.generation.pipeline import stream_answer
from paperchat.generation.tasks import UNDATED, WHICH, met
from paperchat.models.model import Model
from paperchat.models.ollama import OllamaServer
from paperchat.models.prompt_files import read_prompts
from paperchat.paths import prompts_folder
from paperchat.retrieval.library import Library
from paperchat.retrieval.survey import Listing
from paperchat.storage.store import Store
from paperchat.types import Answer, Paper
from tests import scripted_ollama
from tests.samples import GRAPHS, LESSONS, HashEmbedder, Shelf, Unchecked, paper, results
from tests.scripted_ollama import Reply, ScriptedOllama

ONE = paper(
    "One: Masked Speech",
    "Speech is long. We propose One, which masks speech. It is trained on the LibriSpeech dataset. "
    "One outperforms earlier work by 3 points.",
)
TWO = paper("Speech Masking: A Review", "Masked speech models are models that fill gaps. We review two hundred.")


class Surveyed(Shelf):
    """A shelf of which every paper qualifies."""

    def survey(self, asked: str, among: Sequence[Paper] = ()) -> Listing:
        assert "speech" in asked
        assert not among
        return Listing(results(*self._papers), 2, 2)


class Unsure(Surveyed):
    """A shelf of which no paper surely qualifies."""

    def survey(self, asked: str, among: Sequence[Paper] = ()) -> Listing:
        found = super().survey(asked, among)
        return replace(found, results=tuple(replace(one, score=0.4) for one in found.results))


SHELF = Surveyed((ONE, TWO), (ONE, TWO))


def made(wish: Wish) -> tuple[Answer, list[str]]:
    """Return the answer to a request and the sentences that are its evidence."""
    found = met("q", wish, SHELF)
    assert found is not None
    answer, grounds = found
    assert grounds.task == wish.task
    return answer, [sentence.text for one in grounds.chosen for sentence in one.sentences]


def test_a_topic_takes_a_sentence_of_each_paper_that_has_one() -> None:
    _, related = made(Wish("related", "speech"))
    assert related == ["We propose One, which masks speech.", "We review two hundred."]
    answer, data = made(Wish("datasets", "speech"))
    assert data == ["It is trained on the LibriSpeech dataset."]
    assert answer.lead == "The data of 1 paper, of 2 on “speech”:"


def test_a_reading_list_begins_with_reviews_and_says_its_order() -> None:
    answer, lines = made(Wish("reading", "speech"))
    assert lines[0] == "We review two hundred."
    assert [result.paper for result in answer.results] == [TWO, ONE]
    assert answer.lead == "2 papers on “speech”, in an order to read them: first 1 review, then 1 on it:"


def test_a_reading_list_has_as_many_papers_as_asked_and_says_what_is_left() -> None:
    answer, lines = made(Wish("reading", "speech", count=1))
    assert lines == ["We review two hundred."]
    assert (answer.lead, answer.notices) == ("1 paper on “speech”:", ("1 more on “speech” would come after these.",))


def test_the_papers_above_are_put_in_an_order() -> None:
    answer, lines = made(Wish("reading", "", among=(ONE, TWO)))
    assert lines == ["We review two hundred.", "We propose One, which masks speech."]
    assert answer.lead == "2 papers, in an order to read them: first 1 review, then 1 on it:"


def test_where_the_set_has_nothing_on_a_topic_there_is_no_reading_list() -> None:
    found = met("q", Wish("reading", "wireless speech tides"), Unsure((ONE, TWO), (ONE, TWO)))
    assert found is not None
    assert not found[1].understood.judgement.answerable
    assert found[1].understood.judgement.notice.startswith("None of the 2 papers is on “wireless speech tides”")
    assert met("q", Wish("use", "wireless speech tides"), Unsure((ONE, TWO), (ONE, TWO))) is None


def test_the_state_of_the_art_says_that_dates_are_not_known() -> None:
    answer, said = made(Wish("state", "speech"))
    assert said == ["One outperforms earlier work by 3 points."]
    assert answer.notices == (UNDATED,)


def test_a_definition_is_of_the_papers_that_say_it() -> None:
    answer, said = made(Wish("definition", "masked speech models"))
    assert (said, answer.lead) == (["Masked speech models are models that fill gaps."], "")


def test_a_term_that_no_paper_has_is_not_defined() -> None:
    found = met("q", Wish("definition", "epistasis"), SHELF)
    assert found is not None
    assert not found[1].understood.judgement.answerable
    assert "epistasis" in found[1].understood.judgement.notice


@pytest.mark.parametrize(
    ("wish", "said"),
    [(Wish("limits", "One", ONE), "does not state limits of its own work"), (Wish("summary", ""), WHICH)],
    ids=["limits that are not there", "no paper named"],
)
def test_what_is_not_stated_or_not_named_is_said(wish: Wish, said: str) -> None:
    found = met("q", wish, SHELF)
    assert found is not None
    assert said in found[1].understood.judgement.notice
    assert found[1].chosen == ()


# ---- what a model is given


LONG = [
    paper(
        f"Net{n}: Masked Graphs of Kind {n}",
        " ".join(
            [f"We propose Net{n}, which masks graphs.", *(f"Detail {n} of graphs is part {s}." for s in range(9))]
        ),
    )
    for n in range(12)
]
REPLY = '{"sentences": [{"cites": ["1a"], "text": "Net masks graphs."}]}'


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Library]:
    embedder = HashEmbedder()
    store = Store(tmp_path_factory.mktemp("store"), embedder, lambda line: None, lambda done, total: None)
    store.add([*LONG, GRAPHS])
    store.refresh()
    yield Library(store, embedder, LESSONS, 8)
    store.close()


def asked(library: Library, question: str, model: scripted_ollama.Model, **settings: str) -> tuple[Answer, dict]:  # type: ignore[type-arg]
    """Return the answer of a model of this size, and what it was sent."""
    with ScriptedOllama((model,)) as server:
        server.default = Reply([REPLY], thinking=["Let me ", "see."] if settings else ())
        own = Model(OllamaServer(server.url), read_prompts(prompts_folder()), 300, settings, lambda: 0.0)
        *_, answer = stream_answer(question, (), library, own, Unchecked())
        return answer, server.chats[0]


SIZES = ("0.5B", "1.5B", "3B", "7B", "14B", "32B")


def test_a_model_is_shown_more_and_held_less_the_larger_it_is(library: Library) -> None:
    sent = [asked(library, "related work on masked graphs", scripted_ollama.Model("m", size))[1] for size in SIZES]
    lengths = [len(one["messages"][-1]["content"]) for one in sent]
    assert lengths == sorted(lengths)
    assert len(set(lengths)) >= 4
    held = ["prefixItems" in one["format"]["properties"]["sentences"] for one in sent]
    assert held == [True, True, True, False, False, False]
    papers = [one["messages"][-1]["content"].count("Paper ") for one in sent]
    assert papers[0] < papers[-1]


def test_the_order_of_a_reading_list_is_kept_by_a_model_of_any_size(library: Library) -> None:
    for size in ("1.5B", "32B"):
        answer, sent = asked(library, "where do I start with masked graphs?", scripted_ollama.Model("m", size))
        assert "prefixItems" in sent["format"]["properties"]["sentences"], size
        assert answer.lead.endswith("the more general first:")
        assert [paper.id for paper in answer.cited] == [one.paper.id for one in answer.results[: len(answer.cited)]]
        assert all(sentence.citations for sentence in answer.sentences)


def test_settings_overrule_what_a_size_is_given(library: Library) -> None:
    small = scripted_ollama.Model("m", "1.5B")
    _, sent = asked(library, "related work on masked graphs", small, form="free", evidence_papers="2")
    assert "prefixItems" not in sent["format"]["properties"]["sentences"]
    assert sent["messages"][-1]["content"].count("Paper ") == 2
    answer, _ = asked(library, "related work on masked graphs", small)
    assert answer.settings["form"] == "strict"


def test_a_thought_is_kept_apart_and_is_no_text(library: Library) -> None:
    thinking = scripted_ollama.Model("m", "4B", capabilities=("completion", "thinking"))
    answer, sent = asked(library, "What is GraphMAE?", thinking, think="yes")
    assert sent["think"] is True
    assert answer.thought == "Let me see."
    assert "Let me see" not in answer.text
    quiet, sent = asked(library, "What is GraphMAE?", thinking)
    assert (quiet.thought, sent["think"]) == ("", False)


@pytest.mark.parametrize(
    ("question", "words"),
    [
        ("summarise GraphMAE", "Summarise the paper"),
        ("explain GraphMAE to a newcomer", "to a newcomer"),
        ("What is GraphMAE?", "how it works"),
        ("reading list on graphs", "what it teaches"),
    ],
)
def test_each_request_has_its_prompt_and_a_whole_abstract_where_one_paper_is_meant(
    library: Library, question: str, words: str
) -> None:
    _, sent = asked(library, question, scripted_ollama.Model("m", "1.5B"))
    told = sent["messages"][-1]["content"]
    assert words in told
    if "summarise" in question or "newcomer" in question:
        assert all(part in told for part in ("Graphs are everywhere", "rebuild them", "84.2% accuracy"))
