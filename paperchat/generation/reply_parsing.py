"""Read a model's reply, whole or still growing, as sentences with citations. Pure functions."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Any

from paperchat.text.cleaning import SPACE, clean
from paperchat.text.sentences import LONGEST, short_sentences
from paperchat.text.tokens import content_words
from paperchat.types import AnswerSentence, Citation

_MARK = re.compile(SPACE + r"[\[(]((?:\d{1,2}[a-z]?)(?:\s*[,;]\s*\d{1,2}[a-z]?)*)[\])]")

_LABEL = re.compile(r"^[\[(]?(\d{1,2}[a-z])[\])]?(?:[:.,]\s*|\s+|$)")

_PAPER = re.compile(r"\b(?:[Tt]he )?[Pp]aper (\d{1,2})\b")

COPIED, STRAY = 0.8, 0.5
"""Share of a sentence's content words from which it copies what is shown, and below which it strays from it."""

_ENDING = re.compile(r"(?:[\"\u201d]\s*[}\]]+|\}\s*\](?:\s*\})?|\]\s*\})\s*$")
"""The end of its JSON that a small model writes into its text."""

_FIGURE = re.compile(r"\d[\d.,]*(?<![.,])|(?<![^\W\d_])(?:(?![^\W\d_][A-Z\d])[^\W_])*[^\W\d_][A-Z\d][^\W_]*")
"""Numbers, and names with a capital or a digit inside."""

_PARTED = re.compile(rf"{SPACE}[,;]\s*")

_AFTER_END = re.compile(r"([.!?])((?:\s*\[[\da-z,; ]+\])+)")
"""Marks behind a full stop: "… done. [1a]" belongs to that sentence."""

_FENCE = re.compile(r"^\s*```(?:json)?\s*")


def read_reply(raw: str, labelled: Mapping[str, Citation]) -> tuple[AnswerSentence, ...]:
    """Return the sentences of a reply that is a JSON object, however far it has come, or plain text with [1a] marks.

    A citation that names no label shown is dropped: only the record's sentences can be cited.
    """
    body = _FENCE.sub("", raw)
    if body.lstrip()[:1] in ("{", "["):
        return tuple(_from_json(body, labelled))
    return tuple(_from_text(body, labelled))


def _from_json(body: str, labelled: Mapping[str, Citation]) -> Iterable[AnswerSentence]:
    from pydantic_core import from_json

    try:
        reply = from_json(body.lstrip(), allow_partial="trailing-strings")
    except ValueError:
        return
    rows = reply.get("sentences", []) if isinstance(reply, dict) else reply
    for row in rows if isinstance(rows, list) else []:
        text = row.get("text") if isinstance(row, dict) else None
        if isinstance(text, str) and (unmarked := _unmarked(text[:LONGEST], labelled)):
            marks = _marks(text[:LONGEST])
            yield AnswerSentence(unmarked, _known([*_listed(row.get("cites")), *marks], labelled))


def _from_text(body: str, labelled: Mapping[str, Citation]) -> Iterable[AnswerSentence]:
    pulled = _AFTER_END.sub(r"\2\1", body)
    for start, end in short_sentences(pulled):
        piece = pulled[start:end]
        marks = _marks(piece)
        text = _unmarked(piece, labelled)
        if text:
            yield AnswerSentence(text, _known(marks, labelled))


def _marks(text: str) -> list[str]:
    return [mark for group in _MARK.findall(text) for mark in _PARTED.split(group)]


def _listed(cites: Any) -> list[str]:
    return [cite for cite in cites if isinstance(cite, str)] if isinstance(cites, list) else []


def _unmarked(text: str, labelled: Mapping[str, Citation]) -> str:
    """Return the text as readers know the papers: no labels of evidence, titles in place of "Paper 2".

    Other brackets, such as "[2]" in a formula, stay.
    """

    def drop(match: re.Match[str]) -> str:
        return "" if _known(_marks(match[0]), labelled) else match[0]

    def name(match: re.Match[str]) -> str:
        citation = labelled.get(f"{match[1]}a")
        return f"“{clean(citation.title)}”" if citation else match[0]

    text = _MARK.sub(drop, _ENDING.sub("", text)).strip()
    label = _LABEL.match(text)
    text = text[label.end() :] if label and label[1] in labelled else text
    return _PAPER.sub(name, text)


def _known(marks: Iterable[str], labelled: Mapping[str, Citation]) -> tuple[Citation, ...]:
    """Return the citations that these marks name, each once; a bare paper number names its first sentence."""
    found = [labelled.get(mark) or labelled.get(f"{mark}a") for mark in marks]
    return tuple(dict.fromkeys(citation for citation in found if citation is not None))


def anchored(sentence: AnswerSentence, labelled: Mapping[str, Citation]) -> AnswerSentence:
    """Return a sentence that cites what it says, among the sentences shown of the same paper.

    Small models name the sentence beside the one that they copy: one with its words takes that one's place. One that
    alone has its numbers or names is cited too.
    """
    said = set(content_words(sentence.text))
    papers = {citation.paper_id for citation in sentence.citations}
    shown = [citation for citation in labelled.values() if citation.paper_id in papers]
    if not said or len(papers) != 1:
        return sentence

    def share(citation: Citation) -> float:
        return len(said & set(content_words(clean(citation.quote)))) / len(said)

    best = max(shown, key=share, default=sentence.citations[0])
    if share(best) >= COPIED and max(map(share, sentence.citations)) < STRAY:
        return replace(sentence, citations=(best,))
    missing = set(_FIGURE.findall(sentence.text)).difference(*(_FIGURE.findall(c.quote) for c in sentence.citations))
    held = {citation: len(missing.intersection(_FIGURE.findall(citation.quote))) for citation in shown}
    most = max(held, key=lambda citation: held[citation])
    return replace(sentence, citations=(*sentence.citations, most)) if held[most] else sentence
