"""Requests about the last answer are met from what it said, where that is kept, and from its text where it is not."""

from dataclasses import replace

import pytest

from paperchat.dialogue.conversation import Conversation
from paperchat.generation.last_answer import checked, grounds, nothing_above, replied
from paperchat.types import AnswerSentence, Citation, Paper, Turn
from paperchat.verification.answers import VERBATIM, verbatim
from tests.samples import GRAPHS, IMAGES, SPEECH, Shelf, paper_texts


class Shelved(Shelf):
    """The sample papers, with a question to begin with."""

    def examples(self) -> tuple[str, ...]:
        return ("What does HueNet sort?",)


def quote(paper: Paper, number: int) -> AnswerSentence:
    (text,) = paper_texts(paper)
    return verbatim(paper, text.sentences[number])


def conversation(*turns: Turn, papers: tuple[Paper, ...] = (GRAPHS, SPEECH, IMAGES)) -> Conversation:
    return Conversation(turns, Shelved(papers, papers))


def written(text: str, verdict: str, reason: str, cites: AnswerSentence | None) -> AnswerSentence:
    return AnswerSentence(text, cites.citations if cites else (), verdict, reason)  # type: ignore[arg-type]


CORA, MASKS, HUE = quote(GRAPHS, 2), quote(GRAPHS, 1), quote(IMAGES, 1)
QUOTED = Turn("How accurate is GraphMAE on Cora?", "…", (GRAPHS.title, IMAGES.title), "text", (MASKS, CORA, HUE))
TEXT = Turn("How accurate is GraphMAE on Cora?", f"“{GRAPHS.title}”: GraphMAE reaches 84.2% accuracy on Cora.")
CHECKED = Turn("?", "…", (GRAPHS.title,), "text", (
    written("It reaches 84.2%.", "supported", "It is like what is cited.", CORA),
    written("It reaches 90%.", "unsupported", "90 is not in what is cited.", CORA),
    written("It is good.", "unsure", "Little of it is there.", CORA),
    written("It is red.", "unsupported", "It cites no sentence.", None),
    written("Well.", "", "", None),
    CORA,
))  # fmt: skip


@pytest.mark.parametrize("act", ["last.sure", "last.why", "last.cite", "last.shorter"])
def test_in_a_new_conversation_nothing_stands_above_yet(act: str) -> None:
    answer = nothing_above("well?", act, conversation())
    assert answer is not None
    assert answer.text == "Nothing stands above yet. Ask about the papers first, for example: What does HueNet sort?"
    assert (answer.form, answer.abstained, answer.results) == ("reply", False, ())


def test_a_line_of_ours_that_stands_above_is_not_said_to_be_none() -> None:
    answer = nothing_above("shorter", "last.shorter", conversation(Turn("How many?", "3 papers.", (), "reply")))
    assert answer is not None
    assert answer.text.startswith("What stands above is my own line, and no answer of the papers. Ask")


def test_of_an_answer_that_was_declined_it_is_said_that_nothing_was_claimed() -> None:
    answer = nothing_above("sure?", "last.sure", conversation(Turn("Who won?", "Nothing on it.", (), "declined")))
    assert answer is not None
    assert "nothing was claimed" in answer.text


def test_a_reply_between_changes_nothing_of_what_stands_above() -> None:
    turns = (QUOTED, Turn("thanks", "You are welcome.", (), "reply"))
    assert checked("sure?", conversation(*turns)) == checked("sure?", conversation(QUOTED))
    assert nothing_above("sure?", "last.sure", conversation(turns[1])) is not None


def test_quotes_are_held_against_the_record_again() -> None:
    answer = checked("are you sure about that?", conversation(QUOTED))
    assert answer.text.startswith("3 sentences checked: all word for word in the papers.")
    assert answer.lines[1] == f"Word for word in “{GRAPHS.title}”: “GraphMAE reaches 84.2% accuracy on Cora.”"
    changed = replace(GRAPHS, abstract="Graphs are everywhere in data. Nothing else is known of them by anyone at all.")
    after = checked("are you sure about that?", conversation(QUOTED, papers=(changed, IMAGES)))
    assert after.text.startswith("3 sentences checked: 1 word for word in the papers, 2 no longer in the record.")
    assert after.lines[0].startswith("No longer in the record as it was cited, “GraphMAE")


