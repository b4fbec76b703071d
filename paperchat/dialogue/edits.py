"""What a follow-up does to the table or list that stands above it: a paper in or out, a row more, some rows only."""

import re
from dataclasses import dataclass
from typing import Literal

from paperchat.query.aspects import ASPECTS
from paperchat.query.zones import asked_zones
from paperchat.text import lexicon

_PLEASE = r"^(?:(?:please|ok(?:ay)?|now|and|also|then|can you|could you)[ ,]+){0,4}"

_END = (
    r"(?:\s(?:to|in|into|from|out of) (?:it|this|that|them|(?:the|this) (?:table|comparison|list)))?"
    r"(?: (?:too|as well|please))?[.?!\s]{0,5}$"
)

_EDITS = tuple(
    (kind, re.compile(rf"{_PLEASE}(?:{words}) (?:me )?(?:the )?(?P<what>.{{1,200}}?){_END}", re.IGNORECASE))
    for kind, words in (
        ("add", "add|include|put in|throw in|and what about|what about adding"),
        ("drop", "drop|remove|leave out|take out|delete|without"),
        ("only", "only|just|(?:just |only )?(?:show|give)(?: me)? (?:only|just)|keep only|just (?:show|give)"),
    )
)

_FIGURES = re.compile(r"\b(?:numbers?|figures?|statistics|values?|percentages?|scores?)\b", re.IGNORECASE)

_ROW = re.compile(
    r"^(?:an?other |an? )?(?:column|row|line)s? (?:for|on|with|about) (?:the )?(?P<what>.+)", re.IGNORECASE
)

_MORE = re.compile(
    r"^(?:some |a bit |much )?(?:more )?(?:details?|information|context|depth|explanations?|words)\b", re.IGNORECASE
)

_OWN = re.compile(rf"^(?:{lexicon.any_of('pronouns.own')}|both|each(?: one)?['\u2019]?s?)\s+", re.IGNORECASE)

_ANY = re.compile(
    rf"^(?:an?|another|one more|some) (?:other |more )?(?:{lexicon.any_of('works.any')}|methods?|ones?)\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Edit:
    """What a follow-up does: "add" a paper, a "row" for something asked, "drop" a paper, or show "only" some aspects.

    `what` is the paper or aspect, as it is typed; `figures` tells that a row is to hold numbers.
    """

    kind: Literal["add", "row", "drop", "only"]
    what: str
    figures: bool = False

    @property
    def is_any(self) -> bool:
        """Whether any paper on something is to be added, and not one that is named."""
        return _ANY.search(self.what) is not None


def read_edit(question: str) -> Edit | None:
    """Return what a question does to what stands above it, or None when it asks for something else."""
    for kind, pattern in _EDITS:
        found = pattern.match(question.strip())
        if not found:
            continue
        what = found["what"]
        if kind == "add":
            return _added(what)
        if kind == "drop":
            return Edit("drop", what)
        return Edit("only", what) if asked_zones(what) else None
    return None


def _added(what: str) -> Edit | None:
    """Return what "add …" adds: a row where something is asked to be told, else a paper; None for "more detail"."""
    row = _ROW.match(what)
    asked = _OWN.sub("", row["what"] if row else what)
    figures = bool(_FIGURES.search(asked)) or any(aspect.asked.search(asked) for aspect in ASPECTS)
    if _MORE.match(asked):
        return None
    if row or asked != what or figures or asked_zones(asked):
        return Edit("row", asked, figures)
    return Edit("add", what)
