"""Settle an answer sentence by sentence: what each cites is checked, and what is not in the record is marked."""

from collections.abc import Callable, Iterator
from dataclasses import replace

from paperchat.cite import declines
from paperchat.errors import ModelError
from paperchat.text import quoted_titles
from paperchat.types import Answer, AnswerSentence, Check, Fault, ModelInfo

Verify = Callable[[AnswerSentence, ModelInfo | None], Check]
"""Checks a sentence against what it cites, without a model or with one."""

IsTitle = Callable[[str], bool]
"""Tells whether a paper of the set, or what was read for this answer, has these words as a title."""

VERBATIM = "The sentence is the paper's own."
UNCITED = "It cites no sentence."


def settle(answer: Answer, verify: Verify, model: ModelInfo | None, is_title: IsTitle) -> Iterator[Answer]:
    """Yield the answer in its stage "checking": first with all verdicts by rule, then as a model settles each.

    A model that fails leaves the verdicts by rule as they are.
    """
    sentences = [_judged(sentence, verify, None, is_title) for sentence in answer.sentences]
    answer = replace(answer, stage="checking", sentences=tuple(sentences))
    yield answer
    if model is None:
        return
    for place, sentence in enumerate(sentences):
        if sentence.citations and not is_verbatim(sentence):
            try:
                sentences[place] = _judged(sentence, verify, model, is_title)
            except ModelError:
                return
            yield replace(answer, sentences=tuple(sentences))


def is_verbatim(sentence: AnswerSentence) -> bool:
    """Tell whether a sentence is the very quote that it cites."""
    return [citation.quote for citation in sentence.citations] == [sentence.text]


def _judged(sentence: AnswerSentence, verify: Verify, model: ModelInfo | None, is_title: IsTitle) -> AnswerSentence:
    text = sentence.text
    titles = [Fault(start, end, "title") for start, end in quoted_titles(text) if not is_title(text[start:end])]
    if is_verbatim(sentence):
        return replace(sentence, verdict="supported", reason=VERBATIM)
    if not sentence.citations:
        silent = declines(text)
        return replace(
            sentence, verdict="" if silent else "unsupported", reason="" if silent else UNCITED, faults=tuple(titles)
        )
    check = verify(sentence, model)
    numbers = [Fault(start, end, "number") for start, end in check.wrong_numbers]
    return replace(sentence, verdict=check.verdict, reason=check.reason, faults=(*numbers, *titles))
