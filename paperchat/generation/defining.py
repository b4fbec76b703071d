"""Find the sentence of a paper that says what a term is. Pure functions."""

import re

from paperchat.text.paper_text import PaperText
from paperchat.types import Sentence

SURE = 2.0
"""Least score of a sentence that defines a term; one that only has it gets less."""

_BRACKET = r"(?: ?\([^()]{1,40}\))?"

_IS = re.compile(
    rf"^{_BRACKET},? (?:(?:is|are) (?:commonly |usually |often |generally |defined as |known as )?"
    r"(?:an?|the|one of|any|to|when|where|those)\b"
    r"|(?:is|are) (?:\w{3,20}ed (?:as|when|if)|[\w-]{3,30} (?:that|which|whose))\b"
    r"|(?:refers?|aims?|seeks?|attempts?) (?:to|at)\b|means\b|denotes?\b|(?:is|are) characteri[sz]ed\b"
    r"|(?:learns?|consists?|involves?|describes?|comprises?)\b)",
    re.IGNORECASE,
)

_APPOSED = re.compile(rf"^{_BRACKET}, (?:an?|the|which|i\.e\.|that is)\b", re.IGNORECASE)

_BETWEEN = re.compile(r"^[^,.;]{0,40}, (?:an?|the) [^,]{3,120}, (?:is|are) (?:an?|the)\b", re.IGNORECASE)


def definition(text: PaperText, term: str) -> tuple[float, Sentence] | None:
    """Return the sentence of a paper that says best what a term is, and how surely; None where none has the term."""
    found = [
        (score, sentence)
        for sentence, cleaned in zip(text.sentences, text.cleaned, strict=True)
        if (score := _defines(cleaned, term))
    ]
    return max(found, key=lambda pair: (pair[0], -pair[1].number), default=None)


def _defines(text: str, term: str) -> float:
    """Return how surely a sentence says what a term is; 0 where it has not got the term."""
    small, best, place = text.lower(), 0.0, -1
    wanted = term.lower().removesuffix("s")
    while (place := small.find(wanted, place + 1)) >= 0:
        if place and (small[place - 1].isalnum() or small[place - 1] == "-"):
            continue
        end = place + len(wanted)
        rest = text[end:].removeprefix("s")
        is_small = term.isupper() and not text[place:end].isupper()
        if is_small or rest[:1].isalnum():  # ART is no "art", and neither is in "artificial"
            continue
        rest = rest.removeprefix(")")
        begins = 1.0 if _leads(text[:place]) else 0.0
        if _IS.match(rest):
            best = max(best, 2.0 + begins if begins else 1.0)
        elif _APPOSED.match(rest) or _BETWEEN.match(rest):
            best = max(best, 2.0 if begins else 1.5)
        else:
            best = max(best, 0.5 + begins / 4)
    return best


def _leads(before: str) -> bool:
    """Tell whether what stands before a term leaves it the subject of its sentence or clause."""
    words = before.lower().replace(",", " ,").split()
    ends = before.rstrip().endswith((",", ";", ":"))
    few = len(words) <= FEW and words[-1:] != [] and words[-1] not in _TIED
    return not words or ends or few or set(words[-2:]) <= _LEADS


FEW = 4
"""Most words before a term that is still the subject of its sentence."""

_LEADS = frozenset(("a", "an", "the", ",", "that", "because", "while", "and", "although", "since", "as"))

_TIED = frozenset(("of", "to", "for", "in", "on", "with", "from", "by", "behind", "and", "or"))
"""Words that tie a term to the subject before it."""
