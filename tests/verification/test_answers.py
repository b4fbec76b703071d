"""An answer's sentences are settled: by rule at once, by the model one at a time, and nothing supports a refusal."""

from collections.abc import Generator

import pytest

from paperchat.errors import ModelError
from paperchat.export.withheld import doubt
from paperchat.types import Answer, AnswerSentence, Check, Citation, Fault, ModelInfo
from paperchat.verification.answers import repeats, settle

MODEL = ModelInfo("scripted:1b", "sha256:0", 4096, 1.0, thinking=False)
QUOTE = Citation("p", "P", "Trees share one ensemble.", 0, 25)


def by_rule(_: AnswerSentence, model: ModelInfo | None) -> Generator[None, None, Check]:
    """Supports all without a model; with one, which is silent for a while, it finds the number at fault."""
    if model is None:
        return Check("supported", 0.9, "It says this.")
    yield
    return Check("unsupported", 0.1, "No 99.", wrong_numbers=((0, 2),))


def settled(*sentences: AnswerSentence) -> list[Answer]:
    answer = Answer("q", sentences=sentences, stage="writing")
    return list(settle(answer, lambda sentence: sentence, by_rule, MODEL, lambda words: words == "A Known Title"))


def test_verdicts_come_by_rule_first_and_then_from_the_model() -> None:
    first, silence, second = settled(AnswerSentence("99 trees.", (QUOTE,)))
    assert silence is first
    assert (first.stage, first.sentences[0].verdict, doubt(first)) == ("checking", "supported", "")
    assert second.sentences[0].verdict == "unsupported"
    assert second.sentences[0].faults == (Fault(0, 2, "number"),)
    assert doubt(second) == "Of 1 written sentence, 1 not supported by what is cited."


def test_a_model_that_fails_leaves_the_verdicts_by_rule() -> None:
    def failing(_: AnswerSentence, model: ModelInfo | None) -> Generator[None, None, Check]:
        if model is not None:
            yield from ()
            raise ModelError("gone", "start it")
        return Check("unsure", 0.4, "Near.")

    answer = Answer("q", sentences=(AnswerSentence("A.", (QUOTE,)), AnswerSentence("B.", (QUOTE,))))
    (only,) = settle(answer, lambda sentence: sentence, failing, MODEL, lambda words: True)
    assert [sentence.verdict for sentence in only.sentences] == ["unsure", "unsure"]
    assert doubt(only) == "Of 2 written sentences, 2 not surely supported by what is cited."


def test_a_quote_is_supported_without_asking_anything() -> None:
    (only,) = settled(AnswerSentence(QUOTE.quote, (QUOTE,)))
    assert only.sentences[0].verdict == "supported"


def test_what_cites_nothing_is_unsupported_unless_it_says_that_nothing_answers() -> None:
    (only,) = settled(AnswerSentence("Trees win."), AnswerSentence("The abstracts do not mention How2Sign."))
    assert [sentence.verdict for sentence in only.sentences] == ["unsupported", ""]


def test_a_title_that_no_paper_has_is_marked() -> None:
    text = "“A Known Title” beats “An Invented Paper Title”."
    for answer in settled(AnswerSentence(text, (QUOTE,))):
        titles = [text[fault.start : fault.end] for fault in answer.sentences[0].faults if fault.kind == "title"]
        assert titles == ["An Invented Paper Title"]


def test_a_title_is_supported_by_the_paper_that_has_it() -> None:
    (only,) = settled(AnswerSentence("“P”", (QUOTE,)))
    assert (only.sentences[0].verdict, only.sentences[0].reason) == ("supported", "It is the title of the paper cited.")


@pytest.mark.parametrize(
    ("question", "text", "only"),
    [
        ("studies building on wav2vec 2 or hubert", "Studies build on wav2vec 2 or HuBERT.", True),
        ("What accuracy does Mugs reach?", "Mugs reaches an accuracy.", True),
        ("What accuracy does Mugs reach?", "Mugs reaches an accuracy of 82.1%.", False),
        ("Which is faster, GraphMAE or D-SLA?", "GraphMAE is faster than D-SLA.", False),
        ("What does it use, masks or noise?", "It uses masks.", False),
        ("Does Mugs reach high accuracy?", "Mugs reaches high accuracy.", False),
        ("What?", "It is so.", False),
    ],
)
def test_what_only_repeats_the_question_is_told(question: str, text: str, only: bool) -> None:
    assert repeats(text, question) is only
    answer = Answer(question, sentences=(AnswerSentence(text, (QUOTE,)),), stage="writing")
    first, *_ = settle(answer, lambda sentence: sentence, by_rule, MODEL, lambda words: True)
    assert (first.sentences[0].reason == "It only repeats the question.") is only
    assert (first.sentences[0].verdict == "unsupported") is only
