"""Conversations are searched as they are kept: names, questions and answers, of their reader alone."""

from dataclasses import replace

import pytest

from paperchat.storage.conversations import History
from paperchat.storage.recall import Found, Said, find_said
from paperchat.types import Answer, AnswerSentence, Paper, Table

LINES = ("Café owners prune 5\\% of them.", "They grow in spring, said Erdős.")

ONE = Said(LINES, "k", "Trees", "How do forests grow?", "2026-01-02", 0, "How do forests grow?")


@pytest.mark.parametrize(
    ("typed", "where", "parts"),
    [
        ("tree", "title", ("", "Tree", "s")),
        ("FOREST", "question", ("How do ", "forest", "s grow?")),
        ("cafe", "answer", ("", "Café", " owners prune 5% of them.")),
        ("erdos", "answer", ("They grow in spring, said ", "Erdős", ".")),
        ("5%", "answer", ("Café owners prune ", "5%", " of them.")),
        ("spring grow", "answer", ("They ", "grow", " in ", "spring", ", said Erdős.")),
        ("prune spring", "answer", ("Café owners ", "prune", " 5% of them.")),
    ],
    ids=str,
)
def test_words_are_found_where_they_stand_without_case_and_accents(typed: str, where: str, parts: tuple[str, ...]):
    (found,) = find_said([ONE], typed)
    assert (found.where, found.parts) == (where, parts)
    assert (found.key, found.title, found.position) == ("k", "Trees", 0)


@pytest.mark.parametrize("typed", ["", "   ", "grow winter", "trees forests", "\\%"])
def test_what_is_not_said_is_not_found(typed: str):
    assert list(find_said([ONE], typed)) == []


def test_of_a_long_line_the_part_around_the_word_is_shown():
    said = replace(ONE, lines=(f"{'before ' * 40}needle{' behind' * 60}",))
    (found,) = find_said([said], "needle")
    before, word, after = found.parts
    assert (before[:8], word, after[-8:]) == ("…before ", "needle", " behind…")
    assert len("".join(found.parts)) < 340
    (whole,) = find_said([replace(said, lines=(f"{'x' * 500}needle{'y' * 500}",))], "needle")
    assert whole.parts[1] == "needle"


def say(history: History, reader: str, key: str, *answers: Answer) -> None:
    for place, answer in enumerate(answers):
        history.keep(reader, key, place, answer)


def places(found: list[Found]) -> list[tuple[str, int, str]]:
    return [(one.key, one.position, one.where) for one in found]


def test_a_reader_finds_what_is_in_questions_sentences_lines_leads_cells_and_names():
    papers = (Paper("a", "A", "We.", "f"), Paper("b", "B", "We.", "f"))
    table = Table(("idea",), papers, ((AnswerSentence("A cell of larches.", ()), None),))
    history = History(":memory:")
    say(
        history,
        "me",
        "first",
        Answer("Of oaks?", sentences=(AnswerSentence("Of beeches.", ()),), lead="3 of 8 papers on limes."),
        Answer("And then?", lines=("A line of willows",), table=table),
    )
    say(history, "me", "second", Answer("Of oaks again?"))
    say(history, "other", "third", Answer("Of oaks, too?"))
    history.rename("me", "first", "About pines")

    def find(typed: str) -> list[tuple[str, int, str]]:
        return places(list(history.find("me", typed)))

    assert sorted(find("oaks")) == [("first", 0, "question"), ("second", 0, "question")]
    assert find("beech") == find("limes") == [("first", 0, "answer")]
    assert find("willow") == find("larch") == [("first", 1, "answer")]
    assert find("pines") == [("first", 0, "title")]
    assert places(list(history.find("other", "oaks"))) == [("third", 0, "question")]
    assert list(history.find("nobody", "oaks")) == []


@pytest.mark.parametrize("kept", ["", "no JSON", "[]", '{"sentences": 5, "lines": [7], "table": {"cells": 1}}', "null"])
def test_an_answer_that_cannot_be_read_hides_no_other(kept: str):
    history = History(":memory:")
    say(history, "me", "key", Answer("One of oaks?"), Answer("Two of oaks?"))
    with history._db.transaction():
        history._db.execute("UPDATE exchanges SET answer = ? WHERE position = 0", (kept,))
    assert places(list(history.find("me", "oaks"))) == [("key", 0, "question"), ("key", 1, "question")]
