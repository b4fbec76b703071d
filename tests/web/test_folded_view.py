"""A sentence has one mark for each paper; what an answer folds away comes with its line."""

from paperchat.types import Answer, AnswerSentence, Citation
from paperchat.web.folded_view import chips_of, folded_view


def test_a_paper_that_a_sentence_cites_three_times_has_one_mark() -> None:
    cites = tuple(Citation("p", "T", quote, start, start + 1) for start, quote in enumerate("abc"))
    (chip,) = chips_of(AnswerSentence("S.", cites), {"p": 2})
    assert (chip["number"], chip["quote"], chip["start"], chip["end"]) == (2, "a […] b […] c", 0, 1)
    other = Citation("q", "U", "d", 0, 1)
    assert [one["paper"] for one in chips_of(AnswerSentence("S.", (cites[0], other, cites[1])), {"p": 1, "q": 2})] == [
        "p", "q",
    ]  # fmt: skip


def test_what_is_withheld_and_thought_is_told_apart_from_the_text() -> None:
    one = AnswerSentence("Wrong.", (Citation("p", "T", "a", 0, 1),), "unsupported", "No.")
    view = folded_view(Answer("q", withheld=(one,), thought="Hm."))
    assert view["withheld"] == {
        "line": "1 sentence was withheld: No", "sentences": [{"text": "Wrong.", "why": "No. It cites “T”."}],
    }  # fmt: skip
    assert view["thought"] == "Hm."
    assert folded_view(Answer("q")) == {"withheld": {"line": "", "sentences": []}, "thought": ""}