def test_what_the_check_found_is_told_sentence_by_sentence() -> None:
    answer = checked("check it", conversation(CHECKED))
    assert answer.text.startswith(
        "6 sentences checked: 1 word for word in the papers, 1 supported by what is cited, 1 not surely supported, "
        "2 not supported, 1 not checked."
    )
    assert answer.lines[:5] == (
        f"Supported (It is like what is cited; “{GRAPHS.title}”): “It reaches 84.2%.”",
        f"Not supported (90 is not in what is cited; “{GRAPHS.title}”): “It reaches 90%.”",
        f"Not surely supported (Little of it is there; “{GRAPHS.title}”): “It is good.”",
        "Not supported (it cites nothing): “It is red.”",
        "Not checked (it cites nothing): “Well.”",
    )
    assert (answer.abstained, answer.cited, answer.form) == (False, (), "reply")


def test_of_a_text_alone_its_quotes_are_found_again() -> None:
    assert checked("sure?", conversation(TEXT)).lines == checked("sure?", conversation(QUOTED)).lines[1:2]
    assert "in other words" not in checked("sure?", conversation(TEXT)).text
    more = replace(TEXT, answer=f"{TEXT.answer} So it is far better than anything that was ever made before it.")
    assert "What the answer says in other words is not among them." in checked("sure?", conversation(more)).text
    assert (
        "no sentence of a paper"
        in checked("sure?", conversation(Turn("Hue?", "HueNet is blue.", (IMAGES.title,)))).text
    )


def test_a_long_list_is_told_in_part() -> None:
    many = tuple(replace(written(f"It is {n}.", "supported", "", CORA)) for n in range(25))
    lines = checked("sure?", conversation(replace(CHECKED, said=many))).lines
    assert (len(lines), lines[-1]) == (21, "and 5 more")


def test_why_quotes_what_the_answer_rests_on_with_its_papers() -> None:
    answer = grounds("why?", conversation(CHECKED))
    assert answer.sentences == (CORA,)
    assert (answer.cited, answer.is_verbatim, answer.notices, answer.form) == ((GRAPHS,), True, (), "reply")
    assert grounds("why?", conversation(QUOTED)).cited == (GRAPHS, IMAGES)


def test_of_a_text_that_quotes_nothing_the_nearest_sentences_are_quoted_and_that_is_said() -> None:
    turn = Turn("How accurate is GraphMAE?", "On Cora its accuracy is 84.2%.", (GRAPHS.title,))
    answer = grounds("why?", conversation(turn))
    assert answer.sentences == (CORA,)
    assert answer.notices[0].startswith("These are the sentences nearest")


def test_an_answer_without_papers_rests_on_nothing() -> None:
    answer = grounds("why?", conversation(Turn("Hm?", "So it is.", (), "text", (AnswerSentence("So it is."),))))
    assert answer.text == "The answer above rests on no sentence of a paper."


def test_titles_above_are_the_records_own() -> None:
    listed = Turn("all papers", "…", (GRAPHS.title,), "titles")
    for act in ("last.sure", "last.why", "last.again"):
        answer = nothing_above("sure?", act, conversation(listed))
        assert answer is not None
        assert answer.text.startswith("What stands above is from the record as it is")
    assert nothing_above("cite them", "last.cite", conversation(listed)) is None


def test_a_citation_of_a_paper_that_is_gone_is_no_ground() -> None:
    gone = AnswerSentence("It is.", (Citation("gone", "A Paper that Left", "It is.", 0, 6),), "supported", VERBATIM)
    turn = Turn("?", "It is.", ("A Paper that Left",), "text", (gone,))
    assert grounds("why?", conversation(turn)).text == "The answer above rests on no sentence of a paper."


def test_a_reply_cites_nothing_and_finds_nothing() -> None:
    answer = replied("hi", "assistant.hello", "Hello.", ["One.", "Two."])
    assert (answer.text, answer.cited, answer.results, answer.form) == ("Hello.\nOne.\nTwo.", (), (), "reply")
