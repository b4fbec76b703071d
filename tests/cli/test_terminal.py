"""Answers, results and drafts as people read them in a terminal."""

from dataclasses import replace

import pytest

from paperchat.cli.terminal import print_answer, print_replay, print_results, print_suggestions, print_traced
from paperchat.export.replay import Finding, Replay
from paperchat.types import (
    Answer,
    AnswerSentence,
    Backing,
    Citation,
    Fault,
    Leg,
    Paper,
    Result,
    Sentence,
    Suggestion,
    Traced,
)


def test_a_growing_answer_is_printed_whole_with_its_numbers(capsys: pytest.CaptureFixture[str]) -> None:
    one = Paper("1", "One", "We beat it. It holds.", "f")
    cites = (Citation("1", "One", "We beat it.", 0, 11),)
    results = (Result(one, 1, 1.0, None, None, ()),)
    texts = (["Gra"], ["GraphMAE wins."], ["GraphMAE wins.", "It ho"], ["GraphMAE wins.", "It holds."])
    answers = [Answer("q", results, tuple(AnswerSentence(t, cites) for t in row), stage="writing") for row in texts]
    print_answer([*answers, replace(answers[-1], stage="done")])
    assert capsys.readouterr().out.startswith("GraphMAE wins. [1]\nIt holds. [1]\n")
    changed = replace(answers[-1], stage="done", sentences=(AnswerSentence("GraphMAE wins."),))
    print_answer([*answers, changed])
    assert capsys.readouterr().out.endswith("\n\nGraphMAE wins.\n")


def test_what_is_doubted_and_noticed_stands_below_the_answer(capsys: pytest.CaptureFixture[str]) -> None:
    said = AnswerSentence("99 fall.", (), "unsupported", "No 99.", (Fault(0, 2, "number"),))
    print_answer([Answer("q", (), (said,), stage="done", notices=("Start Ollama.",))])
    assert capsys.readouterr().out.splitlines() == [
        "99 fall.", "  not supported: 99 fall. (No 99.)",
        "  Of 1 written sentence, 1 not supported by what is cited.", "  Start Ollama.",
    ]  # fmt: skip


def test_what_is_folded_is_told_in_a_line_and_opened_when_asked(capsys: pytest.CaptureFixture[str]) -> None:
    wrong = AnswerSentence("99 rise.", (), "unsupported", "No 99.")
    answer = Answer("q", (), (AnswerSentence("It is so."),), stage="done", withheld=(wrong,), thought="Hm.\nWell.")
    print_answer([answer])
    assert capsys.readouterr().out.splitlines() == [
        "It is so.", "  1 sentence was withheld: No 99 (--unfold shows it)",
        "  The model thought first, in 2 words (--unfold shows it)",
    ]  # fmt: skip
    print_answer([answer], unfold=True)
    assert capsys.readouterr().out.splitlines()[-3:] == [
        "    withheld: 99 rise. (No 99.)", "    thought: Hm.", "    thought: Well.",
    ]  # fmt: skip


def test_lines_stand_below_what_is_said_and_code_keeps_its_lines(capsys: pytest.CaptureFixture[str]) -> None:
    said = (AnswerSentence("All:"),)
    print_answer([Answer("q", (), said, stage="done", lines=("One", "@misc{x,\n}\x1b"), notices=("Note.",))])
    assert capsys.readouterr().out == "All:\n  One\n  @misc{x,\n  }\n  Note.\n"


PAPER = Paper("1", "One", "We beat it.", "f")
SENTENCE = Sentence("1", 0, 0, 11, "We beat it.")


def test_papers_found_say_why(capsys: pytest.CaptureFixture[str]) -> None:
    print_results([Result(PAPER, 1, 1.0, Leg(2, 0.5), Leg(3, 1.0), (SENTENCE,))])
    print_suggestions([Suggestion(PAPER, "its name", None)])
    assert capsys.readouterr().out.splitlines() == [
        " 1. One  (meaning #2, words #3)", "    We beat it.", " 1. One  (its name; 1)",
    ]  # fmt: skip
    print_results([])
    print_suggestions([])
    assert capsys.readouterr().out == "Nothing found.\n" * 2


def test_a_draft_says_what_backs_each_sentence(capsys: pytest.CaptureFixture[str]) -> None:
    print_traced(Traced("It does not.", (Backing(PAPER, SENTENCE, "contradicts", 0.8, "It does."),), 0, 12))
    print_traced(Traced("It sleeps.", (), 13, 23))
    assert capsys.readouterr().out.splitlines() == [
        "It does not.", "    contradicts (0.80): One (It does.)", "        We beat it.",
        "It sleeps.", "    nothing found",
    ]  # fmt: skip


def test_a_replay_says_whether_the_receipt_holds(capsys: pytest.CaptureFixture[str]) -> None:
    print_replay(Replay((Finding(1, 2, "One", "unchanged", ""),), (), ()))
    print_replay(Replay((), ("Edited.",), ("Larger.",)))
    assert capsys.readouterr().out.splitlines() == [
        "sentence 1, citation 2: unchanged: One", "The receipt holds.",
        "Edited.", "Larger.", "The receipt does not hold any more.",
    ]  # fmt: skip
