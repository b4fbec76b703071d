"""What the assistant says of itself: friendly, true, and with a question to go on."""

from collections.abc import Callable

import pytest

from paperchat.generation import small_talk
from paperchat.generation.about_set import Said
from paperchat.retrieval.library import Library
from paperchat.retrieval.starters import EXAMPLES
from paperchat.retrieval.themes import Theme, Themes
from paperchat.text.refusals import declines
from paperchat.types import Paper
from tests.samples import PAPERS


class Set(Library):
    """A library of the sample papers."""

    def __init__(self, papers: tuple[Paper, ...] = PAPERS, *tried: str) -> None:
        self._all, self.tried = papers, list(tried)

    @property
    def papers(self) -> tuple[Paper, ...]:
        return self._all

    def examples(self) -> tuple[str, ...]:
        return tuple(self.tried) or (EXAMPLES[:2] if self._all else ())

    def themes(self) -> Themes:
        return Themes((Theme(("speech tokens",), self._all),) if self._all else (), len(self._all))


ALL = (small_talk.hello, small_talk.thanks, small_talk.chat, small_talk.usage, small_talk.files, small_talk.languages,
       small_talk.who, small_talk.trust, small_talk.refusal, small_talk.unread)  # fmt: skip


@pytest.mark.parametrize("tell", ALL, ids=lambda tell: str(tell.__name__))
@pytest.mark.parametrize("library", [Set(), Set(())], ids=["three papers", "no papers"])
def test_each_is_said_in_whole_sentences_and_declines_nothing(
    tell: Callable[[str, Library], Said], library: Library
) -> None:
    said, lines = tell("well?", library)
    assert said[0].isupper()
    assert said.endswith((".", "?"))
    assert all(lines)
    assert not declines(said) or tell is small_talk.trust  # which says what is declined


def test_a_greeting_counts_the_papers_and_offers_questions() -> None:
    said, lines = small_talk.hello("", Set())
    assert "the 3 papers of this set" in said
    assert set(lines) <= set(EXAMPLES)
    assert "has none yet" in small_talk.hello("", Set(()))[0]


def test_what_can_be_asked_is_shown_by_questions_of_several_kinds_over_these_papers() -> None:
    one, listed, compared, *others = small_talk.usage("", Set())[1]
    assert one == EXAMPLES[0]
    assert listed == "Which papers are about speech tokens?"
    assert compared == f"Compare “{PAPERS[0].title}” with “{PAPERS[1].title}”"
    assert others == ["How many papers are there?", "Where does it say so?"]


def test_where_questions_were_tried_these_alone_are_offered() -> None:
    tried = Set(PAPERS, "What do speech tokens do?", "Which papers work on trees?")
    assert small_talk.usage("", tried)[1] == (*tried.tried, "How many papers are there?", "Where does it say so?")
    for tell in (small_talk.chat, small_talk.thanks, small_talk.refusal, small_talk.unread):
        assert tell("well", tried)[0].endswith("for example: What do speech tokens do?")


@pytest.mark.parametrize("question", ["ok thx bye", "Thank you, good night.", "cya", "grazie e arrivederci"])
def test_who_leaves_is_seen_off(question: str) -> None:
    assert "good-bye" in small_talk.thanks(question, Set())[0]


def test_who_says_thanks_may_ask_on() -> None:
    said, _ = small_talk.thanks("that was goodness itself, thank you", Set())
    assert said.startswith("You are welcome. Ask on")


def test_how_papers_come_in_is_told_by_commands() -> None:
    assert small_talk.files("", Set())[1][0].startswith("`paperchat index FILE`")
