"""Settle an answer sentence by sentence: what each cites is checked, and what is not in the record is marked."""

from collections.abc import Callable, Generator, Iterator
from dataclasses import replace
from typing import TypeVar

from paperchat.errors import ModelError
from paperchat.models.steps import meanwhile, result_of
from paperchat.text import lexicon
from paperchat.text.cleaning import normalised, quoted_titles
from paperchat.text.refusals import declines
from paperchat.text.words import words
from paperchat.types import Answer, AnswerSentence, Check, Citation, Fault, Paper, Sentence

Found = TypeVar("Found")
"""What was found of a sentence beside what it cites: found once, judged without a model and with one."""

Judge = TypeVar("Judge")
"""A model that judges."""

IsTitle = Callable[[str], bool]
"""Tells whether a paper of the set, or what was read for this answer, has these words as a title."""

VERBATIM = "The sentence is the paper's own."

TITLE = "It is the title of the paper cited."

UNCITED = "It cites no sentence."

REPEATED = "It only repeats the question."

_ASKS_WHETHER = lexicon.words("auxiliaries")
"""Words with which a question begins that is answered by its own words: "Does A beat B?"."""


def verbatim(paper: Paper, sentence: Sentence) -> AnswerSentence:
    """Return a paper's sentence as a sentence of an answer, which cites itself."""
    citation = Citation(paper.id, paper.title, sentence.text, sentence.start, sentence.end)
    return AnswerSentence(sentence.text, (citation,), "supported", VERBATIM)


def settle(
    answer: Answer,
    find: Callable[[AnswerSentence], Found],
    judge: Callable[[Found, Judge | None], Generator[None, None, Check]],
    model: Judge,
    is_title: IsTitle,
) -> Iterator[Answer]:
    """Yield the answer in its stage "checking": first with all verdicts by rule, then as the model settles each.

    The same comes again while the model is silent: whoever reads can then stop, which ends the model's work. A model
    that fails leaves the verdicts by rule as they are.
    """
    written = answer.sentences
    repeated = {s for s in written if not s.is_quote and repeats(s.text, answer.question)}
    found = {
        s: find(s) for s in written if s.citations and not s.is_quote and not is_own_title(s) and s not in repeated
    }
    ruled = {sentence: result_of(judge(one, None)) for sentence, one in found.items()}
    settled = [_marked(_judged(s, ruled[s]) if s in ruled else _plain(s, s in repeated), is_title) for s in written]
    answer = replace(answer, stage="checking", sentences=tuple(settled))
    yield answer
    for place, sentence in enumerate(written):
        if sentence in found:
            try:
                check = yield from meanwhile(answer, judge(found[sentence], model))
            except ModelError:
                return
            settled[place] = _marked(_judged(sentence, check), is_title)
            answer = replace(answer, sentences=tuple(settled))
            yield answer


def repeats(text: str, question: str) -> bool:
    """Tell whether a sentence has no word of its own beside a question that asks for more than yes or no.

    Of alternatives ("A or B?") the answer has the question's words too: there only all of them, in their order, repeat.
    """
    asked = words(question)
    if not asked or asked[0].text.lower() in _ASKS_WHETHER:
        return False
    said = [word.stem for word in words(text) if word.content]
    if any(word.text.lower() == "or" for word in asked):
        return said == [word.stem for word in asked if word.content]
    return bool(said) and set(said) <= {word.stem for word in asked}


def _judged(sentence: AnswerSentence, check: Check) -> AnswerSentence:
    numbers = tuple(Fault(start, end, "number") for start, end in check.wrong_numbers)
    return replace(sentence, verdict=check.verdict, reason=check.reason, faults=numbers)


def _plain(sentence: AnswerSentence, repeated: bool) -> AnswerSentence:
    """Return the verdict on a sentence that needs no check: a quote, a title, a repetition, or uncited."""
    if repeated:
        return replace(sentence, verdict="unsupported", reason=REPEATED)
    if sentence.is_quote or is_own_title(sentence):
        return replace(sentence, verdict="supported", reason=VERBATIM if sentence.is_quote else TITLE)
    return sentence if declines(sentence.text) else replace(sentence, verdict="unsupported", reason=UNCITED)


def is_own_title(sentence: AnswerSentence) -> bool:
    """Tell whether a sentence is but the title of the paper that it cites."""
    return {normalised(citation.title) for citation in sentence.citations} == {normalised(sentence.text)}


def _marked(sentence: AnswerSentence, is_title: IsTitle) -> AnswerSentence:
    """Return the sentence with the titles marked that no paper has; a quote is the paper's own."""
    if sentence.is_quote:
        return sentence
    text = sentence.text
    titles = (Fault(start, end, "title") for start, end in quoted_titles(text) if not is_title(text[start:end]))
    return replace(sentence, faults=(*sentence.faults, *titles))
