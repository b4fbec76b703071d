"""Read a model's reply, whole or still growing, as sentences with citations. Pure functions."""

import re
from collections.abc import Iterable
from dataclasses import replace
from functools import lru_cache
from itertools import pairwise
from typing import Any

from paperchat.generation.labelling import Labelled
from paperchat.text.cleaning import SPACE
from paperchat.text.names import names
from paperchat.text.numbers import quantities
from paperchat.text.partial_json import read_partial
from paperchat.text.sentences import LONGEST, short_sentences
from paperchat.text.tokens import content_words
from paperchat.types import AnswerSentence, Citation

_MARK = re.compile(
    SPACE + r"(?:\[(?P<square>\d{1,2}[a-z]?(?:\s*[,;]\s*\d{1,2}[a-z]?)*)[\])]"
    r"|\((?P<round>\d{1,2}[a-z](?:\s*[,;]\s*\d{1,2}[a-z])*)[\])])"
)
"""Labels in brackets; "(1) masking and (2) a loss" counts its parts, so that a bare number in round ones is text."""

_LABEL = re.compile(r"^[\[(]?(\d{1,2}[a-z])[\])]?(?:[:.,]\s*|\s+|$)")

_PAPER = re.compile(r"\b(?:[Tt]he )?[Pp]aper (\d{1,2})\b")

COPIED, STRAY, NEARER = 0.8, 0.5, 0.2
"""Share of a sentence's content words from which it copies what is shown, and below which it strays from it; by how
much more of them another sentence has that is cited in its place."""

_ENDING = re.compile(r"(?:[\"\u201d]\s*[}\]]+|\}\s*\](?:\s*\})?|\]\s*\})\s*$")
"""The end of its JSON that a small model writes into its text."""

_PARTED = re.compile(rf"{SPACE}[,;]\s*")

_AFTER_END = re.compile(r"([.!?])((?:\s*\[[\da-z,; ]+\])+)")
"""Marks behind a full stop: "… done. [1a]" belongs to that sentence."""

_WHOLE = re.compile(r"\u201c[^\u201c\u201d]{1,400}\u201d")
"""What is quoted, such as a title, is not cut."""

REMEMBERED = 32
"""Texts of a reply that grows whose sentences are known."""

_FENCE = re.compile(r"^\s*```(?:json)?\s*")


def read_reply(raw: str, labelled: Labelled) -> tuple[AnswerSentence, ...]:
    """Return the sentences of a reply that is a JSON object, however far it has come, or plain text with [1a] marks.

    A citation that names no label shown is dropped: only the record's sentences can be cited.
    """
    body = _FENCE.sub("", raw)
    if body.lstrip()[:1] in ("{", "["):
        return tuple(_from_json(body, labelled))
    return tuple(_from_text(body, labelled))


def _from_json(body: str, labelled: Labelled) -> Iterable[AnswerSentence]:
    reply = read_partial(body)
    rows = reply.get("sentences", []) if isinstance(reply, dict) else reply
    for row in rows if isinstance(rows, list) else []:
        text = row.get("text") if isinstance(row, dict) else None
        if isinstance(text, str) and (unmarked := _unmarked(text[:LONGEST], labelled)):
            cited = _known([*_listed(row.get("cites")), *_marks(text[:LONGEST])], labelled)
            yield from (AnswerSentence(one, cited) for one in _one_by_one(unmarked))


@lru_cache(REMEMBERED)
def _one_by_one(text: str) -> tuple[str, ...]:
    """Return the sentences of what a model wrote as one, each to be held against what it cites; a title stays whole."""
    whole = [match.span() for match in _WHOLE.finditer(text)]
    ends = [end for _, end in short_sentences(text) if not any(start < end < stop for start, stop in whole)]
    pieces = (text[start:end].strip() for start, end in pairwise((0, *ends, len(text))))
    return tuple(piece for piece in pieces if piece)


def _from_text(body: str, labelled: Labelled) -> Iterable[AnswerSentence]:
    pulled = _AFTER_END.sub(r"\2\1", body)
    for start, end in short_sentences(pulled):
        piece = pulled[start:end]
        marks = _marks(piece)
        text = _unmarked(piece, labelled)
        if text:
            yield AnswerSentence(text, _known(marks, labelled))


def _marks(text: str) -> list[str]:
    found = (match["square"] or match["round"] for match in _MARK.finditer(text))
    return [mark for group in found for mark in _PARTED.split(group)]


def _listed(cites: Any) -> list[str]:
    return [cite for cite in cites if isinstance(cite, str)] if isinstance(cites, list) else []


def _unmarked(text: str, labelled: Labelled) -> str:
    """Return the text as readers know the papers: no labels of evidence, titles in place of "Paper 2".

    Other brackets, such as "[2]" in a formula, stay.
    """

    def drop(match: re.Match[str]) -> str:
        return "" if _known(_marks(match[0]), labelled) else match[0]

    def name(match: re.Match[str]) -> str:
        shown = labelled.get(f"{match[1]}a")
        return f"“{shown.title}”" if shown else match[0]

    text = _MARK.sub(drop, _ENDING.sub("", text)).strip()
    label = _LABEL.match(text)
    text = text[label.end() :] if label and label[1] in labelled else text
    return _PAPER.sub(name, text)


def _known(marks: Iterable[str], labelled: Labelled) -> tuple[Citation, ...]:
    """Return the citations that these marks name, each once; a bare paper number names its first sentence."""
    found = [labelled.get(mark) or labelled.get(f"{mark}a") for mark in marks]
    return tuple(dict.fromkeys(shown.citation for shown in found if shown is not None))


def anchored(sentence: AnswerSentence, labelled: Labelled) -> AnswerSentence:
    """Return a sentence that cites what it says, among the sentences shown of the same papers.

    Small models name the sentence beside the one that they copy: one that has clearly more of its words is cited
    before it, and stands for all where it has most. One that alone has its numbers or names is cited too.
    """
    said = set(content_words(sentence.text))
    papers = {citation.paper_id for citation in sentence.citations}
    words = {shown.citation: shown.words for shown in labelled.values() if shown.citation.paper_id in papers}
    if not said or not words:
        return sentence
    share = {citation: len(said & own) / len(said) for citation, own in words.items()}
    cited = max(sentence.citations, key=lambda one: share.get(one, 0.0))
    best = max(words, key=lambda one: share[one]) if len(papers) == 1 else cited
    best = best if share[best] > max(STRAY, share.get(cited, 0.0) + NEARER) else cited
    if share.get(best, 0.0) >= COPIED:
        sentence = replace(sentence, citations=(best,))
    elif best != cited:
        kept = (one for one in sentence.citations if share.get(one, 0.0) >= STRAY)
        sentence = replace(sentence, citations=(best, *kept))
    missing = _figures(sentence.text).difference(*(_figures(citation.quote) for citation in sentence.citations))
    own = [citation for citation in words if citation.paper_id in {one.paper_id for one in sentence.citations}]
    held = {citation: len(missing & _figures(citation.quote)) for citation in own}
    most = max(held, key=lambda citation: held[citation])
    return replace(sentence, citations=(*sentence.citations, most)) if held[most] else sentence


def _figures(text: str) -> set[float | str]:
    """Return the numbers and the names of a text."""
    return {number.value for number in quantities(text)} | {text[start:end] for start, end in names(text)}
