"""A conversation as Markdown: its numbers, its notices, and one list of references."""

from dataclasses import replace

from paperchat.export.markdown import cited_papers, conversation_markdown
from paperchat.types import Answer, AnswerSentence
from tests.fake_app import cite, make_result, make_table
from tests.samples import GRAPHS, SPEECH

FOUND = (make_result(GRAPHS, 1), make_result(SPEECH, 2))
FIRST = Answer("What falls?", FOUND, (AnswerSentence("Errors *fall*.", (cite(FOUND[1]),), "unsure"),), stage="done")
THEN = Answer("And graphs?", FOUND, (AnswerSentence("They do.", (cite(FOUND[0]), cite(FOUND[1]))),), stage="done")


def lines(*answers: Answer) -> list[str]:
    papers = cited_papers(answers)
    return conversation_markdown("A talk", answers, [paper.title for paper in papers]).splitlines()


def test_papers_have_one_number_through_the_conversation() -> None:
    assert cited_papers([FIRST, THEN]) == (SPEECH, GRAPHS)
    written = lines(FIRST, THEN)
    assert written[0] == "# A talk"
    assert r"Errors \*fall\*. \[1\] *(not surely supported)*" in written
    assert r"They do. \[2\]\[1\]" in written
    assert written[-3:] == [r"\[1\] Wav2Tok: Speech Tokens", "", r"\[2\] GraphMAE: Masked Graphs"]


def test_a_notice_stands_where_it_is_first_told() -> None:
    told = [replace(one, notices=("No model.", "No model.")) for one in (FIRST, THEN)]
    written = lines(*told)
    assert written.count("*No model.*") == 1
    assert written.index("*No model.*") < written.index("## And graphs?")


def test_quotes_stand_apart_and_what_ended_early_says_so() -> None:
    quote = AnswerSentence(SPEECH.abstract[:30], (cite(FOUND[1]),))
    verbatim = replace(FIRST, sentences=(replace(quote, text=cite(FOUND[1]).quote),))
    assert f"> {cite(FOUND[1]).quote} \\[1\\]" in lines(verbatim)
    stopped = lines(replace(FIRST, stage="stopped", model="m_1"))
    assert "*The answer stopped.*" in stopped
    assert r"*Written by m\_1.*" in stopped


def test_a_table_and_a_line_before_a_list_are_kept_and_without_citations_there_is_no_list() -> None:
    written = lines(replace(FIRST, lead="1 of 3 papers:", table=make_table(FOUND)))
    assert "1 of 3 papers:" in written
    assert any(line.startswith("| idea |") for line in written)
    assert "## References" not in lines(Answer("Why?", stage="done"))


def test_lines_are_a_list_and_what_has_several_is_code() -> None:
    written = lines(
        Answer("All?", (), (AnswerSentence("All *two*:"),), lines=("A *title*", "@misc{x,\n\ttitle\n}"), stage="done")
    )
    start = written.index(r"All \*two\*:")
    assert written[start:] == [r"All \*two\*:", "", r"- A \*title\*", "", "    @misc{x,", "    \ttitle", "    }"]
