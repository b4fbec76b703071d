"""Put a question into English and an answer into the language it was asked in, by the model that writes answers."""

import re
from collections.abc import Collection, Generator, Iterator, Sequence
from contextlib import closing
from dataclasses import replace
from string import Template
from typing import Any, cast

from paperchat.errors import ModelError
from paperchat.models.model import Model
from paperchat.models.steps import meanwhile
from paperchat.text.cleaning import work_name
from paperchat.text.partial_json import read_partial
from paperchat.types import Answer, AnswerSentence, Fault, Message

SECONDS = 60.0
"""Longest that a question or a sentence may take to be translated: a question is not understood without that."""

MOST = 300
"""Most tokens of what the model writes anew."""

KEPT_ENGLISH = "Some sentences stay in English: their names or numbers were lost in translation."

IN_ENGLISH = "In English: "
"""What stands in the reason of a translated sentence before the text that was checked."""

_LATIN = "A-Za-z\u00c0-\u024f"
"""Only Latin letters belong to a name: Chinese has no space before the next word."""

_KEPT = re.compile(rf"\d+|(?<![{_LATIN}])(?:(?![{_LATIN}][A-Z])[{_LATIN}\d]){{0,60}}[{_LATIN}][A-Z][{_LATIN}\d]*")
"""What a translation keeps letter by letter: the digits of numbers, and names with a capital inside."""

_NAMED = re.compile(
    rf"(?:(?!\d|[{_LATIN}][A-Z])[{_LATIN}\d.-]){{0,60}}(?:\d|[{_LATIN}][A-Z])[{_LATIN}\d-]*(?:[.,]\d+)*"
)
"""The same with what stands around it: "ImageNet-1K" and "85.3", as the model is told to keep them."""

_RUN = re.compile(rf"[{_LATIN}\d]+")

SHORTEST = 0.25
"""Least length of a translation, as a share of the text's own: Chinese needs about a third, and a stump far less."""


def rewritten(asked: str, name: str, model: Model, seconds: float) -> Generator[None, None, str]:
    """Return the text that the model gives under `name`, as one line, or an empty string when it takes too long.

    Yields while the model writes, so that whoever waits can stop it. Raises ModelError.
    """
    schema = {"type": "object", "properties": {name: {"type": "string"}}, "required": [name]}
    reply, until = "", model.clock() + seconds
    with closing(cast("Any", model.chat([Message("user", asked.strip())], schema, MOST))) as pieces:
        for piece in pieces:
            if model.clock() > until:
                return ""
            reply += piece if isinstance(piece, str) else ""
            yield
    value = read_partial(reply)
    text = value.get(name) if isinstance(value, dict) else None
    return " ".join(text.split()) if isinstance(text, str) else ""


def into_english(question: str, model: Model) -> Generator[None, None, str]:
    """Return a question in English, or an empty string when that takes too long. Raises ModelError."""
    return (yield from rewritten(_asked("English", question, [], model), "translation", model, SECONDS))


def into_language(answer: Answer, written: Collection[str], language: str, model: Model) -> Iterator[Answer]:
    """Yield an answer written in English as its sentences are put into another language, one by one.

    Each keeps what it cites and its verdict, whose reason gives the English that was checked. Quotes stay the
    papers' own, unless their text is `written` by the model, and a sentence stays in English when its translation
    loses a name or a number, or the model fails.
    """
    sentences, lost = list(answer.sentences), False
    for place, sentence in enumerate(answer.sentences):
        if sentence.is_quote and sentence.text not in written:
            continue
        works = [work_name(citation.title) for citation in sentence.citations]
        works = [work for work in works if work and work in sentence.text]
        try:
            shown = replace(answer, sentences=tuple(sentences))
            yield shown
            steps = rewritten(_asked(language, sentence.text, works, model), "translation", model, SECONDS)
            text = yield from meanwhile(shown, steps)
        except ModelError as error:
            answer = replace(answer, notices=(*answer.notices, str(error)))
            break
        text = _kept(sentence.text, text)
        if text:
            sentences[place] = _said(sentence, text)
        else:
            lost = True
    notices = (*answer.notices, KEPT_ENGLISH) if lost else answer.notices
    yield replace(answer, sentences=tuple(sentences), notices=notices)


def in_english(sentence: AnswerSentence) -> AnswerSentence:
    """Return a sentence that was translated as it was before; any other as it is."""
    reason, found, text = sentence.reason.partition(IN_ENGLISH)
    return replace(sentence, text=text[1:-1], reason=reason.strip(), faults=()) if found else sentence


def _asked(language: str, text: str, works: Sequence[str], model: Model) -> str:
    names = dict.fromkeys((*works, *(name.group() for name in _NAMED.finditer(text))))
    told = ": " + ", ".join(names) if names else ""
    return Template(model.prompts["translate"]).substitute(language=language, text=text, names=told)


def _kept(english: str, text: str) -> str:
    """Return a translation with its names as the English has them, or an empty string where it lost one or stopped."""
    if text == english or len(text) < SHORTEST * len(english):
        return ""
    kept = {name.lower(): name for name in _KEPT.findall(english)}
    if not kept.keys() <= {run.lower() for run in _RUN.findall(text)}:
        return ""
    return _RUN.sub(lambda run: kept.get(run[0].lower(), run[0]), text)


def _said(sentence: AnswerSentence, text: str) -> AnswerSentence:
    """Return a sentence with its translation as its text, and what was wrong in it marked where it is found again."""
    faults = []
    for fault in sentence.faults:
        words = sentence.text[fault.start : fault.end].rstrip(" %")
        start = max(text.find(words), text.find(words.replace(".", ",")))  # "85.3" is "85,3" in many languages
        if start >= 0:
            faults.append(Fault(start, start + len(words), fault.kind))
    reason = f"{sentence.reason} {IN_ENGLISH}“{sentence.text}”".strip()
    return replace(sentence, text=text, reason=reason, faults=tuple(faults))
